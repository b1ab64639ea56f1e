"""A line of a list, ready to be printed: the templates of long lists hold no decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext, pgettext

from roadmap.board.rows import Standing, WindowRow
from roadmap.board.words import day_words, from_words, late_words, left_words


class Line(NamedTuple):
    """What a line shows, in the order in which `roadmap/lines.html` unpacks it.

    `look` is the standing, `tone` and `label` the tag, `verb` and `deed` the button: the last word of its
    address and what stands on it. What is empty is not shown.
    """

    key: int
    number: str
    section: str
    text: str
    who: str
    day: str
    small: str
    note: str
    look: str
    tone: str
    label: str
    verb: str
    deed: str


def lines_of(rows: Iterable[WindowRow], today: date) -> list[Line]:
    """The rows as a list shows them."""
    endings = _endings()
    return [
        Line(
            row.key,
            row.number,
            row.section,
            row.text,
            row.responsible,
            *_when(row, today),
            row.note,
            *endings[row.standing],
        )
        for row in rows
    ]


def _endings() -> dict[Standing, tuple[str, str, str, str, str]]:
    """Look, tone, label, verb and deed by standing, translated once a list."""
    done = pgettext("to mark an activity", "Done")
    return {
        Standing.LATE: ("late", "bad", gettext("overdue"), "done", done),
        Standing.NOW: ("now", "", "", "done", done),
        Standing.COMING: ("coming", "", "", "done", done),
        Standing.UNDATED: ("undated", "mute", gettext("no dates"), "days", gettext("Set the days")),
        Standing.DONE: ("done", "", pgettext("state of an activity", "done"), "undo", gettext("Take back")),
    }


def _when(row: WindowRow, today: date) -> tuple[str, str]:
    """The day that matters (the last one, or the one it was done on) and the small words under it."""
    if row.standing is Standing.DONE and row.done_on:
        return day_words(row.done_on, today), row.term
    if row.ends_on is None or row.starts_on is None:
        return row.term or "–", ""
    if row.standing is Standing.LATE:
        return day_words(row.ends_on, today), late_words(row.ends_on, today)
    if row.standing is Standing.NOW:
        return day_words(row.ends_on, today), left_words(row.ends_on, today)
    return day_words(row.ends_on, today), from_words(row.starts_on, today)
