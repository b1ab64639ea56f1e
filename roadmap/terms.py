"""The term grammar of a roadmap: pure text in, windows of days out (see read_term)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Window = tuple[date, date]
"""First and last day, both included."""

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
    """What a cell of the terms column means; `text` is always kept as written."""

    text: str
    kind: str
    windows: tuple[Window, ...]
    recurrence: str | None
    warnings: tuple[TermWarning, ...] = ()
