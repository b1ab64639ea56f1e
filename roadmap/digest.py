"""The letter of the day: what opens, what closes and what is late, from open windows and a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from textwrap import shorten

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

STEPS = (14, 7, 1, 0)
"""Days before a first or a last day on which a letter says so, unless the activity has days of its own."""
ALL_STEPS = (60, 30, 21, *STEPS[:2], 5, 3, 2, *STEPS[2:])
"""The days that an activity may choose from."""
LATE_STEPS = (1, 7, 14)
"""Days after a last day on which a letter goes out for that alone; every letter lists all that is late."""
MOST_LATE = 10
SUBJECT_SIGNS = 60
LINE_SIGNS = 240


class Happening(StrEnum):
    """What a day is to an activity; in the order of a letter's lines."""

    LATE = "late"
    CLOSES = "closes"
    OPENS = "opens"


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A window that is not done; both days belong to it. `steps` are the days ahead on which a letter tells of it.

    `who` are the duties that answer for it, told where it is late and the reader answers for everything.
    """

    programme: int
    text: str
    starts_on: date
    ends_on: date
    steps: tuple[int, ...] = STEPS
    who: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a letter; `day` is the one it is told for."""

    happening: Happening
    day: date
    window: OpenWindow


@dataclass(frozen=True, slots=True)
class Group:
    """The lines under one heading."""

    heading: str
    lines: tuple[str, ...]


def steps_of(chosen: Sequence[int] | None) -> tuple[int, ...]:
    """The days ahead that an activity has chosen, else the usual ones."""
    return STEPS if chosen is None else tuple(chosen)


def news_days(today: date, steps: tuple[int, ...] = ALL_STEPS) -> tuple[list[date], list[date]]:
    """The first days and the last days of which a letter of `today` has something new to say."""
    ahead = [today + timedelta(days=step) for step in steps]
    return ahead, [*ahead, *(today - timedelta(days=step) for step in LATE_STEPS)]


def is_news(window: OpenWindow, today: date) -> bool:
    """Whether a letter of `today` goes out because of this window."""
    opens, closes = news_days(today, window.steps)
    return window.starts_on in opens or window.ends_on in closes


def items_of(windows: Iterable[OpenWindow], today: date) -> list[Item]:
    """The lines of the letter of `today`, by day; none where nothing of it is new."""
    known = list(windows)
    if not any(is_news(window, today) for window in known):
        return []
    items = [item for window in known if (item := _item(window, today))]
    return sorted(items, key=lambda item: (item.day, list(Happening).index(item.happening)))


def _item(window: OpenWindow, today: date) -> Item | None:
    if window.ends_on < today:
        return Item(Happening.LATE, window.ends_on, window)
    ahead = news_days(today, window.steps)[0]
    if window.starts_on in ahead and window.starts_on < window.ends_on:
        return Item(Happening.OPENS, window.starts_on, window)
    return Item(Happening.CLOSES, window.ends_on, window) if window.ends_on in ahead else None


def subject_of(items: Sequence[Item]) -> str:
    """«31 октября: закрепление пар приказом и ещё 3 дела»: the nearest day first, what is late last."""
    first = next((item for item in items if item.happening is not Happening.LATE), items[-1])
    told = _("%(day)s: %(text)s") if first.happening is not Happening.LATE else _("the term ended on %(day)s: %(text)s")
    subject = told % {"day": _day(first.day), "text": _short(first.window.text)}
    others = len(items) - 1
    if not others:
        return subject
    more = ngettext("%(subject)s and %(count)s more thing", "%(subject)s and %(count)s more things", others)
    return more % {"subject": subject, "count": others}


def groups_of(items: Sequence[Item], today: date) -> list[Group]:
    """The lines under «Late», «Today», «Tomorrow» and so on."""
    late = [item for item in items if item.happening is Happening.LATE]
    groups = [Group(_("The term is over"), _late_lines(late))] if late else []
    coming = (item for item in items if item.happening is not Happening.LATE)
    for day, run in groupby(coming, key=lambda item: item.day):
        groups.append(Group(_heading(day, today), tuple(_coming_line(item) for item in run)))
    return groups


def _heading(day: date, today: date) -> str:
    days = (day - today).days
    if days > 1:
        return ngettext("In %(days)s day, %(day)s", "In %(days)s days, %(day)s", days) % {
            "days": days,
            "day": _day(day),
        }
    return (_("Tomorrow, %(day)s") if days else _("Today, %(day)s")) % {"day": _day(day)}


def _late_lines(items: Sequence[Item]) -> tuple[str, ...]:
    lines = [_late_line(item) for item in items[:MOST_LATE]]
    others = len(items) - len(lines)
    if others:
        lines.append(ngettext("and %(count)s more is late", "and %(count)s more are late", others) % {"count": others})
    return tuple(lines)


def _late_line(item: Item) -> str:
    if not item.window.who:
        return _("was to be done by %(day)s: %(text)s") % _words(item)
    words = {**_words(item), "who": item.window.who}
    return _("was to be done by %(day)s: %(text)s (answers: %(who)s)") % words


def _coming_line(item: Item) -> str:
    if item.happening is Happening.OPENS:
        return _("begins, until %(last)s: %(text)s") % {**_words(item), "last": _day(item.window.ends_on)}
    return _("last day: %(text)s") % _words(item)


def _words(item: Item) -> dict[str, str]:
    return {"day": _day(item.day), "text": shorten(item.window.text, LINE_SIGNS, placeholder="…")}


def _short(text: str) -> str:
    """The beginning of an activity as part of a sentence; a name in capitals stays as it is."""
    words = shorten(text.split(". ", maxsplit=1)[0], SUBJECT_SIGNS, placeholder="…").rstrip(" .,;:")
    return words[0].lower() + words[1:] if words[1:2].islower() else words


def _day(day: date) -> str:
    return date_format(day, "j E")
