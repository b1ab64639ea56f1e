"""The rows of a timeline, put together at once as those of the list are; see docs/decisions/0008."""

from __future__ import annotations

from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from roadmap.board.drawing import definitions, legend_sample, months_strip, months_words, track_strip, track_words
from roadmap.board.rows import Standing
from roadmap.board.timeline import Timeline, Track

register = template.Library()


@register.simple_tag
def timeline_shared(timeline: Timeline) -> SafeString:
    """The patterns and the grid that every strip of the page uses."""
    return SafeString(definitions(timeline))


@register.simple_tag
def timeline_months(timeline: Timeline) -> SafeString:
    return SafeString(months_strip(timeline))


@register.filter
def months_shown(timeline: Timeline) -> str:
    return months_words(timeline)


@register.simple_tag
def timeline_legend() -> SafeString:
    """What each kind of bar means."""
    words = {
        Standing.DONE: pgettext("state of an activity", "done"),
        Standing.LATE: gettext("overdue"),
        Standing.NOW: gettext("it is going on"),
        Standing.COMING: gettext("still to come"),
    }
    return SafeString(
        "".join(f"<li>{legend_sample(standing)} {escape(str(said))}</li>" for standing, said in words.items())
    )


@register.simple_tag
def timeline_rows(tracks: list[Track], activities_at: str, today: date) -> SafeString:
    """Each activity with its days in words and its bars, both leading to its page under `activities_at`."""
    return SafeString("\n".join([_row(track, escape(activities_at), today) for track in tracks]))


def _row(track: Track, activities_at: str, today: date) -> str:
    row = track.rows[0]
    url = f"{activities_at}{row.activity}/"
    number = f"<b>{escape(row.number)}</b> " if row.number else ""
    return (
        f'<tr><th scope="row"><a href="{url}">{number}{escape(row.text)}</a>'
        f"<small>{escape(track_words(track, today))}</small></th>"
        f'<td><a href="{url}" tabindex="-1">{track_strip(track, today)}</a></td></tr>'
    )
