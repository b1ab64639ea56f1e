"""All that is found in a plan, in the order of the plan."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from roadmap.checking.holders import check_holders
from roadmap.checking.missing import check_missing
from roadmap.checking.names import check_schools
from roadmap.checking.numbers import check_numbers
from roadmap.checking.order import check_order
from roadmap.checking.shapes import Finding, Plan
from roadmap.checking.years import check_one_year_only, check_other_years, check_terms

Check = Callable[[Plan], Iterable[Finding]]

OF_A_DOCUMENT: tuple[Check, ...] = (check_order, check_one_year_only, check_other_years, check_missing)
"""What the reader says beside what it sees in the rows themselves: numbers, names of schools, terms."""

CHECKS: tuple[Check, ...] = (check_terms, *OF_A_DOCUMENT, check_numbers, check_schools, check_holders)

CODES = frozenset(
    {
        *("misspelt", "outside_period", "after_dependent", "one_year_only", "other_year", "missing_standard"),
        *("numbering_gap", "numbering_start", "numbering_repeat", "other_school", "role_unheld"),
    }
)
"""Every code that a finding may have."""


def check_document(plan: Plan) -> list[Finding]:
    """What a document alone gives away, beyond what is said of each of its rows."""
    return _in_order(plan, OF_A_DOCUMENT)


def check_plan(plan: Plan) -> list[Finding]:
    """Everything."""
    return _in_order(plan, CHECKS)


def finding_key(finding: Finding) -> str:
    """By what a finding that was put aside is known again: its place, its kind and its words."""
    words = f"{finding.key}|{finding.code}|{finding.quote}"
    return hashlib.blake2s(words.encode(), digest_size=6).hexdigest()


def _in_order(plan: Plan, checks: Iterable[Check]) -> list[Finding]:
    """Each once: what stands twice in one part is mended twice."""
    places = {key: place for place, key in enumerate(_keys(plan))}
    found = {finding_key(finding): finding for check in checks for finding in check(plan)}
    return sorted(found.values(), key=lambda finding: places[finding.key])


def _keys(plan: Plan) -> Iterator[str]:
    yield plan.key
    for section in plan.sections:
        yield section.key
        yield from (item.key for item in section.items)
