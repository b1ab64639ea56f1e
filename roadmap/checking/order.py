"""Work that is planned before what it stands on.

Only what can not be otherwise is told: the order that the methodology (R-145) and the wording of the standard
activities themselves lay down («после завершения групповой встречи»). A plan may well differ in all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from django.utils.translation import gettext

from roadmap.checking.occasions import by_year
from roadmap.checking.shapes import Finding, Item, Plan, Rewrite
from roadmap.terms import Window, belongs, render_windows

BEGINS_AFTER: dict[int, tuple[int, ...]] = {
    7: (5, 6),
    11: (10,),
    12: (10,),
    17: (7, 12),
    18: (17,),
    19: (17, 18),
    20: (19,),
    21: (9, 13, 20),
    22: (21,),
    23: (22,),
    26: (21, 22, 23),
    27: (21, 22, 23),
    30: (29,),
}
"""What may not begin before these have begun, by the numbers of the thirty-five standard activities."""

ENDS_AFTER: dict[int, tuple[int, ...]] = {28: (26, 24), 31: (26, 24), 32: (26, 24), 33: (26,), 35: (26,), 36: (26,)}
"""What sums up and may not be over before these are; number 36 is the long-term base of mentors.

The final meetings of the pairs tell when their work ends, the regular ones where no final meeting is planned.
"""

BOUND = frozenset({*BEGINS_AFTER, *ENDS_AFTER})

INTERIM = re.compile(r"промежуточ|входн|первичн|перв\w+ этап|1 этап", re.IGNORECASE)
"""Monitoring that is not the final one."""

LONGEST_NAME = 60


Days = Mapping[int, Window]
"""By school year."""

Firsts = Mapping[tuple[int, int, bool], Item]
"""What of a standard activity begins first in a school year, and (True) what of it is over first."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A standard activity that has to come first, and whether it has to be over first or only to have begun."""

    earlier: int
    ends: bool

    def is_broken(self, days: Window, earlier: Window) -> bool:
        return days[1] < earlier[1] if self.ends else days[0] < earlier[0]

    def put_right(self, days: Window, earlier: Window) -> Window:
        """What is left of the days in time, else the days (the last month) of what comes first."""
        if not self.ends:
            return (earlier[0], days[1]) if days[1] >= earlier[0] else earlier
        return max(earlier[0], earlier[1].replace(day=1)), earlier[1]


def check_order(plan: Plan) -> Iterator[Finding]:
    """Each item that comes too early, once: with the first of those it stands on."""
    planned = set(plan.numbers.values())
    times_of = cache(partial(_times, plan.period))
    times = {item.key: times_of(item.windows) for item in plan.items}
    firsts = _firsts(plan, times)
    for item in plan.items:
        for bond in _bonds(item, plan.numbers[item.key], planned):
            found = _too_early(item, bond, firsts, times)
            if found:
                yield found
                break


def _bonds(item: Item, number: int, planned: set[int]) -> list[Bond]:
    """What the standard activity of this number stands on, as far as it is planned."""
    if number not in BOUND or INTERIM.search(item.text):
        return []
    last = [Bond(earlier, ends=True) for earlier in ENDS_AFTER.get(number, ()) if earlier in planned]
    return [Bond(earlier, ends=False) for earlier in BEGINS_AFTER.get(number, ())] + last[:1]


def _times(period: Window | None, windows: Sequence[Window]) -> Days:
    """The days of an item by year, without those outside the plan, which are slips of the pen."""
    return by_year([window for window in windows if period is None or belongs(window, period)], period)


def _firsts(plan: Plan, times: Mapping[str, Days]) -> Firsts:
    firsts: dict[tuple[int, int, bool], Item] = {}
    for item in plan.items:
        for year, days in times[item.key].items():
            for ends in (False, True):
                place = (plan.numbers[item.key], year, ends)
                first = firsts.get(place)
                if first is None or days[ends] < times[first.key][year][ends]:
                    firsts[place] = item
    return firsts


def _too_early(item: Item, bond: Bond, firsts: Firsts, times: Mapping[str, Days]) -> Finding | None:
    """The finding where in some year all that is the earlier standard activity is yet to come."""
    own = times[item.key]
    first: dict[int, Item] = {}
    for year in own:
        nearest = firsts.get((bond.earlier, year, bond.ends))
        if nearest and bond.is_broken(own[year], times[nearest.key][year]):
            first[year] = nearest
    if not first:
        return None
    right = {
        year: bond.put_right(own[year], times[first[year].key][year]) if year in first else own[year] for year in own
    }
    year, other = next(iter(first.items()))
    text = _sentence(bond, other, times[other.key][year])
    term = render_windows([right[year] for year in sorted(right)])
    shown = term[:1].upper() + term[1:]
    return Finding("after_dependent", item.key, item.said, text, Rewrite(item.key, "term", shown, shown))


def _sentence(bond: Bond, other: Item, days: Window) -> str:
    if bond.ends:
        text = gettext("It is over before %(other)s (%(days)s), which has to come first.")
    else:
        text = gettext("It begins before %(other)s (%(days)s), which has to come first.")
    name = " ".join(other.text.split()).rstrip(".")
    name = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"
    called = f"№ {other.number.rstrip('.')} «{name}»" if other.number else f"«{name}»"
    return text % {"other": called, "days": render_windows([days])}
