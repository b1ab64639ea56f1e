"""The list of consents: its parts, what is found in one, and its rows made ready for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actors import Actor
from core.models import School
from core.russian import search_key
from participants.models import (
    LIVE_CONSENTS,
    Authority,
    Consent,
    ConsentPurpose,
    ConsentState,
    Enrolment,
    Guardianship,
    Person,
    Side,
)
from participants.services.consent_standing import counts_by_state, people_not_asked
from participants.services.cycles import today_in
from participants.services.renewal import expiring
from participants.services.rules import rules_of

MISSING = "missing"
ORIGINAL_AWAITED, ORIGINAL_RECEIVED = "awaited", "received"


@dataclass(frozen=True, slots=True)
class Part:
    """One tab: the states it holds, the column its rows are ordered by, and what that day means."""

    label: str | Promise
    states: tuple[ConsentState, ...]
    day: str
    day_label: str | Promise
    empty: str | Promise
    is_rare: bool = False
    """Shown only while there is something in it."""
    is_expiring: bool = False
    """Of its states only those that end soon."""


PARTS: dict[str, Part] = {
    "sent": Part(
        gettext_lazy("To check"),
        (ConsentState.SENT,),
        "sent_at",
        gettext_lazy("Came in"),
        gettext_lazy("Nothing is to be checked. What parents and adults send in will be here."),
    ),
    "asked": Part(
        gettext_lazy("Asked for"),
        (ConsentState.ASKED,),
        "asked_at",
        gettext_lazy("Asked"),
        gettext_lazy("No answer is awaited. Those who were asked and have not answered yet will be here."),
    ),
    "returned": Part(
        gettext_lazy("Sent back"),
        (ConsentState.RETURNED,),
        "decided_at",
        gettext_lazy("Sent back on"),
        gettext_lazy("Nothing was sent back. Copies that have to be mended will be here."),
    ),
    "contested": Part(
        gettext_lazy("Guardians disagree"),
        (ConsentState.CONTESTED,),
        "asked_at",
        gettext_lazy("Asked"),
        gettext_lazy("No guardians disagree. What one gave and another does not want will be here."),
        is_rare=True,
    ),
    "accepted": Part(
        gettext_lazy("Original awaited"),
        (ConsentState.ACCEPTED,),
        "decided_at",
        gettext_lazy("Accepted on"),
        gettext_lazy("No paper is awaited. Accepted consents whose paper original has not come will be here."),
        is_rare=True,
    ),
    "expiring": Part(
        gettext_lazy("Ends soon"),
        (ConsentState.IN_FORCE,),
        "expires_on",
        gettext_lazy("In force until"),
        gettext_lazy("Nothing ends soon."),
        is_rare=True,
        is_expiring=True,
    ),
    "in_force": Part(
        gettext_lazy("In force"),
        (ConsentState.IN_FORCE,),
        "expires_on",
        gettext_lazy("In force until"),
        gettext_lazy("No consent is in force yet. Those you accept will be here."),
    ),
    "ended": Part(
        gettext_lazy("Ended"),
        tuple(state for state in ConsentState if state not in LIVE_CONSENTS),
        "ended_at",
        gettext_lazy("Ended on"),
        gettext_lazy("Nothing has ended. What was declined, withdrawn, past its term or cancelled will be here."),
    ),
}
ORDERS = {"day": gettext_lazy("oldest first"), "new": gettext_lazy("newest first"), "name": gettext_lazy("by name")}


@dataclass(frozen=True, slots=True)
class Line:
    """One consent of the list."""

    pk: int
    person: int
    name: str
    place: str
    signer: str
    purpose: str
    day: date | None
    note: str


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One person who was not asked yet."""

    pk: int
    name: str
    place: str
    sides: str
    signers: str


def counts_of_parts(actor: Actor, today: date) -> dict[str, int]:
    """How many rows each tab has, the people not asked among them."""
    by_state = counts_by_state(actor)
    counts = {name: sum(by_state.get(state, 0) for state in part.states) for name, part in PARTS.items()}
    soon = _expiring(Consent.objects.visible_to(actor), actor).count()
    return counts | {"expiring": soon, MISSING: people_not_asked(actor, today).count()}


def found_consents(actor: Actor, part: Part, wanted: Mapping[str, str]) -> QuerySet[Consent]:
    """The consents of a tab that answer to `q`, `purpose` and `original`, in the order of `sort`."""
    rows: QuerySet[Consent] = Consent.objects.visible_to(actor).filter(state__in=part.states)
    if part.is_expiring:
        rows = _expiring(rows, actor)
    if wanted.get("original"):
        rows = rows.filter(original_on__isnull=wanted["original"] == ORIGINAL_AWAITED)
    for word in search_key(wanted.get("q", "")).split():
        rows = rows.filter(person__search_key__contains=word)
    if wanted.get("purpose"):
        rows = rows.filter(purpose=wanted["purpose"])
    day = part.day
    orders = {"day": (day, "pk"), "new": (f"-{day}", "-pk"), "name": ("person__sort_key", "pk")}
    return rows.select_related("person", "guardian").order_by(*orders[wanted.get("sort") or "day"])


def found_people(actor: Actor, wanted: Mapping[str, str], today: date) -> QuerySet[Person]:
    """Those not asked who answer to `q`, by name."""
    people = people_not_asked(actor, today)
    for word in search_key(wanted.get("q", "")).split():
        people = people.filter(search_key__contains=word)
    return people.order_by("sort_key", "pk")


def consent_lines(page: Page[Consent], part: Part, school: School) -> list[Line]:
    """The rows of a page, in one query more."""
    rows = list(page)
    rights = authorities_of(row.person_id for row in rows)
    return [
        Line(
            pk=row.pk,
            person=row.person_id,
            name=row.person.full_name,
            place=row.person.place,
            signer=signer_words(row, rights),
            purpose=str(ConsentPurpose(row.purpose).label),
            day=_day(getattr(row, part.day), school),
            note=_note(row, part),
        )
        for row in rows
    ]


def missing_lines(page: Page[Person], today: date) -> list[MissingLine]:
    """The people of a page with what is known of who will sign, in two queries more."""
    people = list(page)
    signers: dict[int, list[str]] = {}
    bonds = Guardianship.objects.filter(minor__in=people).select_related("guardian").order_by("pk")
    for bond in bonds:
        signers.setdefault(bond.minor_id, []).append(bond.guardian.full_name)
    parts = Enrolment.objects.enrolled().filter(person__in=people, cycle__ends_on__gte=today)
    sides: dict[int, set[str]] = {}
    for person, side in parts.values_list("person_id", "side"):
        sides.setdefault(person, set()).add(str(Side(side).label))
    return [
        MissingLine(
            pk=person.pk,
            name=person.full_name,
            place=person.place,
            sides=", ".join(sorted(sides.get(person.pk, ()))),
            signers=_missing_signers(person, signers.get(person.pk, []), today),
        )
        for person in people
    ]


def authorities_of(people: Iterable[int]) -> dict[tuple[int, int], str]:
    """By what right each guardian represents each of these minors, by (minor, guardian)."""
    rows = Guardianship.objects.filter(minor__in=list(people)).values_list("minor_id", "guardian_id", "authority")
    return {(minor, guardian): str(Authority(authority).label) for minor, guardian, authority in rows}


def signer_words(consent: Consent, rights: Mapping[tuple[int, int], str]) -> str:
    """«мать, Тимофеева Ольга Викторовна»; for an adult «сам за себя»."""
    if consent.guardian is None:
        return _("signs for oneself")
    right = rights.get((consent.person_id, consent.guardian.pk), "")
    return ", ".join(filter(None, (right, consent.guardian.full_name)))


def _expiring(rows: QuerySet[Consent], actor: Actor) -> QuerySet[Consent]:
    assert actor.school
    return expiring(rows, today_in(actor.school), rules_of(actor.school).expiring_days)


def _note(row: Consent, part: Part) -> str:
    """Why, in which of several states, and for a consent that is kept where its original is."""
    words = [row.reason] if row.reason else []
    if len(part.states) > 1:
        words.append(str(ConsentState(row.state).label))
    if row.original_on and row.ended_at is None:
        words.append(_("original: %(place)s") % {"place": row.original_place or _("received")})
    return " · ".join(words)


def _missing_signers(person: Person, guardians: list[str], today: date) -> str:
    if person.birth_date is None:
        return _("the birth date is not entered")
    if not person.is_minor_on(today):
        return _("signs for oneself")
    return ", ".join(guardians) or _("no guardian is entered")


def _day(value: object, school: School) -> date | None:
    """The day of a moment where the school is; a day as it is."""
    if value is None or not hasattr(value, "hour"):
        return value  # type: ignore[return-value]
    return timezone.localtime(value, school.zone).date()  # type: ignore[arg-type]
