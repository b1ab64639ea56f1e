"""People who may be one: found by keys that a slip of the pen leaves alike, so that nobody is compared with everybody."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.russian import search_key

CROWD = 200
"""A key that more people share says nothing of any two of them."""


class Likeness(models.TextChoices):
    """Why two rows may be one person, the surest first."""

    SAME = "same", _("the same name and birth date")
    SHORT = "short", _("the same birth date, the name is not whole in one of them")
    TURNED = "turned", _("the same birth date, surname and given name have changed places")
    LETTER = "letter", _("one letter of the name differs")
    SURNAME = "surname", _("another surname, all else is the same")
    DATE = "date", _("the same name, day and month have changed places")
    DIGIT = "digit", _("the same name, one digit of the birth date differs")
    NO_DATE = "no_date", _("the same name, one has no birth date")


@dataclass(frozen=True, slots=True)
class Known:
    """What a person is compared by: names folded as in `folded`, `place` the class or post."""

    pk: int
    surname: str
    given_name: str
    patronymic: str
    birth_date: date | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two rows that may be one person, the smaller key first."""

    first: int
    second: int
    why: Likeness


def folded(name: str) -> str:
    """«Салтыкова - Щедрина», «САЛТЫКОВА‑ЩЕДРИНА» and «салтыкова щедрина» as one word; «М.» as its letter."""
    return re.sub(r"[\W_]+", "", search_key(name))


def twins_among(people: Iterable[Known]) -> list[Twins]:
    """The pairs that may be one person, the surest first."""
    found: dict[tuple[int, int], Likeness] = {}
    for one, other in candidates(people):
        pair = (min(one.pk, other.pk), max(one.pk, other.pk))
        if pair not in found and (why := likeness(one, other)):
            found[pair] = why
    order = list(Likeness)
    return [Twins(*pair, why) for pair, why in sorted(found.items(), key=lambda row: (order.index(row[1]), row[0]))]


def candidates(people: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    """The pairs worth comparing: those that share a key; some come more than once."""
    blocks: dict[tuple[object, ...], list[Known]] = defaultdict(list)
    for person in people:
        for key in _keys(person):
            blocks[key].append(person)
    for block in blocks.values():
        if len(block) <= CROWD:
            yield from combinations(block, 2)


def likeness(one: Known, other: Known) -> Likeness | None:
    """Why these two may be one person; None where they are not alike."""
    is_one_day = one.birth_date == other.birth_date and one.birth_date is not None
    if one.surname == other.surname and _fits(one.given_name, other.given_name):
        if _fits(one.patronymic, other.patronymic) or _is_slip(one.patronymic, other.patronymic):
            return _of_namesakes(one, other)
        return None
    if not is_one_day and not (one.birth_date is None or other.birth_date is None):
        return None
    return _of_one_day(one, other) if is_one_day else _of_slip(one, other, is_sure=_is_alike_otherwise(one, other))


def is_one_edit(one: str, other: str) -> bool:
    """Whether one letter was added, dropped, changed, or two neighbours have changed places."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    head = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[head:], other[head:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _keys(person: Known) -> Iterator[tuple[object, ...]]:
    """What a twin shares with the person, whatever the slip was."""
    surname, given, day = person.surname, person.given_name, person.birth_date
    yield "names", *sorted((surname, given))
    yield "short", surname, given[:1], day
    yield "placed", surname, given[:1], person.place
    if day:
        yield "day", day, given, person.patronymic
    for shorter in _shorter(surname):
        yield "surname", given, shorter
    for shorter in _shorter(given):
        yield "given", surname, shorter


def _shorter(word: str) -> set[str]:
    """The word and the word without each of its letters: two words one edit apart share one of these."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def _fits(one: str, other: str) -> bool:
    """The same, or not told, or told by the first letter."""
    if one == other or not one or not other:
        return True
    return one[0] == other[0] and 1 in {len(one), len(other)}


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 2 and is_one_edit(one, other)


def _of_namesakes(one: Known, other: Known) -> Likeness | None:
    is_whole = one.given_name == other.given_name and one.patronymic == other.patronymic
    if one.birth_date is None or other.birth_date is None:
        is_sure = bool(one.patronymic) if is_whole else _is_alike_otherwise(one, other)
        return Likeness.NO_DATE if is_sure else None
    if one.birth_date == other.birth_date:
        if is_whole:
            return Likeness.SAME
        is_short = _fits(one.patronymic, other.patronymic)
        return Likeness.SHORT if is_short else Likeness.LETTER
    if not is_whole:
        return None
    if _is_turned(one.birth_date, other.birth_date):
        return Likeness.DATE
    return Likeness.DIGIT if one.patronymic and _is_digit(one.birth_date, other.birth_date) else None


def _of_one_day(one: Known, other: Known) -> Likeness | None:
    if (one.surname, one.given_name) == (other.given_name, other.surname):
        return Likeness.TURNED
    if one.given_name == other.given_name and one.patronymic == other.patronymic and one.patronymic:
        return Likeness.LETTER if _is_slip(one.surname, other.surname) else Likeness.SURNAME
    return _of_slip(one, other, is_sure=True)


def _of_slip(one: Known, other: Known, *, is_sure: bool) -> Likeness | None:
    """One letter of the surname or of the given name, all else being alike."""
    if not is_sure or not _fits(one.patronymic, other.patronymic):
        return None
    slips = (one.surname == other.surname) + (one.given_name == other.given_name) == 1
    is_near = _is_slip(one.surname, other.surname) or _is_slip(one.given_name, other.given_name)
    return Likeness.LETTER if slips and is_near else None


def _is_alike_otherwise(one: Known, other: Known) -> bool:
    """Where a birth date is lacking, the class or post has to speak for it."""
    return bool(one.place) and one.place == other.place


def _is_turned(one: date, other: date) -> bool:
    return one.year == other.year and (one.day, one.month) == (other.month, other.day)


def _is_digit(one: date, other: date) -> bool:
    return sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) == 1
