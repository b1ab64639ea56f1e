"""Narrowing and ordering the activities of a programme by what stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.russian import search_key, sort_key
from roadmap.board.rows import Standing, WindowRow
from roadmap.models import Duty

EVERY_YEAR = "all"
ORDERS = ("document", "deadline", "text")

People = Sequence[tuple[int, str, str]]
"""Activity, duty and name as written, one a responsible person."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; empty texts and None ask for everything."""

    year: int | None = None
    stage: int | None = None
    standing: str = ""
    who: str = ""
    words: tuple[str, ...] = ()
    order: str = "document"

    @property
    def is_narrow(self) -> bool:
        return bool(self.stage or self.standing or self.who or self.words)


def wanted(asked: Mapping[str, str], years: Sequence[int], now: int | None) -> Wanted:
    """Read the filters from an address, passing over what makes no sense; `now` is the year shown unless told."""
    year = asked.get("year", "")
    standing, order = asked.get("state", ""), asked.get("order", "")
    return Wanted(
        year=None if year == EVERY_YEAR else (int(year) if year in map(str, years) else now),
        stage=int(asked["stage"]) if asked.get("stage", "").isdecimal() else None,
        standing=standing if standing in set(Standing) else "",
        who=asked.get("who", ""),
        words=tuple(search_key(asked.get("q", "")).split()),
        order=order if order in ORDERS else "document",
    )


def narrowed(rows: Sequence[WindowRow], want: Wanted, people: People) -> list[WindowRow]:
    """The rows that are wanted, in the wanted order."""
    answering = activities_of(want.who, people) if want.who else None
    found = [
        row
        for row in rows
        if (want.year is None or row.year == want.year)
        and (want.stage is None or row.stage == want.stage)
        and (not want.standing or row.standing == want.standing)
        and (answering is None or row.activity in answering)
        and all(word in row.search_key for word in want.words)
    ]
    if want.order == "deadline":
        found.sort(key=lambda row: (row.ends_on or date.max, row.starts_on or date.max))
    elif want.order == "text":
        found.sort(key=lambda row: row.sort_key)
    return found


def who_choices(people: People) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The duties and the names that answer for something, each as (value in the address, label)."""
    present = {duty for _activity, duty, _name in people}
    duties = [(duty.value, str(duty.label)) for duty in Duty if duty.value in present]
    names = {_name_value(name): name for _activity, _duty, name in people if name}
    return duties, sorted(names.items(), key=lambda item: sort_key(item[1]))


def activities_of(who: str, people: People) -> set[int]:
    """The activities that a duty or a name answers for."""
    return {activity for activity, duty, name in people if who in {duty, _name_value(name)}}


def _name_value(name: str) -> str:
    """One value for «Белова И.В.» and «И. В. Белова»: the words of the name in order, without dots."""
    return "name:" + " ".join(sorted(sort_key(name).split()))
