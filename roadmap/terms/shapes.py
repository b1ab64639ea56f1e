"""What the grammar gives out: a term, its windows and what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Window = tuple[date, date]
"""First and last day, both included."""

Calendar = Mapping[tuple[int, int], Window]
"""A school's terms («четверть») by the year in which their school year begins, and their number."""

KINDS = (
    "month",
    "range",
    "years",
    "deadline",
    "school_year",
    "whole_period",
    "schedule",
    "recurring",
    "none",
)


@dataclass(frozen=True, slots=True)
class TermWarning:
    """Something a curator should look at: a stable code, the words it is about, a sentence in Russian."""

    code: str
    quote: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """What a cell of the terms column means; `text` is always kept as written.

    `windows` are sorted and differ from one another; `recurrence` is a rule of RFC 5545 or None.
    """

    text: str
    kind: str
    windows: tuple[Window, ...]
    recurrence: str | None
    warnings: tuple[TermWarning, ...] = ()
