"""Instances and solutions as JSON values, with people named by ids. What is wrong is said in one sentence.

People are put in the order of their ids before anything is reckoned, so the answer does not hang on the order in
which they came.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from core.errors import DomainError
from pairing.matching.task import Floats
from pairing.matching.values import Aim, Instance, Pair, Solution

Id = int | str
MOST = 1e12
"""No score may be further from 0: a total of such numbers would be rounded."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be solved, and whom the indexes stand for."""

    instance: Instance
    aim: Aim
    mentees: tuple[Id, ...]
    mentors: tuple[Id, ...]


def document_from_json(value: object) -> Document:
    """Raises DomainError about the first thing that is wrong."""
    if not isinstance(value, dict):
        raise DomainError(_("The file does not hold an object with mentors, mentees and scores."))
    given_mentees, given_mentors = _ids(value, "mentees"), _ids(value, "mentors")
    rows, columns = _in_order(given_mentees), _in_order(given_mentors)
    mentees, mentors = tuple(given_mentees[row] for row in rows), tuple(given_mentors[column] for column in columns)
    scores = _scores(value.get("scores"), len(mentees), len(mentors))[np.ix_(rows, columns)]
    instance = Instance(
        scores=scores,
        capacities=np.array([_capacity(value["mentors"][column]) for column in columns], dtype=np.int64),
        locked=_pairs(value, "locked", mentees, mentors),
        banned=_pairs(value, "banned", mentees, mentors),
    )
    document = Document(instance, _aim(value.get("aim", Aim.TOTAL)), mentees, mentors)
    _check_locked(document, scores)
    return document


def solution_as_json(document: Document, solution: Solution) -> dict[str, object]:
    """Whole numbers stand without a fraction."""
    return {
        "pairs": [[document.mentees[mentee], document.mentors[mentor]] for mentee, mentor in solution.pairs],
        "served": solution.served,
        "total": plain(solution.total),
        "worst": plain(solution.worst),
        "bound": plain(solution.bound),
        "blocking": solution.blocking,
    }


def plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number


def _ids(value: dict[str, object], name: str) -> list[Id]:
    people = value.get(name)
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise DomainError(_("“%(name)s” is not a list of objects with ids.") % {"name": name})
    ids = [_id(person.get("id"), name) for person in people]
    twice = [key for key, times in Counter(ids).items() if times > 1]
    if twice:
        raise DomainError(_("The id %(id)s stands twice in “%(name)s”.") % {"id": twice[0], "name": name})
    return ids


def _id(value: object, name: str) -> Id:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise DomainError(_("“%(name)s” holds an id that is neither a whole number nor a text.") % {"name": name})
    return value


def _in_order(ids: Sequence[Id]) -> list[int]:
    """Numbers before texts."""
    return sorted(range(len(ids)), key=lambda index: (isinstance(ids[index], str), ids[index]))


def _capacity(mentor: dict[str, object]) -> int:
    capacity = mentor.get("capacity")
    if isinstance(capacity, bool) or not isinstance(capacity, int) or capacity < 0:
        raise DomainError(_("The capacity of mentor %(id)s is not a whole number from 0.") % {"id": mentor["id"]})
    return min(capacity, np.iinfo(np.int32).max)


def _scores(value: object, mentees: int, mentors: int) -> Floats:
    """A row per mentee and a column per mentor, nan for null."""
    is_table = isinstance(value, list) and all(isinstance(row, list) and len(row) == mentors for row in value)
    if not isinstance(value, list) or not is_table or len(value) != mentees:
        raise DomainError(
            _("“scores” is not a table of %(rows)s rows with %(columns)s numbers each.")
            % {"rows": mentees, "columns": mentors}
        )
    if not all(_is_score(score) for row in value for score in row):
        raise DomainError(_("A score is neither a finite number up to 10¹² nor null."))
    return np.array(value, dtype=np.float64).reshape(mentees, mentors)


def _is_score(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MOST


def _aim(value: object) -> Aim:
    if not isinstance(value, str) or value not in set(Aim):
        raise DomainError(_("“aim” is neither “total” nor “worst_first”."))
    return Aim(value)


def _pairs(value: dict[str, object], name: str, mentees: tuple[Id, ...], mentors: tuple[Id, ...]) -> tuple[Pair, ...]:
    pairs = value.get(name, [])
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise DomainError(_("“%(name)s” is not a list of pairs of a mentee's and a mentor's id.") % {"name": name})
    rows, columns = ({key: index for index, key in enumerate(ids)} for ids in (mentees, mentors))
    return tuple(sorted((_index(rows, mentee, name), _index(columns, mentor, name)) for mentee, mentor in pairs))


def _index(indexes: dict[Id, int], key: object, name: str) -> int:
    index = indexes.get(_id(key, name))
    if index is None:
        raise DomainError(_("“%(name)s” holds the unknown id %(id)s.") % {"name": name, "id": key})
    return index


def _check_locked(document: Document, scores: Floats) -> None:
    instance = document.instance
    banned = set(instance.banned)
    times = Counter(mentee for mentee, _mentor in instance.locked)
    taken = Counter(mentor for _mentee, mentor in instance.locked)
    for mentee, mentor in instance.locked:
        named = {"mentee": document.mentees[mentee], "mentor": document.mentors[mentor]}
        if (mentee, mentor) in banned:
            raise DomainError(_("The pair %(mentee)s and %(mentor)s is both locked and banned.") % named)
        if math.isnan(scores[mentee, mentor]):
            raise DomainError(_("The pair %(mentee)s and %(mentor)s is locked although its score is null.") % named)
        if times[mentee] > 1:
            raise DomainError(_("The mentee %(mentee)s is locked twice.") % named)
        if taken[mentor] > instance.capacities[mentor]:
            raise DomainError(_("More pairs are locked on the mentor %(mentor)s than he takes.") % named)
