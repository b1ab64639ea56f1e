"""What a programme asks for today: the headline, the figures, what is late and what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from roadmap.board.rows import Standing, WindowRow
from roadmap.board.staircase import StageRow, current_stage, short_name
from roadmap.board.words import day_words

COMING_DAYS = 30


@dataclass(frozen=True, slots=True)
class Figures:
    """How many windows stand how."""

    total: int
    done: int
    late: int
    soon: int
    undated: int


def figures(rows: Sequence[WindowRow], today: date) -> Figures:
    return Figures(
        total=len(rows),
        done=sum(row.standing is Standing.DONE for row in rows),
        late=sum(row.standing is Standing.LATE for row in rows),
        soon=len(coming_rows(rows, today)),
        undated=sum(row.standing is Standing.UNDATED for row in rows),
    )


def late_rows(rows: Sequence[WindowRow]) -> list[WindowRow]:
    """What should be done by now, the longest overdue first."""
    return sorted((row for row in rows if row.standing is Standing.LATE), key=lambda row: row.ends_on or date.max)


def coming_rows(rows: Sequence[WindowRow], today: date) -> list[WindowRow]:
    """What is open now or opens within the next 30 days, the nearest deadline first."""
    horizon = today + timedelta(days=COMING_DAYS)
    near = (
        row
        for row in rows
        if row.standing is Standing.NOW
        or (row.standing is Standing.COMING and row.starts_on and row.starts_on <= horizon)
    )
    return sorted(near, key=lambda row: (row.ends_on or date.max, row.starts_on or date.max))


def undated_rows(rows: Sequence[WindowRow]) -> list[WindowRow]:
    """What waits for its days."""
    return [row for row in rows if row.standing is Standing.UNDATED]


def headline(rows: Sequence[WindowRow], stages: Sequence[StageRow], today: date) -> str:
    """The state of a programme in one line, by its nearest open deadline: «Пары и группы: до 31 октября»."""
    open_rows = [row for row in rows if row.is_open]
    if not open_rows:
        return _all_done(rows)
    ahead = [row for row in open_rows if row.standing in {Standing.NOW, Standing.COMING}]
    if ahead:
        return _deadline(ahead, stages, today)
    late = sum(row.standing is Standing.LATE for row in open_rows)
    if late:
        text = ngettext("%(count)s activity is overdue", "%(count)s activities are overdue", late)
        return text % {"count": late}
    return gettext("The activities wait for their dates")


def _all_done(rows: Sequence[WindowRow]) -> str:
    if not rows:
        return gettext("There are no activities yet")
    text = ngettext("The one activity is done", "All %(count)s activities are done", len(rows))
    return text % {"count": len(rows)}


def _deadline(ahead: list[WindowRow], stages: Sequence[StageRow], today: date) -> str:
    stage = current_stage(ahead)
    name = next((short_name(row.name) for row in stages if row.place == stage), "")
    if all(row.standing is Standing.COMING for row in ahead):
        first = min(row.starts_on for row in ahead if row.starts_on)
        return gettext("%(stage)s: from %(day)s") % {"stage": name, "day": day_words(first, today)}
    last = min(row.ends_on for row in ahead if row.stage == stage and row.standing is Standing.NOW and row.ends_on)
    return gettext("%(stage)s: until %(day)s") % {"stage": name, "day": day_words(last, today)}


def month_headline(rows: Sequence[WindowRow], first: date, last: date) -> str:
    """What a month asks for: «Ноябрь 2026: 5 сроков, просрочено 2»."""
    ending = [row for row in rows if row.ends_on and first <= row.ends_on <= last]
    return f"{capfirst(date_format(first, 'F Y').lower())}: {_deadlines(ending)}"


def year_headline(rows: Sequence[WindowRow], year: int | None) -> str:
    """What a school year, or all of them, asks for: «2026–2027: 35 сроков, просрочено 2»."""
    time = f"{year}–{year + 1}" if year else gettext("All the years")
    return f"{time}: {_deadlines([row for row in rows if row.ends_on])}"


def _deadlines(rows: Sequence[WindowRow]) -> str:
    if not rows:
        return gettext("no deadlines")
    late = len(late_rows(rows))
    words = ngettext("%(count)s deadline", "%(count)s deadlines", len(rows))
    return (words + gettext(", %(late)s of them overdue") * bool(late)) % {"count": len(rows), "late": late}


def personal_headline(rows: Sequence[WindowRow], today: date) -> str:
    """What waits for one person, in one line."""
    late = len(late_rows(rows))
    if late:
        return ngettext("%(count)s thing of yours is overdue", "%(count)s things of yours are overdue", late) % {
            "count": late
        }
    coming = coming_rows(rows, today)
    if coming and coming[0].ends_on:
        return gettext("Your nearest deadline is %(day)s") % {"day": day_words(coming[0].ends_on, today)}
    return gettext("Nothing waits for you now")
