"""Terms outside the plan's time, in one year only where their neighbours have several, and years left in the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext

from roadmap.checking.occasions import by_year, in_year, is_one_year, school_year
from roadmap.checking.shapes import Finding, Item, Plan, Rewrite, Section, texts_of
from roadmap.terms import Window, belongs, read_term, render_windows
from roadmap.terms.spelling import nearest_month
from roadmap.terms.tokens import folded

CENTURY = "20"
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
SCHOOL_YEAR = re.compile(r"\b(20\d\d)\s*[-–—/]\s*(20\d\d)\s*(?:уч|г\w*\s*уч)\w*\.?(?:\s*год\w*|\s*г\.?)?")
FOR_YEAR = re.compile(r"\bна\s+(20\d\d)\s*(?:г\.|год\b)")
ONCE = re.compile(r"приказ|положени|назначени|утвержд|дорожн", re.IGNORECASE)
"""What is done once in a plan of several years."""

FARTHEST = 10
"""Years that a slip of the pen may be off."""

A_YEAR, A_SUMMER = 365, 92

FEWEST = 2
"""Neighbours that have to agree."""


def check_terms(plan: Plan) -> Iterator[Finding]:
    """Months with a wrong letter, and days before the plan begins or after it ends, each with what would be right."""
    for item in plan.items:
        if item.days_by_hand:
            yield from _set_outside(item, plan)
            continue
        for warning in read_term(item.term, period=plan.period, calendar=plan.calendar).warnings:
            if warning.code == "misspelt":
                yield Finding("misspelt", item.key, warning.quote, warning.text, _spelt_right(item, warning.quote))
            elif warning.code == "outside_period":
                yield Finding("outside_period", item.key, item.said, warning.text, _with_right_year(item, plan))


def check_one_year_only(plan: Plan) -> Iterator[Finding]:
    """One year where all the others of its stage have several."""
    if is_one_year(plan.period):
        return
    for section in plan.sections:
        years = _years_of_section(section, plan)
        for item in section.items:
            spans = by_year(item.windows, plan.period)
            if len(item.windows) == len(spans) == 1 and set(spans) < set(years) and not ONCE.search(item.text):
                text = gettext("Only one year is written, and the others of this stage have %(years)s years.")
                mend = _in_all_years(item, years, plan)
                yield Finding("one_year_only", item.key, item.said, text % {"years": len(years)}, mend)


def check_other_years(plan: Plan) -> Iterator[Finding]:
    """A school year in the words that is neither the plan's nor next to it: it came along with a copied text.

    The title has to name the plan's own.
    """
    said: set[str] = set()
    for key, name, text in texts_of(plan):
        if CENTURY not in text:
            continue
        for match in [*SCHOOL_YEAR.finditer(text), *FOR_YEAR.finditer(text)]:
            if name == "section" and match[0] + text in said:
                continue
            said.add(match[0] + text)
            if plan.period and _is_far(match, plan.period, slack=0 if name == "title" else 1):
                sentence = gettext("This year is not the plan's: it may be left over from a copied document.")
                yield Finding("other_year", key, match[0], sentence, _years_of_plan(plan, key, name, text, match))


def _set_outside(item: Item, plan: Plan) -> Iterator[Finding]:
    """Days set by hand say by themselves what is meant, so nothing is proposed."""
    outside = [window for window in item.windows if plan.period and not belongs(window, plan.period)]
    if outside and plan.period:
        words = {"read": render_windows(outside), "period": render_windows([plan.period])}
        text = gettext("Outside the period of the plan (%(period)s): %(read)s. Check the year.") % words
        yield Finding("outside_period", item.key, item.said, text)


def _spelt_right(item: Item, slip: str) -> Rewrite:
    word = nearest_month(folded(slip)) or slip
    return _term_mend(item, item.term.replace(slip, _capital(word) if slip[:1].isupper() else word))


def _with_right_year(item: Item, plan: Plan) -> Rewrite | None:
    """The term with all its years moved by as many, so that it lies in the period; None where several would do."""
    fitting = []
    for years_on in range(-FARTHEST, FARTHEST + 1):
        text = _years_moved(item.term, years_on)
        term = read_term(text, period=plan.period, calendar=plan.calendar)
        if years_on and term.windows and not term.warnings and text != item.term:
            fitting.append(text)
    return _term_mend(item, fitting[0]) if len(fitting) == 1 else None


def _years_of_section(section: Section, plan: Plan) -> list[int]:
    """The years that all but one of a stage's dated items have, where these are several."""
    found = [set(by_year(item.windows, plan.period)) for item in section.items]
    dated = [years for years in found if years]
    most, count = Counter(map(frozenset, dated)).most_common(1)[0] if dated else (frozenset[int](), 0)
    return sorted(most) if len(most) > 1 and count >= max(FEWEST, len(dated) - 1) else []


def _in_all_years(item: Item, years: Sequence[int], plan: Plan) -> Rewrite | None:
    own = school_year(item.windows[0])
    windows = tuple(in_year(item.windows[0], year - own) for year in years)
    written = YEAR.findall(item.term)
    if len(written) == 1:
        listed = ", ".join(str(int(written[0]) + year - own) for year in years)
        text = item.term.replace(written[0], listed)
        if read_term(text, period=plan.period).windows == windows:
            return _term_mend(item, text)
    return _term_mend(item, _capital(render_windows(windows)))


def _is_far(match: re.Match[str], period: Window, *, slack: int) -> bool:
    """Whether the year has next to nothing in common with the period, stretched by so many years to both sides.

    A plan may well speak of the years before and after it.
    """
    first, last = int(match[1]), int(match[match.lastindex or 1])
    year = (date(first, 1, 1), date(last, 12, 31)) if first == last else (date(first, 9, 1), date(last, 8, 31))
    # Counted in whole days: a period typed by mistake may begin in the year 1.
    opened, closed = period[0].toordinal() - slack * A_YEAR, period[1].toordinal() + slack * A_YEAR
    return min(year[1].toordinal(), closed) - max(year[0].toordinal(), opened) < A_SUMMER


def _years_of_plan(plan: Plan, key: str, name: str, text: str, match: re.Match[str]) -> Rewrite | None:
    if plan.period is None or not is_one_year(plan.period):
        return None
    first = school_year(plan.period)
    years = _years_moved(match[0], first - int(match[1]))
    return Rewrite(key, name, text[: match.start()] + years + text[match.end() :], years)


def _years_moved(text: str, years_on: int) -> str:
    return YEAR.sub(lambda year: str(int(year[0]) + years_on), text)


def _term_mend(item: Item, text: str) -> Rewrite:
    return Rewrite(item.key, "term", text, " ".join(text.split()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
