"""The timeline as SVG: one strip an activity for a page, one picture of all of them for a paper.

Places are percents on a page, so that a strip is as wide as its column, and units in a picture. How a window stands
is told by the pattern of its bar and by a sign behind it; colours are attributes, which a page's style sheet may
change and which hold where there is none. Every text is escaped here, whatever it is.
"""

from __future__ import annotations

from datetime import date
from html import escape
from textwrap import wrap
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from roadmap.board.calendar import FIRST_MONTH
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.timeline import Bar, Month, Timeline, Track
from roadmap.board.words import day_words, span_words

MOST_LABELS = 18
"""More months than so many are named by every third."""
ROOM_FOR_SIGN = 95.0
INK, LINE, REST = "#55606e", "#e4dfd5", "#f3f0e9"
LOOKS = {
    Standing.DONE: ("#0f5c4d", "#0f5c4d", "✓"),
    Standing.LATE: ("url(#bar-late)", "#a3211c", "!"),
    Standing.NOW: ("url(#bar-now)", "#8f5206", "●"),
    Standing.COMING: ("#ffffff", "#55606e", ""),
}
"""Fill, edge and sign of a bar by how its window stands."""
PATTERNS = (
    '<pattern id="bar-late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="late-ground" width="6" height="6" fill="#fae6e4"/>'
    '<rect class="late-lines" width="2.5" height="6" fill="#a3211c"/></pattern>'
    '<pattern id="bar-now" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="now-ground" width="6" height="6" fill="#fbeed9"/>'
    '<circle class="now-dots" cx="3" cy="3" r="1.2" fill="#8f5206"/></pattern>'
)


class Scale(NamedTuple):
    """Turns a place of the frame, 0 to 100, into a coordinate."""

    left: float
    width: float
    unit: str

    def x(self, place: float) -> str:
        return f"{self.left + place * self.width / 100:.6g}{self.unit}"

    def length(self, width: float) -> str:
        return f"{width * self.width / 100:.6g}{self.unit}"


PAGE = Scale(0, 100, "%")
PICTURE = Scale(372, 748, "")
PICTURE_WIDTH, HEAD, ROW, BAND = 1124, 40, 34, 28
LABEL_LETTERS = 60
LABEL_LINES = 2


def definitions(timeline: Timeline) -> str:
    """What the strips of a page share: the patterns, and the months, holidays and today behind the bars."""
    return (
        f'<svg class="shared" width="0" height="0" aria-hidden="true" focusable="false"><defs>{PATTERNS}'
        f'<g id="months">{_ground(timeline, PAGE, "0", "100%")}</g></defs></svg>'
    )


def months_strip(timeline: Timeline) -> str:
    """The names of the months over the strips of a stage."""
    return (
        f'<svg class="strip" width="100%" height="100%" aria-hidden="true" focusable="false"><use href="#months"/>'
        f'<svg y="50%" overflow="visible">{_names(timeline.months, PAGE, -6)}</svg></svg>'
    )


def months_words(timeline: Timeline) -> str:
    """«август 2026 – май 2027»"""
    return " – ".join(date_format(month.first, "F Y").lower() for month in (timeline.months[0], timeline.months[-1]))


def track_strip(track: Track, today: date) -> str:
    """The bars of one activity in the middle of its row; what they say is the strip's text too."""
    return (
        f'<svg class="strip" width="100%" height="100%" role="img" aria-label="{escape(track_words(track, today))}">'
        f'<use href="#months"/><svg y="50%" overflow="visible">{_bars(track, today, PAGE, -8)}</svg></svg>'
    )


def legend_sample(standing: Standing) -> str:
    """A bar as it looks when a window stands so."""
    fill, edge, sign = LOOKS[standing]
    return (
        '<svg class="strip sample" width="52" height="20" aria-hidden="true" focusable="false">'
        f'<g class="bar {standing}"><rect x="1" y="2" width="32" height="16" rx="3" fill="{fill}" stroke="{edge}"/>'
        f'<text x="38" y="15" fill="{edge}">{sign}</text></g></svg>'
    )


def picture(timeline: Timeline, stages: dict[int, str], title: str, today: date) -> str:
    """The timeline as one SVG document for a paper; `stages` are the names by place.

    1124 units wide and as high as it has tracks: for sheets of paper give so many tracks at a time as fit. A long text
    is cut after two lines; its row carries it whole as its title.
    """
    height, parts = float(HEAD), []
    stage = None
    for track in timeline.tracks:
        if track.stage != stage:
            stage = track.stage
            parts.append(_band(stages.get(stage, ""), height))
            height += BAND
        parts.append(_row(track, today, height))
        height += ROW
    ground = _ground(timeline, PICTURE, f"{HEAD}", f"{height - HEAD:g}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PICTURE_WIDTH} {height:g}" role="img"'
        f' font-family="Golos Text, PT Sans, sans-serif" font-size="12"><title>{escape(title)}</title>'
        f"<defs>{PATTERNS}</defs>"
        f'<rect width="{PICTURE_WIDTH}" height="{height:g}" fill="#ffffff"/>'
        f"{ground}{_names(timeline.months, PICTURE, 15)}{''.join(parts)}</svg>"
    )


def track_words(track: Track, today: date) -> str:
    """«1–30 сентября, выполнено 28 сентября; 1–31 марта 2027»"""
    return "; ".join(window_words(bar.row, today) for bar in track.bars)


def window_words(row: WindowRow, today: date) -> str:
    """The days of a window and how it stands."""
    return ", ".join(filter(None, (span_words(row.starts_on, row.ends_on, today), _state(row, today))))


def _state(row: WindowRow, today: date) -> str:
    if row.standing is Standing.DONE:
        done = pgettext("state of an activity", "done")
        return f"{done} {day_words(row.done_on, today)}" if row.done_on else done
    if row.standing is Standing.LATE:
        return gettext("overdue")
    return gettext("it is going on") if row.standing is Standing.NOW else ""


def _bars(track: Track, today: date, scale: Scale, top: float) -> str:
    return "".join([_bar(bar, today, scale, top) for bar in track.bars])


def _bar(bar: Bar, today: date, scale: Scale, top: float) -> str:
    fill, edge, sign = LOOKS[bar.row.standing]
    end = bar.at + bar.width
    # Behind the bar, but before it where the frame ends.
    place = f'x="{scale.x(end)}" dx="4"' if end < ROOM_FOR_SIGN else f'x="{scale.x(bar.at)}" dx="-4" text-anchor="end"'
    said = f'<text {place} y="{top + 13:g}" fill="{edge}">{sign}</text>' if sign else ""
    return (
        f'<g class="bar {bar.row.standing}"><title>{escape(window_words(bar.row, today))}</title>'
        f"<desc>{escape(bar.row.text)}</desc>"
        f'<rect x="{scale.x(bar.at)}" y="{top:g}" width="{scale.length(bar.width)}" height="16" rx="3"'
        f' fill="{fill}" stroke="{edge}"/>{said}</g>'
    )


def _ground(timeline: Timeline, scale: Scale, top: str, height: str) -> str:
    """Holidays, the beginnings of months, and today."""
    area = f'y="{top}" height="{height}"'
    rests = "".join(
        f'<rect class="rest" x="{scale.x(at)}" width="{scale.length(width)}" {area} fill="{REST}"/>'
        for at, width in timeline.rests
    )
    lines = "".join(
        f'<rect class="month-line" x="{scale.x(month.at)}" width="1" {area} fill="{LINE}"/>'
        for month in timeline.months
    )
    if timeline.today is None:
        return rests + lines
    return f'{rests}{lines}<rect class="today-line" x="{scale.x(timeline.today)}" width="2" {area} fill="#0f5c4d"/>'


def _names(months: list[Month], scale: Scale, top: float) -> str:
    """The year over its first month, the month over its beginning; `top` is the line of the years."""
    step = 3 if len(months) > MOST_LABELS else 1
    years = [month for place, month in enumerate(months) if not place or month.first.month == 1]
    shown = [month for month in months if (month.first.month - FIRST_MONTH) % step == 0]
    texts = [(month, top, "year", str(month.first.year)) for month in years]
    texts += [(month, top + 17, "month", date_format(month.first, "M").rstrip(".").lower()) for month in shown]
    return "".join(
        f'<text class="{kind}" x="{scale.x(month.at)}" dx="4" y="{y:g}" fill="{INK}">{escape(words)}</text>'
        for month, y, kind, words in texts
    )


def _band(name: str, top: float) -> str:
    short = wrap(name, PICTURE_WIDTH // 8)[:1] or [""]
    return (
        f'<rect y="{top:g}" width="{PICTURE_WIDTH}" height="{BAND}" fill="#f5f2ec"/>'
        f'<text x="8" y="{top + 19:g}" font-weight="600" fill="#1b2430">{escape(short[0])}</text>'
    )


def _row(track: Track, today: date, top: float) -> str:
    row = track.rows[0]
    name = f"{row.number} {row.text}".strip()
    lines = wrap(name, LABEL_LETTERS, max_lines=LABEL_LINES, placeholder="…", break_long_words=True)
    first = top + (15 if len(lines) > 1 else 21)
    label = "".join(
        f'<tspan x="8" y="{first + place * 13:g}">{escape(line)}</tspan>' for place, line in enumerate(lines)
    )
    return (
        f"<g><title>{escape(name)}</title>"
        f'<text font-size="11" fill="#1b2430">{label}</text>{_bars(track, today, PICTURE, top + 9)}'
        f'<rect y="{top + ROW - 1:g}" width="{PICTURE_WIDTH}" height="1" fill="{LINE}"/></g>'
    )
