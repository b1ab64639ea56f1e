"""How long the law leaves for a destruction (152-FZ art. 21; the working days by Labour Code art. 111, 112)."""

from __future__ import annotations

from datetime import date, timedelta

from participants.models import DestructionGround

CALENDAR_DAYS = {DestructionGround.WITHDRAWN: 30, DestructionGround.EXPIRED: 30, DestructionGround.REACHED: 30}
WORKING_DAYS = {DestructionGround.DEMAND: 10, DestructionGround.UNLAWFUL: 10}
HOLIDAYS = frozenset(
    {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)},
)
"""Month and day; days off that a year's decree moves elsewhere are counted as working days, so the term is the stricter."""


def last_day_for(ground: DestructionGround, since: date) -> date:
    """The last day on which what is to be destroyed may still exist; `since` itself is not counted."""
    if ground in CALENDAR_DAYS:
        return since + timedelta(days=CALENDAR_DAYS[ground])
    day, left = since, WORKING_DAYS[ground]
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS
    return day


def last_kept_day(day: date, years: int) -> date:
    """The last day for which the sealed papers of a destruction on `day` are kept."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February of a year that has none
        return day.replace(year=day.year + years, day=28)
