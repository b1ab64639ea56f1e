"""The days a roadmap is for, as its text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from roadmap.terms import Window

YEARS = re.compile(
    r"\b(20\d\d)\s*(?:[-–—/]|по)\s*(20\d\d|\d\d)\b(?![\d/-]|\.\d)\s*((?:уч\w*\.?|г{1,2}\.|год)\w*)?", re.IGNORECASE
)
DAYS = re.compile(r"\bс\s+(\d{1,2})\.(\d{1,2})\.(20\d\d)\s*(?:г\.|года)?\s*по\s+(\d{1,2})\.(\d{1,2})\.(20\d\d)")
LONGEST = 6  # years that one roadmap may span


def find_period(titles: Iterable[str], texts: Iterable[str]) -> Window | None:
    """The period in a title or a preamble, else the school year that an activity names."""
    for text in titles:
        if (period := _days(text) or _years(text, schooling=False)) is not None:
            return period
    return next((period for text in texts if (period := _years(text, schooling=True)) is not None), None)


def _days(text: str) -> Window | None:
    match = DAYS.search(text)
    if match is None:
        return None
    day, month, year, last_day, last_month, last_year = map(int, match.groups())
    try:
        first, last = date(year, month, day), date(last_year, last_month, last_day)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _years(text: str, *, schooling: bool) -> Window | None:
    """«2024-2025 учебный год» is from 1 September to 31 August, «2023–2024 годы» are calendar years.

    Years without a word are school years, as schools write them.
    """
    for match in YEARS.finditer(text):
        first, last = int(match[1]), int(match[2]) if len(match[2]) == 4 else 2000 + int(match[2])
        unit = (match[3] or "").lower()
        if not first < last <= first + LONGEST or (schooling and not unit.startswith("уч")):
            continue
        calendar = unit.startswith("г")
        return (date(first, 1, 1), date(last, 12, 31)) if calendar else (date(first, 9, 1), date(last, 8, 31))
    return None
