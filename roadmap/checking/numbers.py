"""Numbers that leave one out, go back, or begin in the middle."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext

from roadmap.checking.shapes import Finding, Item, Plan, Renumber

NUMBER = re.compile(r"((?:\d{1,3}\.)*)(\d{1,3})(\.?)")


class Jump(NamedTuple):
    """Where a series is not counted on: the place among its numbers, what is amiss, the number before."""

    place: int
    code: str
    before: str


def jumps(numbers: Iterable[tuple[Hashable, str]]) -> Iterator[Jump]:
    """The faults of numbers such as «7.7», each with the series it is counted in; a series may begin anew with 1."""
    last: dict[Hashable, str] = {}
    for place, (series, number) in enumerate(numbers):
        before = last.get(series, "")
        count, expected = _figure(number), _figure(before) + 1 if before else 1
        last[series] = number
        if count > expected:
            yield Jump(place, "numbering_gap" if before else "numbering_start", before)
        elif 1 < count < expected:
            yield Jump(place, "numbering_repeat", before)


def check_numbers(plan: Plan) -> Iterator[Finding]:
    """Each jump, with the numbers that would follow on from there."""
    counted = list(counted_together(plan))
    for jump in jumps((series, item.number.rstrip(".")) for series, item in counted):
        series, item = counted[jump.place]
        number = item.number.rstrip(".")
        rest = [other for others, other in counted[jump.place :] if others == series]
        quote = f"{jump.before} → {number}" if jump.before else number
        text = _sentence(jump.code, jump.before, number)
        yield Finding(jump.code, item.key, quote, text, _renumbered(rest, jump.before))


def counted_together(plan: Plan) -> Iterator[tuple[Hashable, Item]]:
    """The numbered items, each with what it is counted in: «7.» for «7.3», else the whole plan or its own section.

    The whole plan counts on where no stage begins anew with 1.
    """
    firsts = sum(item.number.rstrip(".") == "1" for item in plan.items)
    for section in plan.sections:
        for item in section.items:
            match = NUMBER.fullmatch(item.number)
            if match:
                yield match[1] or (firsts <= 1 or (section.key, item.section)), item


def missing_number(plan: Plan, stage: str) -> tuple[str, str]:
    """Where a stage leaves out one number: the key of the item before the gap and that number; empty without a gap."""
    counted = list(counted_together(plan))
    of_stage = {item.key for section in plan.sections if section.key == stage for item in section.items}
    for jump in jumps((series, item.number.rstrip(".")) for series, item in counted):
        item = counted[jump.place][1]
        is_one = _figure(item.number) == _figure(jump.before) + 2 if jump.before else False
        if jump.code == "numbering_gap" and is_one and item.key in of_stage:
            return counted[jump.place - 1][1].key, _following(jump.before)
    return "", ""


def next_number(plan: Plan, stage: str) -> str:
    """The number that an activity put behind the last of a stage would bear; empty where the next would clash."""
    counted = list(counted_together(plan))
    of_stage = [(series, item) for section in plan.sections if section.key == stage for series, item in counted
                if item in section.items]  # fmt: skip
    if not of_stage:
        return ""
    series, last = of_stage[-1]
    taken = {item.number.rstrip(".") for others, item in counted if others == series}
    number = _following(last.number)
    return "" if number.rstrip(".") in taken else number


def _renumbered(items: list[Item], before: str) -> Renumber:
    """The items counted on from `before`, as far as their numbers change."""
    numbers: list[tuple[str, str]] = []
    count = _figure(before) if before else 0
    for item in items:
        match = NUMBER.fullmatch(item.number)
        if match is None or (numbers and match[2] == "1"):
            break
        count += 1
        numbers.append((item.key, f"{match[1]}{count}{match[3]}"))
    known = {item.key: item.number for item in items}
    return Renumber(tuple((key, number) for key, number in numbers if known[key] != number))


def _sentence(code: str, before: str, number: str) -> str:
    sentences = {
        "numbering_gap": gettext("The numbering has a gap: %(before)s is followed by %(number)s."),
        "numbering_start": gettext("The numbering begins with %(number)s, not with the first number."),
        "numbering_repeat": gettext("The numbering goes back: %(before)s is followed by %(number)s."),
    }
    return sentences[code] % {"before": before, "number": number}


def _following(number: str) -> str:
    match = NUMBER.fullmatch(number)
    return f"{match[1]}{int(match[2]) + 1}{match[3]}" if match else ""


def _figure(number: str) -> int:
    match = NUMBER.fullmatch(number)
    return int(match[2]) if match else 0
