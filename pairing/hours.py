"""Free hours of the week, kept as `weekday * 100 + hour`: 116 is Monday, 16:00 to 17:00."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext

from participants.register.hours import spans_of


def common_hours(one: Iterable[int], other: Iterable[int]) -> list[int]:
    """The hours in which both are free, in order."""
    return sorted({*one} & {*other})


def hours_in_words(hours: Iterable[int]) -> str:
    """[115, 116, 318] -> «пн 15–17, ср 18–19»; nothing for no hours."""
    days = _weekdays()
    return ", ".join(
        f"{days[day - 1]}\u00a0{begin}–{end}" for day, spans in spans_of(hours).items() for begin, end in spans
    )


def _weekdays() -> tuple[str, ...]:
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
