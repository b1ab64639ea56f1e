"""Why a text that is no term to the grammar can not be one: what it waits for, in the code of a warning."""

from __future__ import annotations

import re

from roadmap.terms.tokens import folded, tokenise
from roadmap.terms.vocabulary import Sort

_AFTER = re.compile(r"\bпосле\b|\bпо (окончании|завершении|итогам|результатам|факту)\b|\bсразу\b")
_NAMED_DAY = re.compile(
    r"\bканикул|\bпраздни|\bнов(ый|ого|ому|ым) год|\b(день|дня|дню|днем|дни|дней) [а-я]{4,}|\bмасленниц|\bмасленица"
)
_PARTS = (Sort.WEEK, Sort.DECADE, Sort.HALF_OF)
_COUNTED = (Sort.NUMBER, Sort.ORDINAL, Sort.DASH, Sort.IN, Sort.AND)


def why_unread(text: str) -> str:
    """«после приказа», «День учителя», «первая декада», or none of these."""
    words = folded(text)
    if _AFTER.search(words):
        return "after_event"
    if _NAMED_DAY.search(words):
        return "named_day"
    return "no_month" if _is_part_of_some_month(text) else "unknown_term"


def _is_part_of_some_month(text: str) -> bool:
    sorts = [token.sort for token in tokenise(text)]
    return any(sort in _PARTS for sort in sorts) and all(sort in _PARTS + _COUNTED for sort in sorts)
