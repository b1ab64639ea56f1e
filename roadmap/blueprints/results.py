"""What came of an activity the last time, in words for the one who plans the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Outcome:
    """One time an activity was to happen: the day it was done on, None where nobody marked it; the note."""

    done_on: date | None
    note: str


def result_words(outcomes: Sequence[Outcome]) -> str:
    """«выполнено 14 октября 2025 г.: Собрание прошло»; of several times how many, the last day and the last note."""
    days = [outcome.done_on for outcome in outcomes if outcome.done_on]
    if not days:
        return gettext("was not marked as done") if outcomes else ""
    day = date_format(max(days), "j\u00a0E\u00a0Y")
    if len(outcomes) == 1:
        words = gettext("was done on %(day)s") % {"day": day}
    else:
        words = gettext("was done %(done)s times of %(total)s, the last time on %(day)s") % {
            "done": len(days),
            "total": len(outcomes),
            "day": day,
        }
    notes = [outcome.note.strip() for outcome in outcomes if outcome.note.strip()]
    return f"{words}: {notes[-1]}" if notes else words
