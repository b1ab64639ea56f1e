"""Days as people say them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext


def day_words(day: date, today: date) -> str:
    """«31 октября»; with the year unless it is that of `today`."""
    return _day_words(day, day.year != today.year, get_language() or "")


def span_words(starts_on: date | None, ends_on: date | None, today: date) -> str:
    """«1–30 сентября», «1 сентября – 31 октября», one day alone; empty where there is none."""
    if starts_on is None or ends_on is None:
        return ""
    if starts_on == ends_on:
        return day_words(ends_on, today)
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{starts_on.day}–{day_words(ends_on, today)}"
    same_year = starts_on.year == ends_on.year
    first = _day_words(starts_on, not same_year and starts_on.year != today.year, get_language() or "")
    return f"{first} – {day_words(ends_on, today)}"


def late_words(ends_on: date, today: date) -> str:
    """«3 дня назад»"""
    days = (today - ends_on).days
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def left_words(ends_on: date, today: date) -> str:
    """«сегодня», «завтра», «ещё 8 дней»"""
    days = (ends_on - today).days
    if days <= 0:
        return gettext("the last day is today")
    if days == 1:
        return gettext("until tomorrow")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def from_words(starts_on: date, today: date) -> str:
    """«с завтрашнего дня», «с 1 мая»"""
    if (starts_on - today).days == 1:
        return gettext("from tomorrow")
    return gettext("from %(day)s") % {"day": day_words(starts_on, today)}


@lru_cache(maxsize=8192)
def _day_words(day: date, with_year: bool, language: str) -> str:
    return date_format(day, "j\u00a0E Y" if with_year else "j\u00a0E")
