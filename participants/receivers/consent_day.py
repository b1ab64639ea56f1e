"""What consents ask of the curator today, and the figures they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.models import Role
from participants.ages import born_for_age, of_age_on
from participants.hanging import hanging_on
from participants.models import Consent, ConsentState, Person, Side
from participants.receivers.lacking import lacking, without_consent
from participants.register.listing import WITHOUT_CONSENT
from participants.services.consent_standing import (
    people_in_force,
    people_in_force_by_cycle,
    people_not_asked,
    waiting_to_be_checked,
)
from participants.services.renewal import expiring, not_renewed
from participants.services.rules import rules_of
from roadmap.day import Fact, Waiting
from roadmap.evidence import Evidence

WITHDRAWN_SHOWN = timedelta(days=30)
"""As long as the data of a withdrawn consent may be kept (152-FZ art. 21 (5))."""
WITHDRAWALS_AT_ONCE = CONFLICTS_AT_ONCE = COMING_AT_ONCE = 5
COMING_DAYS = 30


def badge_of(actor: Actor) -> int:
    """How many copies wait for the curator; nobody else can check them."""
    return waiting_to_be_checked(actor).count() if actor.role == Role.CURATOR else 0


def ask_curator(actor: Actor, today: date) -> Iterator[Waiting]:
    """What to settle, what to check, whom to ask, what ends soon, who comes of age, and whose consent was withdrawn."""
    yield from _contested(actor)
    yield from _to_check(actor)
    yield from _to_ask(actor, today)
    yield from _ending(actor, today)
    yield from _coming_of_age(actor, today)
    yield from _withdrawn(actor)


def count_consents(actor: Actor, today: date) -> Iterable[Fact]:
    """«58 из 64», «участников с согласиями в силе»."""
    done, total = people_in_force(actor, today)
    if total:
        figure = _("%(done)s of %(total)s") % {"done": done, "total": total}
        yield Fact(figure, _("taking part have their consents in force"), reverse("participants:consent_list"))


def evidence_of_mentees(cycles: Sequence[int]) -> dict[int, Evidence]:
    return _evidence(Side.MENTEE, cycles)


def evidence_of_mentors(cycles: Sequence[int]) -> dict[int, Evidence]:
    return _evidence(Side.MENTOR, cycles)


def _evidence(side: Side, cycles: Sequence[int]) -> dict[int, Evidence]:
    url = reverse("participants:consent_list")
    return {
        cycle: Evidence(
            _("consents: %(done)s of %(total)s") % {"done": done, "total": total},
            url,
            done,
            total,
            *lacking(side, cycle, total - done, total, without_consent(side, total), WITHOUT_CONSENT),
        )
        for cycle, (done, total) in people_in_force_by_cycle(side, cycles).items()
    }


def _contested(actor: Actor) -> Iterator[Waiting]:
    rows = Consent.objects.visible_to(actor).filter(state=ConsentState.CONTESTED).select_related("person")
    for consent in rows.order_by("pk")[:CONFLICTS_AT_ONCE]:
        yield Waiting(
            _("The guardians disagree: %(name)s") % {"name": consent.person.short_name},
            reverse("participants:consent_settle", args=(consent.pk,)),
            _("Settle the conflict"),
            detail=_("Until then the data are not used."),
            tone="now",
        )


def _ending(actor: Actor, today: date) -> Iterator[Waiting]:
    assert actor.school is not None
    days = rules_of(actor.school).expiring_days
    rows = not_renewed(expiring(Consent.objects.visible_to(actor), today, days)).exclude(_of_age_by(today, days))
    found = rows.aggregate(n=Count("pk"), first=Min("expires_on"))
    if found["n"]:
        yield Waiting(
            ngettext("%(n)s consent ends soon", "%(n)s consents end soon", found["n"]) % {"n": found["n"]},
            f"{reverse('participants:consent_list')}?tab=expiring",
            _("Ask anew in time"),
            day=found["first"],
            small=_("the first ends"),
        )


def _coming_of_age(actor: Actor, today: date) -> Iterator[Waiting]:
    """Those who will be eighteen within a month: then they sign for themselves."""
    rows = Consent.objects.visible_to(actor).in_force(today).filter(_of_age_by(today, COMING_DAYS))
    people = Person.objects.filter(pk__in=rows.values("person")).order_by("birth_date", "pk")
    for person in people[:COMING_AT_ONCE]:
        assert person.birth_date is not None  # they were found by it
        yield Waiting(
            _("Comes of age: %(name)s") % {"name": person.short_name},
            reverse("participants:person_show", args=(person.pk,)),
            _("Prepare the person"),
            day=of_age_on(person.birth_date),
            detail=_("On that day the guardian's consent ends and the person's own is asked for."),
        )


def _of_age_by(today: date, days: int) -> Q:
    """What a guardian signed for someone who will be eighteen within so many days."""
    return Q(guardian__isnull=False, person__birth_date__lte=born_for_age(today + timedelta(days=days)))


def _to_check(actor: Actor) -> Iterator[Waiting]:
    rows = list(waiting_to_be_checked(actor).values_list("pk", "sent_at"))
    if rows:
        key, sent_at = rows[0]
        assert sent_at is not None  # the constraint "consent_was_sent_in_an_attempt"
        assert actor.school is not None
        yield Waiting(
            ngettext("Check %(n)s consent", "Check %(n)s consents", len(rows)) % {"n": len(rows)},
            reverse("participants:consent_check", args=(key,)),
            _("Check the first"),
            day=timezone.localtime(sent_at, actor.school.zone).date(),
            small=_("came in"),
            tone="now",
        )


def _to_ask(actor: Actor, today: date) -> Iterator[Waiting]:
    people = people_not_asked(actor, today).count()
    if people:
        yield Waiting(
            ngettext("Not asked for their consents: %(n)s person", "Not asked for their consents: %(n)s people", people)
            % {"n": people},
            f"{reverse('participants:consent_list')}?tab=missing",
            _("Ask for consents"),
            detail=_("Until then no request, pair or order."),
        )


def _withdrawn(actor: Actor) -> Iterator[Waiting]:
    """The withdrawals of the last days for which nothing was given instead."""
    given = Consent.objects.filter(person=OuterRef("person"), purpose=OuterRef("purpose"), state=ConsentState.IN_FORCE)
    rows = Consent.objects.visible_to(actor).filter(
        ~Exists(given), state=ConsentState.WITHDRAWN, ended_at__gt=timezone.now() - WITHDRAWN_SHOWN
    )
    for consent in rows.select_related("person__school").order_by("-ended_at")[:WITHDRAWALS_AT_ONCE]:
        assert consent.ended_at is not None  # the constraint "consent_is_ended_unless_live"
        yield Waiting(
            _("Consent withdrawn: %(name)s") % {"name": consent.person.short_name},
            reverse("participants:consent_check", args=(consent.pk,)),
            _("See what hangs on it"),
            detail="; ".join(hanging.words for hanging in hanging_on(consent.person)),
            day=timezone.localtime(consent.ended_at, consent.person.school.zone).date(),
            tone="late",
        )
