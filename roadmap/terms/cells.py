"""A cell of the terms column to its terms, each as written."""

from __future__ import annotations

from roadmap.terms.grammar import parse
from roadmap.terms.meaning import LONGEST
from roadmap.terms.syntax import Cursor
from roadmap.terms.vocabulary import DASHES, Sort

MOST_LINES = 40
"""A cell of more lines is prose."""

LONGEST_TERM = 200
"""Signs of a term put together from lines; no school breaks a longer one."""

_OPENS = frozenset(
    {
        Sort.DASH,
        Sort.COMMA,
        Sort.SLASH,
        Sort.AND,
        Sort.FROM,
        Sort.UNTIL,
        Sort.BY,
        Sort.IN,
        Sort.NOT,
        Sort.DURING,
        Sort.ALL,
    }
)
"""What a term can not end with."""

_GOES_ON = frozenset({Sort.DASH, Sort.COMMA, Sort.SLASH, Sort.AND})
"""What a term can not begin with."""


def split_terms(cell: str) -> list[str]:
    """The terms of a cell in order; lines are terms of their own unless one was broken over them.

    «Сентябрь» ⏎ «2021, 2022, 2023» is one term, «В течение года» ⏎ «Май 2025г.» two. Blank lines and
    the space around a line say nothing. A cell too long for terms comes back whole.
    """
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or sum(map(len, lines)) > LONGEST:
        return [" ".join(lines)]
    terms: list[str] = []
    for line in lines:
        is_bullet = line[0] in DASHES and lines[0][0] in DASHES
        if terms and not is_bullet and len(terms[-1]) + len(line) < LONGEST_TERM and _goes_on(terms[-1], line):
            terms[-1] = f"{terms[-1]} {line}"
        else:
            terms.append(line)
    return terms


def _goes_on(term: str, line: str) -> bool:
    """Whether the line is the rest of the term broken off before it."""
    before, after = Cursor(term).tokens, Cursor(line).tokens
    if not before or not after:
        return bool(before)
    if before[-1].sort in _OPENS or after[0].sort in _GOES_ON:
        return True
    if after[0].sort is Sort.YEAR:
        return _waits_for_year(term, line)
    if after[0].sort in {Sort.YEAR_WORD, Sort.SCHOOL} and before[-1].sort in {Sort.YEAR, Sort.SCHOOL}:
        return True
    return _whole_only_together(term, line)


def _waits_for_year(term: str, line: str) -> bool:
    """A year follows a month or a day without one, or goes on a list of years."""
    items = parse(term).items
    only_years = all(item.unit == "year" for item in parse(line).items)
    return bool(items) and (not items[-1].years or (only_years and not items[-1].is_year))


def _whole_only_together(term: str, line: str) -> bool:
    if not _is_whole(line) and line.lstrip("(«")[:1].islower():
        return True
    return not (_is_whole(term) and _is_whole(line)) and _is_whole(f"{term} {line}")


def _is_whole(text: str) -> bool:
    phrase = parse(text)
    return not phrase.is_empty and not phrase.rest
