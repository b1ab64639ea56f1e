"""Free hours of the week, kept as `weekday * 100 + hour`: 116 is Monday, 16:00 to 17:00."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import pgettext


def common_hours(one: Iterable[int], other: Iterable[int]) -> list[int]:
    """The hours in which both are free, in order."""
    return sorted({*one} & {*other})


def hours_in_words(hours: Iterable[int]) -> str:
    """[115, 116, 318] -> «пн 15–17, ср 18–19»; nothing for no hours."""
    runs = groupby(enumerate(sorted({*hours})), key=lambda pair: pair[1] - pair[0])
    return ", ".join(_run([hour for _place, hour in run]) for _key, run in runs)


def _run(hours: list[int]) -> str:
    day, first = divmod(hours[0], 100)
    return f"{_weekdays()[day - 1]}\u00a0{first}–{hours[-1] % 100 + 1}"


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
