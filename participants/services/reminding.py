"""Reminding those who have not answered: on the days the school set, by day, one letter to a signer for all his children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from core.notices import queue_notice
from participants.models import Consent, ConsentState, Guardianship, LinkChannel, PersonalLink
from participants.services.asking import LETTER_EVERY, lock_people
from participants.services.links import issue_link
from participants.services.rules import rules_of

CONSENT_REMINDER = "consent-reminder"
"""The kind of the letter; `participants.letters` writes it."""
UNANSWERED = (ConsentState.ASKED, ConsentState.RETURNED)
MORNING, EVENING = 9, 20
"""Hours of the school's day between which the schedule writes letters."""
MOST_AT_ONCE = 50
"""Letters of one school at a time, so that others do not wait for them."""
PAUSE_SECONDS = 600
Signer = tuple[str, int]
"""Whose letter it is: ("guardian", key) or ("person", key)."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many letters were queued, and in words why some people get none."""

    letters: int
    refusals: Sequence[str]


def unanswered(rows: QuerySet[Consent], today: date) -> QuerySet[Consent]:
    """Those somebody still has to sign: asked for or sent back, in term, and nobody else has given the same."""
    given = Consent.objects.in_force(today).filter(
        person=OuterRef("person"), purpose=OuterRef("purpose"), expires_on__gte=OuterRef("expires_on")
    )
    return rows.filter(state__in=UNANSWERED, expires_on__gte=today).exclude(Exists(given))


def reachable(rows: QuerySet[Consent]) -> QuerySet[Consent]:
    """Those whose signer has an e-mail address, and whose guardian still represents the child."""
    represents = Guardianship.objects.filter(minor=OuterRef("person"), guardian=OuterRef("guardian"))
    of_guardian = ~Q(guardian__email="") & Q(guardian__isnull=False) & Exists(represents)
    return rows.filter(of_guardian | (Q(guardian=None) & ~Q(person__email="")))


def is_due(consent: Consent, days: Sequence[int], today: date, zone: ZoneInfo) -> bool:
    """Whether a day of the schedule has come since he was last written to; a day that was missed is made up for once."""
    begun = _begun(consent).astimezone(zone).date()
    passed = [begun + timedelta(days=day) for day in days if begun + timedelta(days=day) <= today]
    last = consent.reminded_at.astimezone(zone).date() if consent.reminded_at else begun
    return bool(passed) and max(passed) > last


def next_reminder(consent: Consent, days: Sequence[int], today: date, zone: ZoneInfo) -> date | None:
    """The day on which the schedule writes to him next; None where it does no more."""
    begun = _begun(consent).astimezone(zone).date()
    if is_due(consent, days, today, zone):
        return today
    return min((begun + timedelta(days=day) for day in days if begun + timedelta(days=day) > today), default=None)


def remind_by_schedule() -> int:
    """Write to everyone whose day has come, in schools where it is day; the number of letters. Safe to run twice."""
    letters = 0
    for school in School.objects.filter(people__consents__state__in=UNANSWERED).distinct().order_by("pk"):
        now = timezone.localtime(timezone=school.zone)
        if MORNING <= now.hour < EVENING:
            letters += _remind_school(school, now.date())
    return letters


def remind_in_turn() -> int:
    """`remind_by_schedule`, but for sweeps that follow one another closely; the number of letters."""
    return remind_by_schedule() if cache.add("consents:reminders", 1, PAUSE_SECONDS) else 0


def remind_signers(*, consents: Iterable[Consent], by: Actor) -> Reminded:
    """Write to whoever signs these once more, with fresh links: one letter to a signer for all he has not answered.

    Who has answered, has no address, or had a letter within the last day gets none.
    """
    groups = _by_signer(consents)
    letters, refusals = 0, []
    for signer in sorted(groups):
        try:
            _write_to(groups[signer], by)
            letters += 1
        except DomainError as refusal:
            refusals.append(str(refusal))
    return Reminded(letters, list(dict.fromkeys(refusals)))


def remind_signer(*, consent: Consent, by: Actor) -> None:
    """Write to whoever signs this one. Raises DomainError a second time in a day, without an address, once he answered."""
    _write_to([consent.pk], by)


def _remind_school(school: School, today: date) -> int:
    days = rules_of(school).remind_after
    if not days:
        return 0
    asked = Consent.objects.filter(person__school=school).select_related("person", "guardian")
    rows = reachable(unanswered(asked, today)).order_by("reminded_at", "pk")
    day_ago = timezone.now() - LETTER_EVERY
    due = [row for row in rows if is_due(row, days, today, school.zone) and _last_written(row) <= day_ago]
    groups = list(_by_signer(due).values())[:MOST_AT_ONCE]
    return sum(_write_if_due(keys, days, today, school.zone) for keys in groups)


def _write_if_due(keys: Sequence[int], days: Sequence[int], today: date, zone: ZoneInfo) -> bool:
    """Write unless another sweep did meanwhile, or a letter about another child went out within the last day."""
    try:
        with transaction.atomic():
            rows = _locked(keys)
            is_still_due = any(is_due(row, days, today, zone) for row in rows)
            if is_still_due:
                _write(rows, SYSTEM)
    except DomainError:
        return False
    return is_still_due


def _write_to(keys: Sequence[int], by: Actor) -> None:
    with transaction.atomic():
        _write(_locked(keys), by)


def _write(asked: Sequence[Consent], by: Actor) -> None:
    """One letter with a link for each child, about everything its signer has not answered; `asked` are locked."""
    rows = _all_of_signer(asked[0]) if asked else []
    if not rows:
        raise DomainError(_("Nothing is awaited for this consent any more, so there is nothing to remind of."))
    lock_people(sorted({row.person_id for row in rows}))
    _refuse_letter(rows)
    now = timezone.now()
    for row in rows:
        row.reminded_at, row.reminders = now, row.reminders + 1
        row.save(update_fields=("reminded_at", "reminders"))
        record_event(verb="remind", thing=row, school=row.person.school, by=by)
    _queue_letter(rows, by)


def _queue_letter(rows: Sequence[Consent], by: Actor) -> None:
    guardian, links = rows[0].guardian, {}
    for person in {row.person_id: row.person for row in rows}.values():
        link, token = issue_link(person=person, guardian=guardian, channel=LinkChannel.LETTER, by=by)
        links[link.pk] = token
    queue_notice(
        key=f"{CONSENT_REMINDER}:{min(links)}",
        kind=CONSENT_REMINDER,
        school=rows[0].person.school,
        payload={"links": sorted(links)},
        secret={str(key): token for key, token in links.items()},
    )


def _all_of_signer(asked: Consent) -> list[Consent]:
    """Everything that whoever signs this one has not answered in this school, locked."""
    school, guardian = asked.person.school, asked.guardian
    own = Q(guardian=guardian) if guardian else Q(guardian=None, person=asked.person)
    rows = unanswered(Consent.objects.filter(own, person__school=school), timezone.localdate(timezone=school.zone))
    represents = Guardianship.objects.filter(minor=OuterRef("person"), guardian=guardian)
    rows = rows.filter(Exists(represents)) if guardian else rows
    return _locked(list(rows.values_list("pk", flat=True))) if rows.filter(pk=asked.pk).exists() else []


def _locked(keys: Sequence[int]) -> list[Consent]:
    rows = Consent.objects.select_for_update(of=("self",), no_key=True).select_related("person__school", "guardian")
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _refuse_letter(rows: Sequence[Consent]) -> None:
    """Without an address; and not twice in a day, whoever wrote: the asking, the schedule or a person."""
    guardian = rows[0].guardian
    signer = guardian or rows[0].person
    if not signer.email:
        raise DomainError(
            _("There is no e-mail address of the person who signs: %(name)s. Print a slip with a code instead.")
            % {"name": signer.full_name}
        )
    letters = PersonalLink.objects.filter(
        person__in=[row.person_id for row in rows], guardian=guardian, channel=LinkChannel.LETTER
    )
    if letters.filter(created_at__gt=timezone.now() - LETTER_EVERY).exists():
        raise DomainError(
            _("A letter to %(name)s has gone out within the last day. Remind tomorrow, or telephone.")
            % {"name": signer.full_name}
        )


def _last_written(consent: Consent) -> datetime:
    """When he was last written to, as far as the consent knows."""
    return max(filter(None, (consent.reminded_at, _begun(consent))))


def _begun(consent: Consent) -> datetime:
    """From when the schedule counts: from the asking, or from the day the copy was sent back."""
    returned = consent.decided_at if consent.state == ConsentState.RETURNED else None
    return returned or consent.asked_at


def _by_signer(consents: Iterable[Consent]) -> dict[Signer, list[int]]:
    groups: dict[Signer, list[int]] = defaultdict(list)
    for row in consents:
        groups[("guardian", row.guardian_id) if row.guardian_id else ("person", row.person_id)].append(row.pk)
    return dict(groups)
