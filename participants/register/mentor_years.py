"""The long-term base of mentors: each once, with all the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.paging import CappedPaginator
from core.russian import search_key
from participants.models import TAKING_PART, Attendance, Enrolment, Interview, Person, Side
from participants.pairs import Pairs, pairs_of
from participants.register.standing import TONES, Standing, with_standing

PER_PAGE = 50
ORDERS = {"name": _("by name"), "years": _("by the number of years"), "last": _("by the last year")}
_COLUMNS = {
    "name": ("sort_key", "pk"),
    "years": ("-years", "sort_key", "pk"),
    "last": ("-last_year", "sort_key", "pk"),
}


@dataclass(frozen=True, slots=True)
class Year:
    """A mentor's part in one year, as the page shows it."""

    label: str
    form: str
    state: str
    mentees: int


@dataclass(frozen=True, slots=True)
class MentorLine:
    """One mentor; what follows the consent is empty while it is not in force."""

    pk: int
    name: str
    place: str
    years: tuple[Year, ...]
    mentees: int
    takes_part: bool
    standing: str
    tone: str
    is_passed: bool | None
    results: str
    cases: tuple[str, ...]
    interview: Interview | None
    trained_on: date | None


def mentors_of(people: QuerySet[Person], wanted: Mapping[str, str], cycle: int | None, today: date) -> QuerySet[Person]:
    """Those who have ever been mentors and answer to `q`, `kind`, `form`, `year` and `now`, in the order of `sort`."""
    parts = Enrolment.objects.filter(person=OuterRef("pk"), side=Side.MENTOR)
    if wanted.get("form"):
        parts = parts.filter(form=int(wanted["form"]))
    if wanted.get("year"):
        parts = parts.filter(cycle__year=int(wanted["year"]))
    people = people.filter(Exists(parts))
    if wanted.get("now"):
        is_on = Exists(Enrolment.objects.enrolled().filter(person=OuterRef("pk"), side=Side.MENTOR, cycle=cycle))
        people = people.filter(is_on if wanted["now"] == "yes" else ~is_on)
    for word in search_key(wanted.get("q", "")).split():
        people = people.filter(search_key__contains=word)
    if wanted.get("kind"):
        people = people.filter(kind=wanted["kind"])
    sort = wanted.get("sort") or "name"
    own = Q(enrolments__side=Side.MENTOR)
    if sort == "years":
        people = people.annotate(years=Count("enrolments__cycle__year", filter=own, distinct=True))
    elif sort == "last":
        people = people.annotate(last_year=Max("enrolments__cycle__year", filter=own))
    return with_standing(people, today).order_by(*_COLUMNS[sort])


def years_of(people: QuerySet[Person]) -> list[int]:
    """The years in which the school has had mentors, the newest first."""
    rows = Enrolment.objects.filter(side=Side.MENTOR, person__in=people).order_by("-cycle__year")
    return list(rows.values_list("cycle__year", flat=True).distinct())


def page_of(people: QuerySet[Person], number: str | None) -> Page[Person]:
    return CappedPaginator(people, PER_PAGE).get_page(number)


def mentor_lines(page: Page[Person], cycle: int | None, today: date) -> list[MentorLine]:
    """The mentors of the page with all their years, in a fixed number of queries."""
    found = Enrolment.objects.filter(person__in=list(page), side=Side.MENTOR).select_related("form", "cycle")
    rows = list(found.order_by("-cycle__year", "form__place", "pk"))
    told = set(Enrolment.objects.consented(today).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    pairs = pairs_of([row.pk for row in rows])
    parts: dict[int, list[Enrolment]] = {}
    for row in rows:
        parts.setdefault(row.person_id, []).append(row)
    talks, trained = _preparations(told)
    return [_line(person, parts.get(person.pk, []), told, pairs, talks, trained, cycle) for person in page]


def _preparations(parts: Iterable[int]) -> tuple[dict[int, Interview], dict[int, date]]:
    """The last interview and the last training of each person of these parts."""
    keys = list(parts)
    talks: dict[int, Interview] = {}
    for talk in Interview.objects.filter(enrolment__in=keys).select_related("enrolment").order_by("held_on", "pk"):
        talks[talk.enrolment.person_id] = talk
    came = Attendance.objects.filter(enrolment__in=keys, has_come=True).order_by("training__held_on")
    return talks, dict(came.values_list("enrolment__person", "training__held_on"))


def _line(
    person: Person,
    parts: list[Enrolment],
    told: set[int],
    pairs: Pairs,
    talks: Mapping[int, Interview],
    trained: Mapping[int, date],
    cycle: int | None,
) -> MentorLine:
    standing = Standing(person.standing)  # type: ignore[attr-defined]
    known = [row for row in parts if row.pk in told]
    return MentorLine(
        pk=person.pk,
        name=person.full_name,
        place=person.place,
        years=tuple(
            Year(row.cycle.label, row.form.name, row.get_state_display(), len(set(pairs.get(row.pk, ()))))
            for row in parts
        ),
        mentees=sum(len(set(pairs.get(row.pk, ()))) for row in parts),
        takes_part=any(row.state in TAKING_PART and row.cycle_id == cycle for row in parts),
        standing=str(standing.label),
        tone=TONES[standing],
        is_passed=next((row.is_passed for row in known if row.is_passed is not None), None),
        results=next((row.results for row in known if row.results), ""),
        cases=tuple(row.case_url for row in known if row.case_url),
        interview=talks.get(person.pk),
        trained_on=trained.get(person.pk),
    )
