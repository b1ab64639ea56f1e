"""Yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, name_of, only_value, refuse


class YesNoKind:
    """One row: `number` is 1 for yes and 0 for no."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        marked = only_value(question, raw)
        if not marked:
            return []
        if marked not in {"yes", "no"}:
            raise refuse(question, _("Choose “Yes” or “No”."))
        return [Given(number=Decimal(marked == "yes"))]

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        return [pgettext("answer", "Yes") if row.number else pgettext("answer", "No") for row in given]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): ["yes" if row.number else "no" for row in given]}
