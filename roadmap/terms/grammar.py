"""The whole phrase: dates, how often, and terms that name no day, in any order and company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from roadmap.terms.dates import stretch
from roadmap.terms.points import one_day
from roadmap.terms.rates import combine, rate
from roadmap.terms.syntax import Cursor, Extent, Item, Phrase, Rate, Span
from roadmap.terms.vocabulary import DASHES, Sort
from roadmap.terms.years import SCHOOL_YEAR, read_years

_SEPARATORS = (Sort.COMMA, Sort.SEMICOLON, Sort.DOT, Sort.SLASH, Sort.AND)

Found = list[Item] | Rate | Extent
Rule = Callable[[Cursor], Found | None]


def parse(text: str) -> Phrase:
    """What a text says about time; words after the last thing understood are its `rest`.

    A text that begins with something unknown is not read at all: «приказ от 05.09.2023» is no term.
    """
    cursor, phrase = Cursor(text), Phrase()
    cursor.skip(*_SEPARATORS, Sort.DASH)
    while found := cursor.attempt(_clause):
        _add(phrase, found)
        cursor.skip(*_SEPARATORS)
    _settle_day_of_month(phrase)
    phrase.rest = cursor.rest().strip(DASHES + " ")
    phrase.guessed = [token for token in cursor.tokens[: cursor.position] if token.guessed]
    return phrase


def _clause(cursor: Cursor) -> Found | None:
    """A dash may stand before a remark («октябрь – по графику»), but between two dates it has to join them."""
    rules: tuple[Rule, ...] = (rate, _by_schedule, _whole_period, _school_year)
    if not cursor.skip(Sort.DASH):
        rules = (*rules, stretch)
    for rule in rules:
        if found := cursor.attempt(rule):
            return found
    return None


def _add(phrase: Phrase, found: Found) -> None:
    if isinstance(found, Rate):
        phrase.rate = combine(phrase.rate, found)
    elif isinstance(found, Extent):
        phrase.extent = phrase.extent or found
    else:
        phrase.items += found


def _settle_day_of_month(phrase: Phrase) -> None:
    """«сентябрь (до 15 числа)» is a day of September, not of every month."""
    day = phrase.rate.day_of_month if phrase.rate else 0
    if day and phrase.items and all(item.unit == "month" for item in phrase.items):
        spans = [one_day(item.span.first.month, day) for item in phrase.items if isinstance(item.span, Span)]
        phrase.items = [replace(item, span=span, deadline=True) for item, span in zip(phrase.items, spans, strict=True)]
        phrase.rate = None


def _by_schedule(cursor: Cursor) -> Extent | None:
    """«по [отдельному] графику [школы]», «согласно плану», «по мере необходимости»."""
    cursor.skip(Sort.IN)
    by = cursor.take(Sort.ACCORDING, Sort.UNTIL)
    if by is None or by.value == "до":
        return None
    cursor.skip(Sort.WORD, Sort.SCHOOL, Sort.FROM, Sort.CURRENT)
    if not cursor.skip(Sort.SCHEDULE):
        return None
    while cursor.skip(Sort.WORD, Sort.PROGRAMME, Sort.SCHEDULE) or cursor.ahead(1) in {Sort.WORD, Sort.SCHEDULE}:
        if not cursor.take(Sort.FROM, Sort.DASH):
            break
    return Extent("schedule")


def _whole_period(cursor: Cursor) -> Extent | None:
    """«в течение всего периода [реализации программы]», «весь срок», «период реализации», «постоянно»."""
    if cursor.take(Sort.ALWAYS):
        return Extent("whole_period")
    cursor.skip(Sort.IN)
    whole = cursor.skip(Sort.DURING, Sort.ALL)
    period = cursor.take(Sort.PERIOD)
    programme = cursor.skip(Sort.PROGRAMME)
    named = whole + programme if period else whole and programme
    return Extent("whole_period") if named else None


def _school_year(cursor: Cursor) -> Extent | list[Item] | None:
    """«в течение [учебного] года», also with the years behind: «учебный год 2024-2025»."""
    cursor.skip(Sort.IN)
    whole = cursor.skip(Sort.DURING, Sort.ALL, Sort.CURRENT)
    start = cursor.position
    named = cursor.take(Sort.SCHOOL)
    year = cursor.take(Sort.YEAR_WORD)
    if year is None or not (whole or named or len(year.text) > 2):
        return None
    years = cursor.attempt(read_years) if named else None
    if years:
        return [Item(SCHOOL_YEAR, cursor.quote(start), years=years.pairs, school=True)]
    return Extent("school_year")
