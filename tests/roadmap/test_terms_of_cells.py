"""Terms of one cell given out over the activities that share it."""

from __future__ import annotations

from datetime import date

import pytest

from roadmap.reading.drafts import DraftActivity, Said
from roadmap.reading.notes import Notes
from roadmap.reading.terms_of_cells import read_terms

YEAR = (date(2026, 9, 1), date(2027, 8, 31))


def given_out(cell: str, activities: int) -> tuple[list[str], list[str]]:
    """The term of each of so many activities that share a cell, and the codes of what is noted."""
    said, notes = Said(tuple(cell.split("\n")), cell), Notes()
    rows = [DraftActivity(str(place), None, "Дело", place, said, Said()) for place in range(1, activities + 1)]
    terms, _ = read_terms(rows, YEAR, notes)
    return [terms[row].text for row in rows], [note.code for note in notes.notes]


@pytest.mark.parametrize(
    ("cell", "terms"),
    [
        ("Сентябрь 2026\nМай 2027", ["Сентябрь 2026", "Май 2027"]),
        ("Сентябрь 2026; май 2027", ["Сентябрь 2026", "май 2027"]),
        ("Сентябрь 2026; октябрь 2026; май 2027", ["Сентябрь 2026", "октябрь 2026", "май 2027"]),
        ("Сентябрь 2026", ["Сентябрь 2026", "Сентябрь 2026"]),
        ("Сентябрь 2026, май 2027", ["Сентябрь 2026, май 2027", "Сентябрь 2026, май 2027"]),
    ],
)
def test_where_the_numbers_agree_each_activity_gets_its_own_term(cell, terms):
    assert given_out(cell, len(terms)) == (terms, [])


@pytest.mark.parametrize("cell", ["Сентябрь 2026\nОктябрь 2026\nМай 2027", "Сентябрь 2026\nпо графику\nМай 2027"])
def test_where_they_do_not_every_activity_gets_all_and_that_is_flagged(cell):
    terms, codes = given_out(cell, 2)

    assert terms == [cell, cell]
    assert codes[-1] == "terms_shared"
