"""A table: one column is chosen in each row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, Refusal, Refused, name_of, only_value, words_of


class MatrixKind:
    """A row for each answered row: `item` is its key and `number` the place of the column from 1."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        given: list[Given] = []
        refusals: list[Refusal] = []
        for row in question.rows:
            try:
                given += self._row(question, raw, row.key)
            except Refused as refused:
                refusals += refused.refusals
        if question.required and given and len(given) < len(question.rows):
            refusals += self._lacking(question, given, refusals)
        if refusals:
            raise Refused(*refusals)
        return given

    def _row(self, question: Question, raw: Raw, key: str) -> list[Given]:
        marked = only_value(question, raw, key)
        keys = [column.key for column in question.columns]
        if marked and marked not in keys:
            raise Refused(Refusal(name_of(question, key), _("Choose one of the columns in this row.")))
        return [Given(item=key, number=Decimal(keys.index(marked) + 1))] if marked else []

    def _lacking(self, question: Question, given: list[Given], refusals: list[Refusal]) -> list[Refusal]:
        told = {name_of(question, row.item) for row in given} | {refusal.field for refusal in refusals}
        names = (name_of(question, row.key) for row in question.rows)
        return [Refusal(name, _("Answer in this row too.")) for name in names if name not in told]

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        rows = words_of(question.rows)
        return [
            f"{rows.get(row.item, row.item)}: {question.columns[int(row.number) - 1].text}"
            for row in given
            if row.number is not None and 1 <= row.number <= len(question.columns)
        ]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {
            name_of(question, row.item): [question.columns[int(row.number) - 1].key]
            for row in given
            if row.number is not None
        }
