"""One of the options, or several of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, name_of, only_value, refuse, values_of, words_of


class OneKind:
    """One row: `item` is the key of the option."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        marked = only_value(question, raw)
        if marked and marked not in words_of(question.options):
            raise refuse(question, _("Choose one of the answers of the list."))
        return [Given(item=marked)] if marked else []

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        words = words_of(question.options)
        return [words.get(row.item, row.item) for row in given]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [row.item for row in given]}


class SeveralKind(OneKind):
    """A row for each chosen option, in the order of the options."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        marked = set(values_of(raw, name_of(question)))
        words = words_of(question.options)
        if not marked <= words.keys():
            raise refuse(question, _("Choose among the answers of the list."))
        if marked and question.least and len(marked) < question.least:
            raise refuse(question, _least(question.least))
        if question.most and len(marked) > question.most:
            raise refuse(question, _most(question.most))
        return [Given(item=key) for key in words if key in marked]


def _least(n: int) -> str:
    return ngettext("Choose at least %(n)s answer.", "Choose at least %(n)s answers.", n) % {"n": n}


def _most(n: int) -> str:
    return ngettext("Choose %(n)s answer at most.", "Choose %(n)s answers at most.", n) % {"n": n}
