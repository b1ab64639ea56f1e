from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.dates import written_for
from demo.filling import DOCUMENTS
from roadmap.reading import read_document

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("{m0}", "Ноябрь 2026"),
        ("{m-1}", "Октябрь 2026"),
        ("{m2}", "Январь 2027"),
        ("{m-11}", "Декабрь 2025"),
        ("{m-3:m-2}", "Август – сентябрь 2026"),
        ("{m0:m5}", "Ноябрь 2026 – апрель 2027"),
        ("{d-4.29}", "29.07.2026"),
        ("{d-11.1}", "01.12.2025"),
        ("{y0}, {y1}", "2025, 2026"),
    ],
)
def test_a_place_is_filled_in_around_the_day(place: str, written: str) -> None:
    assert written_for(place, DAY) == written


@pytest.mark.parametrize(("day", "year"), [(date(2027, 8, 31), "2026"), (date(2027, 9, 1), "2027")])
def test_the_academic_year_turns_in_september(day: date, year: str) -> None:
    assert written_for("{y1}", day) == year


@pytest.mark.parametrize("document", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem)
@given(day=st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31)))
def test_every_document_is_a_roadmap_on_every_day(document: object, day: date) -> None:
    text = written_for(document.read_text(), day)  # type: ignore[attr-defined]

    outline = read_document(text.encode(), "Карта.txt").outline

    assert "{" not in text
    assert len(outline.stages) in {6, 7}
    assert all(stage.activities for stage in outline.stages)
