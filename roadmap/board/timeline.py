"""The windows of a programme laid out over its months: where each bar begins and how long it is, in percent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from roadmap.board.calendar import SchoolSpan, bounds, month_after, months_between
from roadmap.board.filters import month_of
from roadmap.board.rows import WindowRow

LEAST = 0.7
"""The least width of a bar in percent: one day of three years would not be seen."""
MOST_MONTHS_BESIDE = 12
"""A window may stick out of its programme; one with a mistyped year must not press all others together."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The time that is shown, both days included, from the first to the last day of a month."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def place(self, day: date) -> float:
        """How far from the left a day begins, in percent, 0 to 100."""
        return min(max((day - self.first).days / self.days * 100, 0.0), 100.0)


class Month(NamedTuple):
    """A month of the frame: where it begins and how wide it is."""

    first: date
    at: float
    width: float


class Bar(NamedTuple):
    """A window in the frame, never narrower than `LEAST` and never outside."""

    row: WindowRow
    at: float
    width: float


class Track(NamedTuple):
    """An activity and its bars, the earliest first; `rows` are all of its windows, with days or without."""

    stage: int
    rows: list[WindowRow]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a timeline shows; `today` is a place or None where today lies outside, `rests` are the holidays."""

    frame: Frame
    months: list[Month]
    tracks: list[Track]
    undated: list[WindowRow]
    today: float | None
    rests: list[tuple[float, float]]


def frame_of(rows: Iterable[WindowRow], starts_on: date, ends_on: date) -> Frame:
    """The months from the first to the last day of the time and of every window that lies near it."""
    first, last = bounds(rows, starts_on, ends_on)
    first = max(first.replace(day=1), month_after(starts_on, -MOST_MONTHS_BESIDE))
    last = min(month_of(last)[1], month_of(month_after(ends_on, MOST_MONTHS_BESIDE))[1])
    return Frame(first, last)


def timeline_of(rows: Sequence[WindowRow], frame: Frame, today: date, holidays: Iterable[SchoolSpan]) -> Timeline:
    """The rows, activity by activity in the order they come in; activities without any days stand aside."""
    tracks = [_track(found, frame) for found in _by_activity(rows)]
    return Timeline(
        frame=frame,
        months=months_of(frame),
        tracks=[track for track in tracks if track.bars],
        undated=[track.rows[0] for track in tracks if not track.bars],
        today=frame.place(today) if frame.first <= today <= frame.last else None,
        rests=[
            (frame.place(span.starts_on), frame.place(span.ends_on + timedelta(days=1)) - frame.place(span.starts_on))
            for span in holidays
            if span.starts_on <= frame.last and span.ends_on >= frame.first
        ],
    )


def months_of(frame: Frame) -> list[Month]:
    return [
        Month(first, frame.place(first), frame.place(month_after(first, 1)) - frame.place(first))
        for first in months_between(frame.first, frame.last)
    ]


def bar_of(row: WindowRow, starts_on: date, ends_on: date, frame: Frame) -> Bar:
    """The bar of a window; what lies beyond the frame is cut off at its edge."""
    at, end = frame.place(starts_on), frame.place(ends_on + timedelta(days=1))
    width = max(end - at, LEAST)
    return Bar(row, round(min(at, 100 - width), 3), round(width, 3))


def _track(rows: list[WindowRow], frame: Frame) -> Track:
    bars = [bar_of(row, row.starts_on, row.ends_on, frame) for row in rows if row.starts_on and row.ends_on]
    return Track(rows[0].stage, rows, sorted(bars, key=lambda bar: (bar.at, bar.width)))


def _by_activity(rows: Iterable[WindowRow]) -> Iterable[list[WindowRow]]:
    found: dict[int, list[WindowRow]] = {}
    for row in rows:
        found.setdefault(row.activity, []).append(row)
    return found.values()
