"""Free text: a line or several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from surveys.content import Question
from surveys.questions.given import NOT_TEXT, Around, Given, Raw, name_of, only_value, refuse


class LongKind:
    """One row: `text` is what was typed, its line ends as one character."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        typed = self._tidy(only_value(question, raw))
        if NOT_TEXT.search(typed):
            raise refuse(question, _("There is a character here that cannot be kept. Type the text again."))
        if len(typed) > question.longest:
            raise refuse(
                question,
                _("The text is longer than %(most)s characters: there are %(n)s. Make it shorter.")
                % {"most": question.longest, "n": len(typed)},
            )
        return [Given(text=typed)] if typed else []

    def _tidy(self, typed: str) -> str:
        return typed.replace("\r\n", "\n").replace("\r", "\n")

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        return [row.text for row in given]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [row.text for row in given]}


class ShortKind(LongKind):
    """The same in one line."""

    def _tidy(self, typed: str) -> str:
        return re.sub(r"\s+", " ", typed).strip()
