"""Dates with their years: «5–20 октября 2023», «с сентября 2023 по май 2024», «до 31 марта 2022, 2023».

A rule is a function from the cursor to what it found, None when this is something else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadmap.terms.points import one_day, read_places
from roadmap.terms.syntax import Item, SchoolTerms, Span
from roadmap.terms.vocabulary import Sort
from roadmap.terms.years import read_years_beside, year_item

if TYPE_CHECKING:
    from roadmap.terms.syntax import Cursor

_BEFORE = (Sort.IN, Sort.PERIOD, Sort.PROGRAMME, Sort.DURING, Sort.ALL)


def stretch(cursor: Cursor) -> list[Item] | None:
    """[до] [с] date [– date]: one point, a range, a deadline, or several dates under one month."""
    start = cursor.position
    cursor.skip(*_BEFORE)
    if cursor.ahead(1) in {Sort.BY, Sort.FROM}:
        cursor.take(Sort.NOT)
    until = cursor.take(Sort.UNTIL, Sort.BY)
    cursor.skip(*_BEFORE)
    since = cursor.take(Sort.FROM)
    items = _dated(cursor)
    if items is None:
        return None
    if len(items) == 1:
        items = _range_from(items[0], cursor) or items
    opens = since is not None and since.value == "since" and len(items) == 1 and not _is_range(items[0])
    quote = cursor.quote(start)
    return [replace(item, quote=quote, deadline=until is not None, open_end=opens) for item in items]


def _is_range(item: Item) -> bool:
    return item.unit == "range" or (item.is_year and any(first != last for first, last in item.years))


def _range_from(first: Item, cursor: Cursor) -> list[Item] | None:
    """The item joined with the end that follows it, if one does."""

    def end(here: Cursor) -> list[Item] | None:
        linked = here.skip(Sort.DASH) + bool(here.take(Sort.UNTIL))
        last = _dated(here) if linked else None
        joined = _join(first, last[0]) if last and len(last) == 1 else None
        return [joined] if joined else None

    return cursor.attempt(end)


def _join(first: Item, last: Item) -> Item | None:
    """One item of two: years after the second hold for both, years after both are kept apart."""
    if isinstance(first.span, SchoolTerms) or isinstance(last.span, SchoolTerms):
        return None
    span = Span(first.span.first, last.span.last, "range")
    if not first.years:
        return Item(span, years=last.years, school=last.school)
    if first.school or last.school:
        return Item(span, years=first.years, school=first.school) if first.school and not last.years else None
    if len(first.years) not in {1, len(last.years)}:
        return None
    from_year = first.years[0][0]
    return Item(span, years=last.years or ((from_year + span.crosses_year,) * 2,), from_year=from_year)


def _dated(cursor: Cursor) -> list[Item] | None:
    """Dates and the years beside them."""
    whole = cursor.attempt(_iso_date) or cursor.attempt(year_item)
    if whole:
        return whole
    places = read_places(cursor)
    if places is None:
        return None
    of_school = cursor.attempt(_this_year)
    years = cursor.attempt(read_years_beside)
    if years is None:
        return [Item(place) for place in places]
    of_school = (of_school or years.school) and any(first != last for first, last in years.pairs)
    return [Item(place, years=years.pairs, school=of_school) for place in places]


def _this_year(cursor: Cursor) -> bool | None:
    """«сентябрь текущего года», «начало учебного года»: words without a year; whether it is a school year."""
    cursor.skip(Sort.CURRENT)
    school = bool(cursor.take(Sort.SCHOOL))
    return school if cursor.take(Sort.YEAR_WORD) else None


def _iso_date(cursor: Cursor) -> list[Item] | None:
    if not cursor.at(Sort.YEAR, Sort.DASH, Sort.NUMBER, Sort.DASH, Sort.NUMBER):
        return None
    year, _, month, _, day = cursor.tokens[cursor.position : cursor.position + 5]
    cursor.position += 5
    return [Item(one_day(month.number, day.number), years=((year.number,) * 2,))]
