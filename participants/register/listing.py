"""The list of people: found, ordered, and made ready for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.paging import CappedPaginator
from core.russian import search_key, sort_key
from participants.models import Enrolment, Person, PersonKind, Side
from participants.register.standing import TONES, Standing, with_standing
from roadmap.models import Cycle

PER_PAGE = 50
UNFILLED, WITHOUT_CONSENT, WITHOUT_PROFILE = "unfilled", "without_consent", "without_profile"
ORDERS = {"name": _("by name"), "class": _("by class"), "new": _("newest first")}
_COLUMNS = {
    "name": ("sort_key", "pk"),
    "class": ("class_key", "sort_key", "pk"),
    "new": ("-created_at", "-pk"),
}


class Found:
    """What the list can be narrowed to by consent."""

    choices = (
        (UNFILLED, _("in force, the profile is to be filled in")),
        *Standing.choices,
        (WITHOUT_CONSENT, _("takes part, a needed consent is not in force")),
        (WITHOUT_PROFILE, _("takes part, the profile is not filled in")),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list, as the page shows him."""

    pk: int
    name: str
    tick: str
    kind: str
    place: str
    parts: tuple[str, ...]
    standing: str
    tone: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How many people the register has, and how many of them take part this year on each side."""

    people: int
    mentees: int
    mentors: int


def totals_of(people: QuerySet[Person], cycle: Cycle | None) -> Totals:
    parts = Enrolment.objects.enrolled().filter(cycle=cycle, person__in=people)
    counted = parts.aggregate(
        mentees=Count("person", filter=Q(side=Side.MENTEE), distinct=True),
        mentors=Count("person", filter=Q(side=Side.MENTOR), distinct=True),
    )
    return Totals(people.count(), counted["mentees"], counted["mentors"])


def found_people(
    people: QuerySet[Person], wanted: Mapping[str, str], cycle: Cycle | None, today: date
) -> QuerySet[Person]:
    """The people that answer to `q`, `kind`, `class_name`, `sex`, `side`, `state`, `area` and `standing`, in the order of
    `sort`.
    """
    for word in search_key(wanted.get("q", "")).split():
        people = people.filter(search_key__contains=word)
    own = {"kind": wanted.get("kind"), "class_key": sort_key(wanted.get("class_name", "")), "sex": wanted.get("sex")}
    people = people.filter(**{name: value for name, value in own.items() if value})
    parts, side = _parts(wanted, cycle, today), wanted.get("side", "")
    people = _taking_part(people, parts, side or wanted.get("state", "") or wanted.get("area", ""))
    people = _standing(with_standing(people, today), parts, wanted.get("standing", ""), today)
    return people.order_by(*_COLUMNS[wanted.get("sort") or "name"])


def lines_of(page: Page[Person], cycle: Cycle | None) -> list[Line]:
    """The people of the page with their parts of the year."""
    parts: dict[int, list[str]] = {}
    enrolments = Enrolment.objects.enrolled().filter(cycle=cycle, person__in=[person.pk for person in page])
    sides = {side.value: str(side.label) for side in Side}
    for side, form, person in enrolments.values_list("side", "form__name", "person_id").order_by("side", "form__place"):
        parts.setdefault(person, []).append(f"{sides[side]}: {form}")
    words = _Words()
    return [_line(person, parts.get(person.pk, ()), words) for person in page]


def page_of(people: QuerySet[Person], number: str | None) -> Page[Person]:
    return CappedPaginator(people, PER_PAGE).get_page(number)


class _Words:
    """What every line says in the language of the page, put in words once."""

    def __init__(self) -> None:
        self.kinds = {kind.value: str(kind.label) for kind in PersonKind}
        self.standings = {one.value: (str(one.label), TONES[one]) for one in Standing}
        self.tick = gettext("Tick %(name)s")


def _line(person: Person, parts: Sequence[str], words: _Words) -> Line:
    name = person.full_name
    standing, tone = words.standings[person.standing]  # type: ignore[attr-defined]
    return Line(
        pk=person.pk,
        name=name,
        tick=words.tick % {"name": name},
        kind=words.kinds[person.kind],
        place=person.place,
        parts=tuple(parts),
        standing=standing,
        tone=tone,
    )


def _parts(wanted: Mapping[str, str], cycle: Cycle | None, today: date) -> QuerySet[Enrolment]:
    """The parts of the year that are looked for; an area only while the consent lets it be known."""
    parts = Enrolment.objects.filter(person=OuterRef("pk"), cycle=cycle)
    parts = parts.filter(state=wanted["state"]) if wanted.get("state") else parts.enrolled()
    if wanted.get("side") in Side.values:
        parts = parts.filter(side=wanted["side"])
    return parts.consented(today).filter(areas=int(wanted["area"])) if wanted.get("area") else parts


def _taking_part(people: QuerySet[Person], parts: QuerySet[Enrolment], side: str) -> QuerySet[Person]:
    if side == "none":
        return people.exclude(Exists(parts))
    return people.filter(Exists(parts)) if side else people


def _standing(people: QuerySet[Person], parts: QuerySet[Enrolment], standing: str, today: date) -> QuerySet[Person]:
    if standing == UNFILLED:
        return people.filter(Exists(parts.filter(filled_at=None)), Q(standing=Standing.IN_FORCE))
    if standing == WITHOUT_PROFILE:
        return people.filter(Exists(parts.filter(filled_at=None)))
    if standing == WITHOUT_CONSENT:
        return people.filter(Exists(parts.exclude(pk__in=Enrolment.objects.cleared(today).values("pk"))))
    return people.filter(Q(standing=standing)) if standing else people
