"""Standard activities that a plan of the standard kind leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from roadmap.checking.numbers import missing_number, next_number
from roadmap.checking.shapes import AddActivity, Finding, Plan, Section

OF_THE_PLAN = 35
"""The first so many of the standard activities are the roadmap itself; those behind are usual beside it."""

ENOUGH = 24
"""A plan that has so many of them follows the standard one; another is a plan of the school's own."""


def check_missing(plan: Plan) -> Iterator[Finding]:
    """Each of the thirty-five that is not there, at the stage it belongs to."""
    there = {
        found
        for place, section in enumerate(plan.sections, 1)
        for item in section.items
        for found in plan.likeness.covered_by(item.text, section.number_at(place))
    }
    if len(there & set(range(1, OF_THE_PLAN + 1))) < ENOUGH:
        return
    for number in range(1, OF_THE_PLAN + 1):
        standard = plan.standard[number - 1]
        stage = _stage(plan, standard.stage)
        if number not in there and stage is not None and not _resembles(stage, number, plan):
            text = gettext("This standard activity is not in the plan: No. %(number)s of the thirty-five.")
            mend = _added(plan, stage, number)
            yield Finding("missing_standard", stage.key, standard.text, text % {"number": number}, mend)


def _resembles(stage: Section, number: int, plan: Plan) -> bool:
    """Whether something of the school's own in the stage may be meant for it."""
    own = (item.text for item in stage.items if not plan.numbers[item.key])
    return any(number in plan.likeness.of(text) for text in own)


def _stage(plan: Plan, place: int) -> Section | None:
    found = (section for count, section in enumerate(plan.sections, 1) if section.number_at(count) == str(place))
    return next(found, None)


def _added(plan: Plan, stage: Section, number: int) -> AddActivity:
    """Into a gap of the numbering, else at the stage's end; at the time of the nearest activity before it."""
    before = [item for item in stage.items if 0 < plan.numbers[item.key] < number and item.term]
    term = max(before, key=lambda item: plan.numbers[item.key]).term if before else ""
    after, new = missing_number(plan, stage.key)
    if not new:
        after, new = (stage.items[-1].key if stage.items else ""), next_number(plan, stage.key)
    return AddActivity(stage.key, after, number, new, plan.standard[number - 1].text, term)
