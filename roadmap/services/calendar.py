"""A school's own calendar, as the term grammar takes it."""

from __future__ import annotations

from collections import Counter

from accounts.calendar import academic_year
from core.models import PeriodKind, School
from roadmap.terms import Calendar, Window


def school_terms(school: School) -> Calendar:
    """The terms that the school has entered, of every year, numbered anew within each; empty where it has none."""
    rows = school.periods.filter(kind=PeriodKind.TERM).order_by("starts_on", "pk").values_list("starts_on", "ends_on")
    terms: dict[tuple[int, int], Window] = {}
    counted: Counter[int] = Counter()
    for first, last in rows:
        year = academic_year(first)
        counted[year] += 1
        terms[year, counted[year]] = (first, last)
    return terms
