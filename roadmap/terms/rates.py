"""How often: «ежемесячно», «2 раза в год», «каждую пятницу», «по вторникам и четвергам», as rules of RFC 5545.

A rule can not say "twice a year" without days. Where the count divides the year evenly, the rule is the even
step («2 раза в год» is every sixth month); school terms and half-years are the months they begin in; any
other count keeps the unit's own rule, and the text stays beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.terms.points import SLICES
from roadmap.terms.syntax import Rate
from roadmap.terms.vocabulary import Sort

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.terms.syntax import Cursor

UNITS: dict[Sort, str] = {
    Sort.DAY_WORD: "FREQ=DAILY",
    Sort.WEEK: "FREQ=WEEKLY",
    Sort.MONTH_WORD: "FREQ=MONTHLY",
    Sort.QUARTER: "FREQ=MONTHLY;INTERVAL=3",
    Sort.SCHOOL_TERM: "FREQ=YEARLY;BYMONTH=1,4,9,11",
    Sort.HALF_YEAR: "FREQ=YEARLY;BYMONTH=1,9",
    Sort.YEAR_WORD: "FREQ=YEARLY",
}
"""Once in each of these."""

SEVERAL_TIMES: dict[tuple[Sort, int], str] = {
    (Sort.YEAR_WORD, 2): "FREQ=MONTHLY;INTERVAL=6",
    (Sort.YEAR_WORD, 3): "FREQ=MONTHLY;INTERVAL=4",
    (Sort.YEAR_WORD, 4): "FREQ=MONTHLY;INTERVAL=3",
    (Sort.YEAR_WORD, 6): "FREQ=MONTHLY;INTERVAL=2",
    (Sort.YEAR_WORD, 12): "FREQ=MONTHLY",
    (Sort.HALF_YEAR, 2): "FREQ=MONTHLY;INTERVAL=3",
    (Sort.QUARTER, 3): "FREQ=MONTHLY",
    (Sort.MONTH_WORD, 2): "FREQ=WEEKLY;INTERVAL=2",
    (Sort.MONTH_WORD, 4): "FREQ=WEEKLY",
}

_ADVERBS = {
    "day": Sort.DAY_WORD,
    "week": Sort.WEEK,
    "month": Sort.MONTH_WORD,
    "quarter": Sort.QUARTER,
    "year": Sort.YEAR_WORD,
}
MOST_WEEKS = 5
"""A month has no sixth Monday."""

_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rate(cursor: Cursor) -> Rate | None:
    """Any of the ways to say how often."""
    rules: tuple[Callable[[Cursor], Rate | None], ...] = (
        *(_adverb, _times, _every, _weekday_of_month, _part_of_month, _weekdays, _date),
    )
    for rule in rules:
        if found := cursor.attempt(rule):
            return found
    return None


def combine(first: Rate | None, second: Rate) -> Rate:
    """One rule of two: «еженедельно, по пятницам» is the finer one, «ежегодно» gives way to any other."""
    if first and (first.rule.startswith(second.rule) or second.rule == UNITS[Sort.YEAR_WORD]):
        return first
    return second


def _adverb(cursor: Cursor) -> Rate | None:
    adverb = cursor.take(Sort.EVERY_UNIT)
    return _per(_ADVERBS[str(adverb.value)], 1, 1) if adverb else None


def _times(cursor: Cursor) -> Rate | None:
    """[не реже] [2[-3]] раз[а] в [2] год[а]; of «1-2 раза» the first is promised."""
    cursor.skip(Sort.UNTIL, Sort.NOT, Sort.AT_LEAST)
    count = _count(cursor)
    if count and cursor.take(Sort.DASH):
        _count(cursor)
    times = cursor.take(Sort.TIMES)
    if times is None or not cursor.skip(Sort.IN, Sort.SLASH, Sort.EVERY):
        return None
    steps = _count(cursor)
    unit = _unit(cursor)
    return _per(unit, count or times.number, steps or 1) if unit else None


def _every(cursor: Cursor) -> Rate | None:
    """«каждый месяц», «каждые две недели», «каждую пятницу»; «каждый сентябрь» leaves the month to be read."""
    cursor.skip(Sort.IN, Sort.EDGE)
    if not cursor.take(Sort.EVERY):
        return None
    if cursor.ahead() in {Sort.MONTH, Sort.SEASON}:
        return _per(Sort.YEAR_WORD, 1, 1)
    if found := cursor.attempt(_weekday_of_month) or cursor.attempt(_weekdays):
        return found
    steps = _count(cursor) or 1
    if steps > 1 and (found := cursor.attempt(_weekdays)):
        return Rate(found.rule.replace("WEEKLY", f"WEEKLY;INTERVAL={steps}"))
    unit = _unit(cursor)
    return _per(unit, 1, steps) if unit else None


def _weekday_of_month(cursor: Cursor) -> Rate | None:
    """«первый понедельник [каждого] месяца»."""
    place = cursor.take(Sort.ORDINAL, Sort.NUMBER)
    day = cursor.take(Sort.WEEKDAY)
    cursor.skip(Sort.EVERY)
    if place and day and place.number <= MOST_WEEKS and cursor.take(Sort.MONTH_WORD):
        return Rate(f"FREQ=MONTHLY;BYDAY={place.number}{day.value}")
    return None


def _part_of_month(cursor: Cursor) -> Rate | None:
    """«первая декада [каждого] месяца», «последняя неделя месяца»: by its last day."""
    cursor.skip(Sort.IN)
    place = cursor.take(Sort.ORDINAL, Sort.NUMBER)
    part = cursor.take(*SLICES)
    cursor.skip(Sort.EVERY)
    days = SLICES[part.sort].get(place.number) if place and part else None
    if days is None or not cursor.take(Sort.MONTH_WORD):
        return None
    return Rate(f"FREQ=MONTHLY;BYMONTHDAY={days[1] or -1}")


def _weekdays(cursor: Cursor) -> Rate | None:
    """«[по] вторникам и четвергам [каждой недели]»."""
    days: set[str] = set()
    while cursor.attempt(lambda here: _one_weekday(here, days)):
        pass
    cursor.skip(Sort.EVERY, Sort.WEEK, Sort.MONTH_WORD)
    return Rate("FREQ=WEEKLY;BYDAY=" + ",".join(sorted(days, key=_WEEK.index))) if days else None


def _one_weekday(cursor: Cursor, days: set[str]) -> bool | None:
    if days:
        cursor.skip(Sort.COMMA, Sort.AND, Sort.EVERY)
    by = cursor.take(Sort.UNTIL)
    day = cursor.take(Sort.WEEKDAY)
    if day is None or (by and by.value != "по"):
        return None
    days.add(str(day.value))
    return True


def _date(cursor: Cursor) -> Rate | None:
    """«до 10 числа [каждого месяца]»."""
    cursor.skip(Sort.IN, Sort.UNTIL, Sort.BY, Sort.EVERY)
    day = cursor.take(Sort.NUMBER)
    if day is None or not cursor.take(Sort.DATE_WORD) or not 1 <= day.number <= 31:
        return None
    every = cursor.skip(Sort.EVERY, Sort.MONTH_WORD)
    return Rate(f"FREQ=MONTHLY;BYMONTHDAY={day.number}", day_of_month=0 if every else day.number)


def _count(cursor: Cursor) -> int | None:
    number = cursor.take(Sort.NUMBER, Sort.NUMERAL, Sort.ORDINAL)
    return number.number if number and number.number > 0 else None


def _unit(cursor: Cursor) -> Sort | None:
    cursor.skip(Sort.SCHOOL)
    unit = cursor.take(*UNITS)
    return unit.sort if unit else None


def _per(unit: Sort, times: int, steps: int) -> Rate:
    """So many times in so many units."""
    rule = UNITS[unit]
    if times > 1 and steps == 1:
        rule = SEVERAL_TIMES.get((unit, times), rule)
    elif unit is Sort.QUARTER:
        rule = f"FREQ=MONTHLY;INTERVAL={3 * steps}"
    elif steps > 1 and "BYMONTH" not in rule:
        rule = f"{rule};INTERVAL={steps}"
    return Rate(rule, times_a_year=times if unit is Sort.YEAR_WORD and steps == 1 else 0)
