"""The answer: what was found, set into years, as a term."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from roadmap.terms.grammar import parse
from roadmap.terms.messages import warn
from roadmap.terms.placing import Setting, belongs, exists, meets, place_item
from roadmap.terms.rendering import render_windows
from roadmap.terms.shapes import Term
from roadmap.terms.syntax import SchoolTerms, Span
from roadmap.terms.unread import why_unread
from roadmap.terms.vocabulary import DASHES

if TYPE_CHECKING:
    from roadmap.terms.shapes import Calendar, Window
    from roadmap.terms.syntax import Item, Phrase

LONGEST = 2000
"""Signs; a longer text is prose, not a term."""

SHOWN = 80
"""Signs of a text that a warning quotes."""

NOTHING = frozenset(DASHES + ".")
"""A dash in the cell means that it was left empty."""

Placed = list[tuple["Item", list["Window"]]]


def read_term(text: str, *, period: Window | None = None, calendar: Calendar | None = None) -> Term:
    """What a term means: its kind, windows, recurrence and what is doubtful about it.

    `period` is the plan's: it gives the year where the text has none, and what lies outside it is flagged.
    `calendar` has the school's terms («четверть»), of one school year or several. Any text is read; none raises an error.
    """
    if not text.strip() or NOTHING.issuperset(text.strip()):
        return Term(text, "none", (), None)
    if len(text) > LONGEST:
        return Term(text, "none", (), None, (warn("too_long", _short(text)),))
    phrase = parse(text)
    if phrase.is_empty:
        return Term(text, "none", (), None, (warn(why_unread(text), _short(text)),))
    return _term(text, phrase, Setting(period, calendar, every=phrase.rate is not None))


def _term(text: str, phrase: Phrase, setting: Setting) -> Term:
    placed: Placed = [(item, place_item(item, setting)) for item in _share_years(phrase.items)]
    windows = _windows(text, phrase, placed, setting)
    _check_period(text, windows, placed, setting)
    for token in phrase.guessed:
        setting.warn("misspelt", token.text, read=token.guessed)
    if phrase.rest:
        setting.warn("partly_read", _short(phrase.rest))
    warnings = tuple(dict.fromkeys(setting.warnings))
    return Term(text, _kind(phrase, placed), windows, _recurrence(phrase), warnings)


def _windows(text: str, phrase: Phrase, placed: Placed, setting: Setting) -> tuple[Window, ...]:
    if placed:
        return tuple(sorted({window for _, windows in placed for window in windows}))
    if phrase.extent and phrase.extent.kind == "schedule" and not phrase.rate:
        setting.warn("no_date", _short(text))
        return ()
    if setting.period is None:
        setting.warn("no_period", _short(text))
        return ()
    return (setting.period,)


def _share_years(items: list[Item]) -> list[Item]:
    """One year written after a list holds for all of it, one written before it too.

    «2023-2024 учебный год: сентябрь, май» is two months, not two months and a year.
    """
    years = [item for item in items if item.is_year]
    undated = [item for item in items if not item.years]
    if years and len(years) + len(undated) == len(items) and undated:
        given = replace(years[0], years=tuple(pair for item in years for pair in item.years))
        return [_with_years_of(item, given) for item in undated]
    return _fill_forward(_fill_backward(items))


def _fill_backward(items: list[Item]) -> list[Item]:
    filled: list[Item] = []
    for item in reversed(items):
        filled.append(_with_years_of(item, filled[-1]) if filled and not item.years else item)
    return filled[::-1]


def _fill_forward(items: list[Item]) -> list[Item]:
    """«октябрь 2023, январь»: what follows a date without a year of its own comes after it."""
    filled: list[Item] = []
    for item in items:
        filled.append(_following(item, filled[-1]) if filled and not item.years else item)
    return filled


def _with_years_of(item: Item, other: Item) -> Item:
    years = other.years if other.from_year is None else ((other.from_year, other.from_year),)
    return replace(item, years=years, school=other.school)


def _following(item: Item, before: Item) -> Item:
    if before.school or not before.years or isinstance(item.span, SchoolTerms) or isinstance(before.span, SchoolTerms):
        return replace(item, years=before.years, school=before.school)
    later = item.span.first.month < before.span.last.month
    return replace(item, years=tuple((first + later, last + later) for first, last in before.years), guessed=True)


def _kind(phrase: Phrase, placed: Placed) -> str:
    if phrase.rate:
        return "recurring"
    if not placed:
        return phrase.extent.kind if phrase.extent else "none"
    if all(item.deadline for item, _ in placed):
        return "deadline"
    if all(item.unit == "school_year" for item, _ in placed):
        return "school_year"
    if any(len(windows) > 1 for _, windows in placed) or all(item.unit == "year" for item, _ in placed):
        return "years"
    kinds = {"month": "month", "day": "deadline"}
    return "range" if len(placed) > 1 or placed[0][0].open_end else kinds.get(placed[0][0].unit, "range")


def _recurrence(phrase: Phrase) -> str | None:
    """The rule; told by the year and by months or a day, it names them («ежегодно в сентябре»)."""
    rate = phrase.rate
    if rate is None:
        return None
    spans = [item.span for item in phrase.items if isinstance(item.span, Span) and exists(item.span)]
    units = {item.unit for item in phrase.items}
    if rate.times_a_year not in {1, len(spans)} or len(spans) < len(phrase.items) or units not in ({"month"}, {"day"}):
        return rate.rule
    rule = "FREQ=YEARLY;BYMONTH=" + ",".join(map(str, sorted({span.first.month for span in spans})))
    return f"{rule};BYMONTHDAY={spans[0].first.day}" if units == {"day"} and len(spans) == 1 else rule


def _check_period(text: str, windows: tuple[Window, ...], placed: Placed, setting: Setting) -> None:
    """Flags windows outside the plan's period; whole years, which no plan fills, only when they miss it."""
    if setting.period is None:
        return
    holds = meets if all(item.is_year for item, _ in placed) else belongs
    outside = [window for window in windows if not holds(window, setting.period)]
    if outside:
        setting.warn(
            "outside_period", _short(text), read=render_windows(outside), period=render_windows([setting.period])
        )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SHOWN else one_line[: SHOWN - 1] + "…"
