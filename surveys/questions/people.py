"""People of this year in the order of preference."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.content import Question
from surveys.questions.given import Around, Given, Raw, name_of, refuse, values_of

USUALLY_CHOSEN = 3


class PeopleKind:
    """A row for each person: `chosen` is the enrolment and `number` the place, from 1.

    The field is sent several times, the first choice first; empty ones between are passed over.
    """

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        typed = values_of(raw, name_of(question))
        known = {str(key): key for key in around.people.get(question.side, {})}
        if any(text not in known for text in typed):
            raise refuse(question, _("Choose people of the list."))
        chosen = [known[text] for text in typed]
        if len(set(chosen)) < len(chosen):
            raise refuse(question, _("Choose each person once."))
        most = question.most or USUALLY_CHOSEN
        if len(chosen) > most:
            raise refuse(
                question, ngettext("Choose %(n)s person at most.", "Choose %(n)s people at most.", most) % {"n": most}
            )
        return [Given(chosen=key, number=Decimal(place)) for place, key in enumerate(chosen, start=1)]

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        names = around.people.get(question.side, {})
        nobody = _("someone who no longer takes part")
        return [
            f"{row.number:.0f}. {names.get(row.chosen, nobody) if row.chosen else nobody}" for row in in_places(given)
        ]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [str(row.chosen) for row in in_places(given)]}


def in_places(given: Sequence[Given]) -> list[Given]:
    return sorted((row for row in given if row.number is not None), key=lambda row: row.number or 0)
