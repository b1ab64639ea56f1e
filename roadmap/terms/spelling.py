"""Months with a slip of the pen: «сентябь», «окятбрь», «декабрр»."""

from __future__ import annotations

from roadmap.terms.vocabulary import LEXICON, Sort

SHORTEST = 4
"""Letters: of shorter words too many others are one letter off."""

_MONTHS = [form for form, (sort, _) in LEXICON.items() if sort is Sort.MONTH and len(form) >= SHORTEST]


def nearest_month(word: str) -> str | None:
    """The form of a month that differs by one letter: missing, added, changed or swapped with its neighbour.

    Its first letter has to be right, and all the forms so near have to be of one month.
    """
    if len(word) < SHORTEST:
        return None
    near = [form for form in _MONTHS if form[0] == word[0] and _is_one_off(form, word)]
    return near[0] if len({LEXICON[form][1] for form in near}) == 1 else None


def _is_one_off(form: str, word: str) -> bool:
    if abs(len(form) - len(word)) > 1:
        return False
    place = next((at for at, (one, other) in enumerate(zip(form, word, strict=False)) if one != other), len(word))
    swapped = form[place + 1 : place + 2] + form[place : place + 1] + form[place + 2 :]
    rests = (form[place + 1 :], word[place:]), (form[place:], word[place + 1 :]), (form[place + 1 :], word[place + 1 :])
    return swapped == word[place:] or any(one == other for one, other in rests)
