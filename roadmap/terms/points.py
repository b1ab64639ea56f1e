"""Days, months and their parts, before any year: «5–20 октября», «1–2 неделя сентября», «II квартал», «осень»."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from roadmap.terms.syntax import Mark, SchoolTerms, Span
from roadmap.terms.vocabulary import Sort
from roadmap.terms.years import read_years

if TYPE_CHECKING:
    from roadmap.terms.syntax import Cursor
    from roadmap.terms.years import Years

Place = Span | SchoolTerms
Numbers = list[tuple[int, int]]
"""«1, 3–5» as [(1, 1), (3, 5)]."""

SLICES: dict[Sort, dict[int, tuple[int, int]]] = {
    # Weeks are counted from the first of the month, seven days each; the fifth is what is left.
    Sort.WEEK: {1: (1, 7), 2: (8, 14), 3: (15, 21), 4: (22, 28), 5: (29, 0), -1: (-6, 0)},
    Sort.DECADE: {1: (1, 10), 2: (11, 20), 3: (21, 0), -1: (21, 0)},
    Sort.HALF_OF: {1: (1, 15), 2: (16, 0)},
}
"""Parts of a month: first and last day, 0 for the last of the month."""

EDGES = {"start": 1, "middle": 2, "end": 3}
"""The beginning, middle and end of a month are its thirds of ten days."""

PARTS: dict[Sort, dict[int, tuple[int, int]]] = {
    Sort.QUARTER: {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12), -1: (10, 12)},
    # Of the school year, so each lies in one calendar year: lessons end in May.
    Sort.HALF_YEAR: {1: (9, 12), 2: (1, 5), -1: (1, 5)},
}
"""Parts of a year: first and last month."""

SEASONS = {3: (3, 5), 6: (6, 8), 9: (9, 11), 12: (12, 2)}


def read_places(cursor: Cursor) -> list[Place] | None:
    """The days or months that stand here; several where numbers share a month («5, 12 октября»)."""
    for rule in (_numbered, _month, _season, _edge):
        if found := cursor.attempt(rule):
            return found
    return None


def _month(cursor: Cursor) -> list[Place] | None:
    month = cursor.take(Sort.MONTH)
    cursor.skip(Sort.MONTH_WORD)
    return [_months(month.number, month.number, "month")] if month else None


def _season(cursor: Cursor) -> list[Place] | None:
    season = cursor.take(Sort.SEASON)
    return [_months(*SEASONS[season.number], "part")] if season else None


def _edge(cursor: Cursor) -> list[Place] | None:
    """«конец мая», «в начале учебного года»; without a calendar year the year is the school's, September to May."""
    edge = cursor.take(Sort.EDGE)
    if edge is None:
        return None
    unit = "start" if edge.value == "start" else "part"
    if month := cursor.take(Sort.MONTH):
        first, last = SLICES[Sort.DECADE][EDGES[str(edge.value)]]
        return [Span(Mark(month.number, first), Mark(month.number, last), unit)]
    if counted := cursor.attempt(_numbered):
        return _edges_of(counted, str(edge.value))
    if edge.value == "middle" or cursor.ahead() not in {Sort.YEAR, Sort.YEAR_WORD, Sort.SCHOOL, Sort.CURRENT}:
        return None
    years = _look(cursor)
    months = {"start": 1, "end": 12} if years and not years.school else {"start": 9, "end": 5}
    return [_months(months[str(edge.value)], months[str(edge.value)], unit)]


def _edges_of(places: list[Place], edge: str) -> list[Place] | None:
    """«конец 1 четверти», «начало II полугодия»: of whole months the first, middle or last ones."""
    return [found for place in places if (found := _edge_of(place, edge))] if len(places) == 1 else None


def _edge_of(place: Place, edge: str) -> Place | None:
    if isinstance(place, SchoolTerms):
        return replace(place, edge=edge)
    first, last = place.first.month, place.last.month
    if place.unit not in {"part", "half_year"} or place.first.day != 1 or place.last.day or first >= last:
        return None
    months = {"start": (first, first), "middle": (first + 1, last - 1), "end": (last, last)}[edge]
    return _months(*months, "start" if edge == "start" else "part")


def _look(cursor: Cursor) -> Years | None:
    """The years that follow, without a step."""
    start = cursor.position
    years = read_years(cursor)
    cursor.position = start
    return years


def _numbered(cursor: Cursor) -> list[Place] | None:
    """Numbers and what they count: days, weeks, quarters, figures of a date."""
    numbers = _numbers(cursor)
    if not numbers:
        return None
    for rule in (_days, _figures, _slices, _parts, _school_terms):
        if found := cursor.attempt(partial(rule, numbers=numbers)):
            return found
    return None


def _numbers(cursor: Cursor) -> Numbers:
    """«5», «5–20», «5 по 20», «1, 3 и 5–7», «I–II», «первая»."""
    numbers: Numbers = []
    found = cursor.attempt(_number_pair)
    while found is not None:
        numbers.append(found)
        found = cursor.attempt(_next_numbers)
    return numbers


def _next_numbers(cursor: Cursor) -> tuple[int, int] | None:
    if not cursor.skip(Sort.COMMA, Sort.AND):
        return None
    cursor.take(Sort.FROM)
    return _number_pair(cursor)


def _number_pair(cursor: Cursor) -> tuple[int, int] | None:
    first = cursor.take(Sort.NUMBER, Sort.ORDINAL)
    if first is None:
        return None
    last = cursor.attempt(_second_number)
    return first.number, last if last is not None else first.number


def _second_number(cursor: Cursor) -> int | None:
    if not cursor.skip(Sort.DASH) + bool(cursor.take(Sort.UNTIL)):
        return None
    last = cursor.take(Sort.NUMBER, Sort.ORDINAL)
    return last.number if last else None


def _days(cursor: Cursor, numbers: Numbers) -> list[Place] | None:
    cursor.take(Sort.DOT)
    month = cursor.take(Sort.MONTH)
    return _days_of(month.number, numbers) if month else None


def _days_of(month: int, numbers: Numbers) -> list[Place] | None:
    if any(first < 1 or last < 1 for first, last in numbers):
        return None
    return [
        one_day(month, first) if first == last else Span(Mark(month, first), Mark(month, last), "range")
        for first, last in numbers
    ]


def _figures(cursor: Cursor, numbers: Numbers) -> list[Place] | None:
    """«05.10.2023», «5-20.10», «31 08. 2020»; «09.2023» is a month. Without a year the month needs both figures."""
    dotted = cursor.take(Sort.DOT, Sort.SLASH)
    if dotted and cursor.at(Sort.YEAR):
        return [_months(first, last, "month" if first == last else "range") for first, last in numbers]
    month = cursor.take(Sort.NUMBER)
    if month is None:
        return None
    if dotted and cursor.at(Sort.DOT, Sort.DASH):
        cursor.take(Sort.DOT)  # «01.09.-15.09.2026»
    year_follows = cursor.at(Sort.YEAR) or (cursor.ahead() in {Sort.DOT, Sort.SLASH} and cursor.ahead(1) is Sort.YEAR)
    if year_follows or (dotted and len(month.text) == 2):
        return _days_of(month.number, numbers)
    return None


def _slices(cursor: Cursor, numbers: Numbers) -> list[Place] | None:
    sort = cursor.ahead()
    slices = SLICES.get(sort) if sort else None
    cursor.take(*SLICES)
    month = cursor.take(Sort.MONTH)
    if slices is None or month is None or any(end not in slices for pair in numbers for end in pair):
        return None
    return [
        Span(
            Mark(month.number, slices[first][0]),
            Mark(month.number, slices[last][1]),
            "part" if first == last else "range",
        )
        for first, last in numbers
    ]


def _parts(cursor: Cursor, numbers: Numbers) -> list[Place] | None:
    counted = cursor.take(Sort.QUARTER, Sort.HALF_YEAR, Sort.HALF_OF)
    if counted is None:
        return None
    if counted.sort is Sort.HALF_OF and cursor.ahead() not in {Sort.YEAR, Sort.YEAR_WORD, Sort.SCHOOL}:
        return None
    parts = PARTS.get(counted.sort, PARTS[Sort.HALF_YEAR])
    if any(end not in parts for pair in numbers for end in pair):
        return None
    unit = "part" if counted.sort is Sort.QUARTER else "half_year"
    return [_months(parts[first][0], parts[last][1], unit if first == last else "range") for first, last in numbers]


def _school_terms(cursor: Cursor, numbers: Numbers) -> list[Place] | None:
    if not cursor.take(Sort.SCHOOL_TERM) or any(end < 1 for pair in numbers for end in pair):
        return None
    return [SchoolTerms(first, last) for first, last in numbers]


def one_day(month: int, day: int) -> Span:
    """A day of the month, whether there is one or not."""
    return Span(Mark(month, day), Mark(month, day), "day")


def _months(first: int, last: int, unit: str) -> Span:
    return Span(Mark(first, 1), Mark(last, 0), unit)
