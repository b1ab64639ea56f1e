"""A calendar file (RFC 5545) of the times of a roadmap, for the calendars people already look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext
from icalendar import Calendar, Event

LONGEST_TITLE = 200
ASK_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One time something is to happen; both days belong to it. `key` stays the same while its days move."""

    key: str
    title: str
    detail: str
    starts_on: date
    ends_on: date
    is_done: bool
    url: str


def write_calendar(title: str, entries: Iterable[Entry], *, host: str) -> bytes:
    """The calendar; every entry takes whole days, whatever the time zone of who reads it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Stupeni//Roadmap//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, host))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, host: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    # Of an entry without a moment of its own; the same days give the same bytes.
    event.add("dtstamp", datetime.combine(entry.starts_on, time(), UTC))
    event.add("dtstart", entry.starts_on)
    event.add("dtend", entry.ends_on + timedelta(days=1))
    event.add("summary", _title(entry))
    event.add("description", entry.detail)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    return event


def _title(entry: Entry) -> str:
    words = " ".join(entry.title.split())
    title = words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"
    return gettext("Done: %(title)s") % {"title": title} if entry.is_done else title
