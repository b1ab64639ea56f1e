"""A number, whole or with decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, name_of, only_value, refuse

_NUMBER = re.compile(r"[+-]?[0-9]{1,10}(?:\.[0-9]{1,10})?", re.ASCII)
_SPACES = re.compile(r"[\s\u202f\xa0]+")


class NumberKind:
    """One row: `number` is what was typed, with a comma or a point, spaces between thousands allowed."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        typed = only_value(question, raw)
        if not typed:
            return []
        plain = _SPACES.sub("", typed).replace(",", ".").replace("\u2212", "-")
        if not _NUMBER.fullmatch(plain):
            raise refuse(question, _("Write a number in digits."))
        number = Decimal(plain)
        if number != round(number, question.decimals):
            raise refuse(question, _decimals(question.decimals))
        return [Given(number=self._bounded(question, number))]

    def _bounded(self, question: Question, number: Decimal) -> Decimal:
        if question.least is not None and number < question.least:
            raise refuse(question, _("The number is at least %(least)s.") % {"least": question.least})
        if question.most is not None and number > question.most:
            raise refuse(question, _("The number is at most %(most)s.") % {"most": question.most})
        return number

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        return [
            f"{number_format(_plain(row.number))} {question.unit}".strip() for row in given if row.number is not None
        ]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [_plain(row.number) for row in given if row.number is not None]}


def _decimals(n: int) -> str:
    if not n:
        return _("Write a whole number, without a comma.")
    return ngettext("Write %(n)s digit after the comma at most.", "Write %(n)s digits after the comma at most.", n) % {
        "n": n
    }


def _plain(number: Decimal) -> str:
    """Without the zeros that the database puts after the comma."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
