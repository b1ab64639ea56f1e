"""The list of people: found, ordered, and made ready for the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.paging import COUNTED_TO, CappedPaginator, CountedPage
from core.russian import search_key, sort_key
from participants.models import Enrolment, Person, PersonKind, Side
from participants.models.person import place_of
from participants.register.standing import TONES, Standing, standings_of, with_standing
from roadmap.models import Cycle

PER_PAGE = 50
UNFILLED, WITHOUT_CONSENT, WITHOUT_PROFILE = "unfilled", "without_consent", "without_profile"
ORDERS = {"name": _("by name"), "class": _("by class"), "new": _("newest first")}
_COLUMNS = {
    "name": ("sort_key", "pk"),
    "class": ("class_key", "sort_key", "pk"),
    "new": ("-created_at", "-pk"),
}


Row = tuple[int, str, str, str, str, str, str]
"""A person's key, kind, surname, given name, patronymic, class and post."""


class Found:
    """What the list can be narrowed to by consent."""

    choices = (
        (UNFILLED, _("in force, the profile is to be filled in")),
        *Standing.choices,
        (WITHOUT_CONSENT, _("takes part, a needed consent is not in force")),
        (WITHOUT_PROFILE, _("takes part, the profile is not filled in")),
    )


class Line(NamedTuple):
    """One person of the list, as the page shows him."""

    pk: int
    name: str
    tick: str
    kind: str
    place: str
    parts: tuple[str, ...]
    standing: str
    tone: str


class Facts(NamedTuple):
    """By a person's key: the parts in the year, in words, and how the consent stands for whoever was asked."""

    parts: dict[int, list[str]]
    standings: dict[int, str]


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
    side = wanted.get("side", "") or wanted.get("state", "") or wanted.get("area", "")
    standing = wanted.get("standing", "")
    if side or standing:
        parts = _parts(wanted, cycle, today)
        people = _standing(_taking_part(people, parts, side), parts, standing, today)
    return people.order_by(*_COLUMNS[wanted.get("sort") or "name"])


def page_of(people: QuerySet[Person], number: str | None, count: int | None = None) -> CountedPage:
    """The rows that `lines_of` takes; `count` is how many there are, where that is known already."""
    rows = people.values_list("pk", "kind", "surname", "given_name", "patronymic", "class_name", "post")
    paginator = CappedPaginator(rows, PER_PAGE)
    if count is not None:
        paginator.count = min(count, COUNTED_TO)
    return paginator.get_page(number)


def facts_of(people: Collection[int], cycle: Cycle | None, today: date) -> Facts:
    """What is known of the people of one page."""
    return Facts(_parts_of(people, cycle), standings_of(people, today))


def lines_of(page: Iterable[Row], facts: Facts) -> list[Line]:
    """The people of the page with their parts of the year."""
    kinds = {kind.value: str(kind.label) for kind in PersonKind}
    words = {one.value: (str(one.label), TONES[one]) for one in Standing}
    tick, lines = gettext("Tick %(name)s"), []
    for pk, kind, surname, given_name, patronymic, class_name, post in page:
        name = " ".join(filter(None, (surname, given_name, patronymic)))
        place, parts = place_of(class_name, post), tuple(facts.parts.get(pk, ()))
        standing = words[facts.standings.get(pk, Standing.NONE.value)]
        lines.append(Line(pk, name, tick % {"name": name}, kinds[kind], place, parts, *standing))
    return lines


def _parts_of(people: Iterable[int], cycle: Cycle | None) -> dict[int, list[str]]:
    """In what each of them takes part this year."""
    enrolments = Enrolment.objects.enrolled().filter(cycle=cycle, person__in=people).order_by("side", "form__place")
    sides = {side.value: str(side.label) for side in Side}
    parts: dict[int, list[str]] = {}
    for side, form, person in enrolments.values_list("side", "form__name", "person_id"):
        parts.setdefault(person, []).append(f"{sides[side]}: {form}")
    return parts


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
        people = with_standing(people, today)
        return people.filter(Exists(parts.filter(filled_at=None)), Q(standing=Standing.IN_FORCE))
    if standing == WITHOUT_PROFILE:
        return people.filter(Exists(parts.filter(filled_at=None)))
    if standing == WITHOUT_CONSENT:
        return people.filter(Exists(parts.exclude(pk__in=Enrolment.objects.cleared(today).values("pk"))))
    return with_standing(people, today).filter(Q(standing=standing)) if standing else people
