"""«1 четверть» of a draft: from the calendar of the school that brings it."""

from __future__ import annotations

from datetime import date

import pytest

from core.models import PeriodKind
from roadmap.drafting.changes import write_fields
from roadmap.drafting.sheet import sheet_from_json
from roadmap.services.calendar import school_terms
from roadmap.services.drafts import save_draft
from tests.factories import SchoolFactory, SchoolPeriodFactory, actor_of
from tests.roadmap.samples import ROADMAP, opened

pytestmark = pytest.mark.django_db

FIRST, SECOND = (date(2026, 9, 1), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 29))


def calendar_of(school) -> None:
    """Two terms and the holiday between, and a term of the year after, numbered on as the school's page does."""
    for number, (first, last) in enumerate([FIRST, SECOND, (date(2027, 9, 1), date(2027, 10, 22))], start=1):
        SchoolPeriodFactory(school=school, kind=PeriodKind.TERM, number=number, starts_on=first, ends_on=last)
    SchoolPeriodFactory(school=school, kind=PeriodKind.HOLIDAY, starts_on=date(2026, 10, 24), ends_on=date(2026, 11, 1))


def test_the_terms_of_each_school_year_are_counted_anew():
    school = SchoolFactory()
    calendar_of(school)

    assert school_terms(school) == {
        (2026, 1): FIRST,
        (2026, 2): SECOND,
        (2027, 1): (date(2027, 9, 1), date(2027, 10, 22)),
    }


def test_a_school_term_in_a_document_and_one_typed_later_are_those_of_the_school():
    actor = actor_of()
    calendar_of(actor.school)
    draft, _ = opened(actor, ROADMAP.replace("Декабрь 2026", "1 четверть"))

    sheet = save_draft(
        draft=draft, change=lambda sheet: write_fields(sheet, "a2", {"term": "2 четверть"}, seen=1), by=actor
    )

    terms = [part.term for part in sheet.standing(sheet.activities)]
    assert [(term.text, term.windows) for term in terms if term][:2] == [
        ("1 четверть", (FIRST,)),
        ("2 четверть", (SECOND,)),
    ]
    assert sheet_from_json(draft.entered).calendar == {}


def test_without_a_calendar_a_school_term_has_no_days_and_says_so():
    draft, _ = opened(text=ROADMAP.replace("Декабрь 2026", "1 четверть"))

    term = sheet_from_json(draft.entered).parts["a1"].term

    assert term is not None
    assert (term.windows, [(one.code, one.quote) for one in term.warnings]) == ((), [("no_calendar", "1 четверть")])
