"""What a calendar says of a day."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from core.models import PeriodKind
from roadmap.board.calendar import Day, Entry, Mark, Told
from roadmap.board.rows import WindowRow
from roadmap.board.words import span_words

register = template.Library()


@register.filter
def month_words(first: date) -> str:
    """«ноябрь 2026»"""
    return date_format(first, "F Y").lower()


@register.filter
def month_short(first: date) -> str:
    """«нояб»"""
    return date_format(first, "M").rstrip(".").lower()


@register.filter
def day_rest(day: Day) -> str:
    """What follows the number of the day: «ноября, воскресенье»."""
    return date_format(day.on, "E, l").lower()


@register.simple_tag
def days_of(row: WindowRow, today: date) -> str:
    """«1–30 ноября»"""
    return span_words(row.starts_on, row.ends_on, today)


@register.filter
def mark_words(entry: Entry) -> str:
    words = {
        Mark.ONLY: gettext("on this day"),
        Mark.STARTS: gettext("begins"),
        Mark.ENDS: gettext("last day"),
    }
    return words[entry.mark]


@register.filter
def through_words(day: Day) -> str:
    return ngettext("%(count)s activity goes on", "%(count)s activities go on", day.through) % {"count": day.through}


@register.filter
def closing_words(day: Day) -> str:
    text = ngettext(
        "last day of %(count)s activity of the whole month",
        "last day of %(count)s activities of the whole month",
        day.closing,
    )
    return text % {"count": day.closing}


@register.filter
def told_words(day: Day) -> list[tuple[str, bool]]:
    """What the school's calendar says of the day, and whether it is to be seen: once a week, else only heard."""
    said = [(_told(told, day), told.is_first or day.on.day == 1 or day.on.weekday() == 0) for told in day.told]
    return [(words, is_seen) for words, is_seen in said if words]


def _told(told: Told, day: Day) -> str:
    if told.kind == PeriodKind.HOLIDAY:
        return holiday_name(told.starts_on.month)
    if told.is_first:
        return gettext("term %(number)s begins") % {"number": told.number}
    return gettext("term %(number)s ends") % {"number": told.number} if told.is_last else ""


def holiday_name(month: int) -> str:
    """The holidays that begin in this month, as schools call them."""
    names = {
        (10, 11): gettext("autumn holidays"),
        (12, 1): gettext("winter holidays"),
        (3, 4): gettext("spring holidays"),
        (5, 6, 7, 8): gettext("summer holidays"),
    }
    return next((name for months, name in names.items() if month in months), gettext("holidays"))
