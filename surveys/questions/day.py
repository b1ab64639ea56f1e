"""A date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, name_of, only_value, refuse

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_RUSSIAN = re.compile(r"([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})")


class DayKind:
    """One row: `text` is the date, year first. Both 2026-09-01 and 1.9.2026 are understood."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        typed = only_value(question, raw)
        if not typed:
            return []
        day = _day(typed)
        if day is None:
            raise refuse(question, _("Write the date as 31.12.2026."))
        earliest, latest = question.earliest or EARLIEST, question.latest or LATEST
        if day < earliest:
            raise refuse(question, _("The date is not before %(day)s.") % {"day": _words(earliest)})
        if day > latest:
            raise refuse(question, _("The date is not after %(day)s.") % {"day": _words(latest)})
        return [Given(text=day.isoformat())]

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        return [_words(date.fromisoformat(row.text)) for row in given]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [row.text for row in given]}


def _day(typed: str) -> date | None:
    if found := _ISO.fullmatch(typed):
        year, month, day = found.groups()
    elif found := _RUSSIAN.fullmatch(typed):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _words(day: date) -> str:
    return date_format(day, "d.m.Y")
