"""A line of a list, ready to be printed: the templates of long lists hold no decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext, pgettext

from roadmap.board.offers import offer_of
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.words import day_words, from_words, late_words, left_words
from roadmap.evidence import Proofs

_UNPROVED = ("", "")


class Line(NamedTuple):
    """What a line shows; `roadmap.templatetags.acts` prints it.

    `look` is the standing, `tone` and `label` the tag, `verb` and `deed` the button: the last word of its
    address and what stands on it. `proof` says what was counted for the activity, `proof_at` where that is done.
    What is empty is not shown. Plain text throughout: who prints it escapes it.
    """

    key: str
    number: str
    section: str
    text: str
    who: str
    day: str
    small: str
    note: str
    proof: str
    proof_at: str
    look: str
    tone: str
    label: str
    verb: str
    deed: str


def lines_of(rows: Iterable[WindowRow], today: date, proofs: Proofs) -> list[Line]:
    """The rows as a list shows them."""
    shown = {place: (proof.words, proof.url) for place, proof in proofs.items()}
    complete = {place for place, proof in proofs.items() if proof.is_complete}
    endings = _endings()
    ready = pgettext("to mark an activity", "Mark it")

    @cache  # months repeat in a plan
    def dated(standing: Standing, starts_on: date, ends_on: date) -> tuple[str, str]:
        return _dated(standing, starts_on, ends_on, today)

    def when(row: WindowRow) -> tuple[str, str]:
        if row.standing is Standing.DONE and row.done_on:
            return day_words(row.done_on, today), row.term
        if row.starts_on is None or row.ends_on is None:
            return row.term or "–", ""
        return dated(row.standing, row.starts_on, row.ends_on)

    def ending(row: WindowRow) -> tuple[str, ...]:
        """An activity whose work is complete is done with one press."""
        usual = endings[row.standing]
        if complete and offer_of(row, proofs, today):
            return *usual[:3], "complete", ready
        return usual

    return [
        Line(
            str(row.key),
            row.number,
            row.section,
            row.text,
            row.responsible,
            *when(row),
            row.note,
            *shown.get((row.evidence, row.cycle), _UNPROVED),
            *ending(row),
        )
        for row in rows
    ]


def _endings() -> dict[Standing, tuple[str, ...]]:
    """Look, tone, label, verb and deed by standing, translated once a list."""
    done = pgettext("to mark an activity", "Done")
    endings = {
        Standing.LATE: ("late", "bad", gettext("overdue"), "done", done),
        Standing.NOW: ("now", "", "", "done", done),
        Standing.COMING: ("coming", "", "", "done", done),
        Standing.UNDATED: ("undated", "mute", gettext("no dates"), "days", gettext("Set the days")),
        Standing.DONE: ("done", "", pgettext("state of an activity", "done"), "undo", gettext("Take back")),
    }
    return {standing: tuple(map(str, words)) for standing, words in endings.items()}


def _dated(standing: Standing, starts_on: date, ends_on: date, today: date) -> tuple[str, str]:
    """The last day and the small words under it."""
    day = day_words(ends_on, today)
    if standing is Standing.LATE:
        return day, late_words(ends_on, today)
    return day, left_words(ends_on, today) if standing is Standing.NOW else from_words(starts_on, today)
