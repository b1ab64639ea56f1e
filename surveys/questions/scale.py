"""A mark on a scale with labelled ends."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, name_of, only_value, refuse


class ScaleKind:
    """One row: `number` is the mark."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        marked = only_value(question, raw)
        if not marked:
            return []
        if marked not in {str(mark) for mark in range(question.low, question.high + 1)}:
            raise refuse(
                question,
                _("Choose a number from %(low)s to %(high)s.") % {"low": question.low, "high": question.high},
            )
        return [Given(number=Decimal(marked))]

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        return [
            _("%(mark)s out of %(high)s") % {"mark": f"{row.number:.0f}", "high": question.high}
            for row in given
            if row.number is not None
        ]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [f"{row.number:.0f}" for row in given if row.number is not None]}
