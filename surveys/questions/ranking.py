"""Options put in an order, the most important first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.content import Question
from surveys.questions.given import (
    Around,
    Given,
    Raw,
    Refusal,
    Refused,
    name_of,
    only_value,
    refuse,
    values_of,
    words_of,
)
from surveys.questions.people import in_places


class RankingKind:
    """A row for each option that was given a place: `item` is its key and `number` the place, from 1.

    Either the field of each option has its place, or the one field is sent several times, in the order.
    """

    def read(self, question: Question, raw: Raw, around: Around) -> list[Given]:
        ordered = values_of(raw, name_of(question)) or self._by_places(question, raw)
        words = words_of(question.options)
        if any(key not in words for key in ordered):
            raise refuse(question, _("Choose among the answers of the list."))
        if len(set(ordered)) < len(ordered):
            raise refuse(question, _("Choose each answer once."))
        most = question.most or len(words)
        if len(ordered) > most:
            raise refuse(
                question,
                ngettext("Give a place to %(n)s answer at most.", "Give a place to %(n)s answers at most.", most)
                % {"n": most},
            )
        return [Given(item=key, number=Decimal(place)) for place, key in enumerate(ordered, start=1)]

    def _by_places(self, question: Question, raw: Raw) -> list[str]:
        taken: dict[int, str] = {}
        refusals: list[Refusal] = []
        for option in question.options:
            try:
                place = self._place(question, raw, option.key)
            except Refused as refused:
                refusals += refused.refusals
                continue
            if place in taken:
                refusals.append(
                    Refusal(name_of(question, option.key), _("Place %(n)s is taken already.") % {"n": place})
                )
            elif place:
                taken[place] = option.key
        if refusals:
            raise Refused(*refusals)
        return [taken[place] for place in sorted(taken)]

    def _place(self, question: Question, raw: Raw, key: str) -> int:
        """The place of an option, 0 without one."""
        typed = only_value(question, raw, key)
        places = {str(place): place for place in range(1, len(question.options) + 1)}
        if typed and typed not in places:
            raise Refused(
                Refusal(name_of(question, key), _("A place is a number from 1 to %(n)s.") % {"n": len(places)})
            )
        return places[typed] if typed else 0

    def show(self, question: Question, given: Sequence[Given], around: Around) -> list[str]:
        words = words_of(question.options)
        return [f"{row.number:.0f}. {words.get(row.item, row.item)}" for row in in_places(given)]

    def raw(self, question: Question, given: Sequence[Given]) -> dict[str, list[str]]:
        return {name_of(question): [row.item for row in in_places(given)]}
