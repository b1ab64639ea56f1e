"""Years as they are written: «2021, 2022, 2023», «2022. 2023», «2021-2024 г.г.», «2023/24 учебный год»."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.terms.syntax import Item, Mark, Span
from roadmap.terms.vocabulary import Sort

if TYPE_CHECKING:
    from roadmap.terms.syntax import Cursor, YearPair
    from roadmap.terms.tokens import Token

CALENDAR_YEAR = Span(Mark(1, 1), Mark(12, 0), "year")
SCHOOL_YEAR = Span(Mark(9, 1), Mark(8, 0), "school_year")
"""1 September to 31 August."""


class Years(NamedTuple):
    """Years in the order written; `school` when they are called school years."""

    pairs: tuple[YearPair, ...]
    school: bool


def read_years(cursor: Cursor) -> Years | None:
    """One year or several, with «г.» and «учебный» before, between or after them."""
    school = bool(cursor.take(Sort.SCHOOL))
    pair = _pair(cursor)
    if pair is None:
        return None
    pairs = []
    while pair is not None:
        pairs.append(pair[0])
        school = school or pair[1]
        pair = cursor.attempt(_next_pair)
    return Years(tuple(pairs), school)


def read_years_beside(cursor: Cursor) -> Years | None:
    """The years that follow a month or a day: «сентябрь, 2023», «в сентябре в 2023 году», «05.10.2023»."""
    cursor.skip(Sort.IN, Sort.COMMA, Sort.DOT, Sort.SLASH, Sort.DASH)
    return read_years(cursor)


def year_item(cursor: Cursor) -> list[Item] | None:
    """Years that stand alone."""
    years = read_years(cursor)
    if years is None:
        return None
    return [Item(SCHOOL_YEAR if years.school else CALENDAR_YEAR, years=years.pairs, school=years.school)]


def _next_pair(cursor: Cursor) -> tuple[YearPair, bool] | None:
    cursor.skip(Sort.COMMA, Sort.DOT, Sort.AND, Sort.IN)
    return _pair(cursor)


def _pair(cursor: Cursor) -> tuple[YearPair, bool] | None:
    """A year or two joined, and whether they are a school year: called so, or joined by a slash."""
    first = None if _at_iso_date(cursor) else cursor.take(Sort.YEAR)
    if first is None:
        return None
    school = _year_words(cursor)
    slash = cursor.at(Sort.SLASH)
    last = cursor.attempt(_second_year) or first
    school = _year_words(cursor) or school
    return (first.number, last.number), school or (slash and last.number == first.number + 1)


def _second_year(cursor: Cursor) -> Token | None:
    joined = cursor.take(Sort.DASH, Sort.SLASH, Sort.UNTIL)
    return cursor.take(Sort.YEAR) if joined and not _at_iso_date(cursor) else None


def _year_words(cursor: Cursor) -> bool:
    """Passes «г.», «годы», «учебного года»; whether a school year was named."""
    school = False
    while word := cursor.take(Sort.YEAR_WORD, Sort.SCHOOL):
        school = school or word.sort is Sort.SCHOOL
    return school


def _at_iso_date(cursor: Cursor) -> bool:
    return cursor.at(Sort.YEAR, Sort.DASH, Sort.NUMBER, Sort.DASH, Sort.NUMBER)
