"""Narrowing and ordering the activities of a programme by what stands in the address."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from core.actors import Actor
from core.russian import search_key, sort_key
from roadmap.board.rows import Standing, WindowRow
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.models import Duty

EVERY_YEAR = "all"
ORDERS = ("document", "deadline", "text")
MINE = "me"
"""What asks for the activities that the reader answers for."""
THIS_MONTH = "month"
"""What asks for the windows that touch the month of today."""
KEPT = ("q", "stage", "state", "who", "year")
"""What of an address every page that shows the activities understands."""

People = Sequence[tuple[int, str, str, int]]
"""Activity, duty, name as written and the member's user, 0 where nobody is known; one a responsible person."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; empty texts and None ask for everything."""

    year: int | None = None
    stage: int | None = None
    standing: str = ""
    who: str = ""
    words: tuple[str, ...] = ()
    order: str = "document"
    touching: tuple[date, date] | None = None
    """The first and the last day of the time that windows are to touch."""

    @property
    def is_narrow(self) -> bool:
        return bool(self.stage or self.standing or self.who or self.words or self.touching)


def wanted(asked: Mapping[str, str], years: Sequence[int], now: int | None, today: date) -> Wanted:
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
        touching=month_of(today) if standing == THIS_MONTH else None,
    )


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def kept(asked: Mapping[str, str]) -> str:
    """The filters of an address as another page takes them: `?stage=2&who=me`, empty where there are none."""
    filters = urlencode([(name, asked[name]) for name in KEPT if asked.get(name)])
    return f"?{filters}" if filters else ""


def narrowed(rows: Sequence[WindowRow], want: Wanted, people: People, actor: Actor) -> list[WindowRow]:
    """The rows that are wanted, in the wanted order; `actor` is who asks for his own."""
    answering = _answered(want.who, people, actor) if want.who else None
    found = [
        row
        for row in rows
        if (want.year is None or row.year == want.year)
        and (want.stage is None or row.stage == want.stage)
        and (not want.standing or row.standing == want.standing)
        and (answering is None or row.activity in answering)
        and (want.touching is None or touches(row, *want.touching))
        and all(word in row.search_key for word in want.words)
    ]
    if want.order == "deadline":
        found.sort(key=lambda row: (row.ends_on or date.max, row.starts_on or date.max))
    elif want.order == "text":
        found.sort(key=lambda row: row.sort_key)
    return found


def touches(row: WindowRow, first: date, last: date) -> bool:
    """Whether the row has days between these two."""
    return row.starts_on is not None and row.ends_on is not None and row.starts_on <= last and row.ends_on >= first


def who_choices(people: People) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The duties and the names that answer for something, each as (value in the address, label)."""
    present = {duty for _activity, duty, _name, _user in people}
    duties = [(duty.value, str(duty.label)) for duty in Duty if duty.value in present]
    names = {_name_value(name): name for _activity, _duty, name, _user in people if name}
    return duties, sorted(names.items(), key=lambda item: sort_key(item[1]))


def activities_of(who: str, people: People) -> set[int]:
    """The activities that a duty or a name answers for."""
    return {activity for activity, duty, name, _user in people if who in {duty, _name_value(name)}}


def mine_of(people: People, actor: Actor) -> set[int]:
    """The activities in which the actor is named, or that nobody is named for and a duty of the actor's role has."""
    duties = DUTIES_OF_ROLE.get(actor.role, frozenset()) if actor.role else frozenset()
    return {activity for activity, duty, _name, user in people if (user == actor.user_id if user else duty in duties)}


def _answered(who: str, people: People, actor: Actor) -> set[int]:
    return mine_of(people, actor) if who == MINE else activities_of(who, people)


def _name_value(name: str) -> str:
    """One value for «Белова И.В.» and «И. В. Белова»: the words of the name in order, without dots."""
    return "name:" + " ".join(sorted(sort_key(name).split()))
