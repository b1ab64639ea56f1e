"""A file that was sent before: the answer names it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, name_of, only_value, refuse


class FileKind:
    """One row: `file` is the stored file, one of those that came with this answer."""

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        named = only_value(question, raw)
        known = {str(key): key for key in around.files}
        if named and named not in known:
            raise refuse(question, _("This file is not here any more. Choose it again."))
        return [Given(file=known[named])] if named else []

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        return [around.files.get(row.file, _("a file that was erased")) for row in given if row.file is not None]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [str(row.file) for row in given if row.file is not None]}
