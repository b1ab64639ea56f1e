"""Who took part until a day, and how often they met: counts of nobody by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet, Sum

from pairing.models import Meeting, Mentorship, MentorshipState
from participants.ages import age_on
from participants.models import Enrolment, EnrolmentState, PersonKind, Side
from participants.services.cycles import today_in
from reports.papers.monitoring import CountTable, Process, hide_small
from roadmap.models import Cycle

YOUNG_TEACHER = 3
"""Years of work up to which a teacher is a young specialist (domain reference 5.4)."""
AGES = ("10–14 лет", "15–19 лет", "20 лет и старше", "младше 10 лет или возраст не указан")
CHILD, YOUTH, ADULT, OTHER = range(4)
BOUNDS = ((10, 14, CHILD), (15, 19, YOUTH), (20, 150, ADULT))
OF_AGE = frozenset({PersonKind.TEACHER, PersonKind.EXPERT, PersonKind.PARTNER, PersonKind.GRADUATE})
"""Kinds of people who are grown up whatever their birth date, which may be unknown."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is counted of one person's part in the year; `age` is a place in `AGES`."""

    person: int
    side: str
    form: str
    kind: str
    age: int
    teaching_since: int | None


def counted_people(cycle: Cycle, as_of: date) -> list[Part]:
    """Everyone who had entered the programme by that day and whose consents are in force today.

    Who left or finished meanwhile had entered it too. A part without a day of entry began when it was written down, yet
    not after the year.
    """
    rows = _cleared(cycle).select_related("person", "form").order_by("form__name", "pk")
    return [_part(row, as_of) for row in rows if _began(row, cycle) <= as_of]


def _cleared(cycle: Cycle) -> QuerySet[Enrolment]:
    today = today_in(cycle.programme.school)
    return Enrolment.objects.filter(cycle=cycle).exclude(state=EnrolmentState.REFUSED).cleared(today)


def _began(row: Enrolment, cycle: Cycle) -> date:
    written: datetime = row.created_at
    return row.entered_on or min(written.astimezone(cycle.programme.school.zone).date(), cycle.ends_on)


def _part(row: Enrolment, as_of: date) -> Part:
    who = row.person
    age = _age(who.kind, who.birth_date, as_of)
    return Part(row.person_id, row.side, row.form.name, who.kind, age, who.teaching_since)


def _age(kind: str, birth_date: date | None, as_of: date) -> int:
    if birth_date is None:
        return ADULT if kind in OF_AGE else OTHER
    years = age_on(birth_date, as_of)
    return next((place for least, most, place in BOUNDS if least <= years <= most), OTHER)


def count_table(parts: Iterable[Part], side: str) -> CountTable:
    """The people of a side by form and age; someone in two forms is in both rows and once in the sum."""
    own = [part for part in parts if part.side == side]
    forms = list(dict.fromkeys(part.form for part in own))
    ages = [age for age in range(len(AGES)) if age != OTHER or any(part.age == OTHER for part in own)]
    grid = [[_people(own, form, age) for age in (*ages, None)] for form in (*forms, None)]
    return CountTable(side, tuple(forms), tuple(AGES[age] for age in ages), tuple(map(tuple, hide_small(grid))))


def _people(parts: Iterable[Part], form: str | None, age: int | None) -> int:
    return len(
        {part.person for part in parts if (form is None or part.form == form) and (age is None or part.age == age)}
    )


def people_where(parts: Iterable[Part], side: str, kind: str, ages: Iterable[int]) -> int:
    """How many people of a kind and of these ages are on a side."""
    wanted = set(ages)
    return len({part.person for part in parts if part.side == side and part.kind == kind and part.age in wanted})


def young_teachers(parts: Iterable[Part], as_of: date) -> int:
    """Teachers among the mentees who began to teach at most three years before."""
    own = (part for part in parts if part.side == Side.MENTEE and part.kind == PersonKind.TEACHER)
    since = {part.person: part.teaching_since for part in own if part.teaching_since is not None}
    return sum(as_of.year - year <= YOUNG_TEACHER for year in since.values())


def process_of(cycle: Cycle, as_of: date) -> Process:
    """Pairs and groups that had begun by that day, and their meetings until its end."""
    people = _cleared(cycle)
    rows = Mentorship.objects.filter(mentor__in=people, places__mentee__in=people, starts_on__lte=as_of).distinct()
    states = [MentorshipState.ACTIVE if row.ended_on is None or row.ended_on > as_of else row.state for row in rows]
    counts = [
        states.count(state) for state in (MentorshipState.ACTIVE, MentorshipState.FINISHED, MentorshipState.STOPPED)
    ]
    line = [*counts, len(states)]
    active, finished, stopped, pairs = hide_small([line, line])[0]
    if pairs is None:
        return Process(None, active, finished, stopped, None, None)
    meetings, hours = _meetings([row.pk for row in rows], cycle, as_of)
    return Process(pairs, active, finished, stopped, meetings, hours)


def _meetings(mentorships: list[int], cycle: Cycle, as_of: date) -> tuple[int, float]:
    end = datetime.combine(as_of, datetime.max.time(), cycle.programme.school.zone)
    held = Meeting.objects.filter(mentorship__in=mentorships, held_at__lte=end).order_by()
    found = held.aggregate(count=Count("pk"), minutes=Sum("minutes"))
    return found["count"], (found["minutes"] or 0) / 60
