"""What a curator wants an activity to be: the values of its form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from roadmap.reading.people import read_people


@dataclass(frozen=True, slots=True)
class PersonWish:
    """Somebody who answers for an activity; `key` is the row's, None for a new one, `duty` empty to read it from `role`."""

    key: int | None
    role: str
    name: str
    duty: str = ""
    member: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityWish:
    """The fields of an activity as they are to be; `stage` is a stage's key, `extra` holds further columns by kind."""

    stage: int
    number: str
    section: str
    text: str
    term_text: str
    responsible_text: str
    extra: dict[str, str] = field(default_factory=dict)
    people: tuple[PersonWish, ...] = ()


NOTHING = ActivityWish(0, "", "", "", "", "")
"""An activity that is not there yet."""


def in_step(now: ActivityWish, wish: ActivityWish) -> ActivityWish:
    """The cell of those who answer follows the rows, or the rows the cell, whichever of them was left alone."""
    has_cell, has_rows = wish.responsible_text != now.responsible_text, wish.people != now.people
    if has_rows and not has_cell:
        return replace(wish, responsible_text=cell_of(wish.people))
    if has_cell and not has_rows:
        return replace(wish, people=_people_in(wish.responsible_text, now.people))
    return wish


def _people_in(cell: str, known: Sequence[PersonWish]) -> tuple[PersonWish, ...]:
    """The people a cell names; who was known by the same words stays who he is."""
    left = {(person.role, person.name): person for person in reversed(known)}
    found = [(person.role or "", person.name or "") for person in read_people(cell.split("\n"))]
    return tuple(left.pop(words) if words in left else PersonWish(None, *words) for words in found)


def cell_of(people: Sequence[PersonWish]) -> str:
    """The cell of those who answer: «Куратор Орлова И. А., классные руководители»."""
    return ", ".join(filter(None, (f"{person.role} {person.name}".strip() for person in people)))


def texts_of(wish: ActivityWish) -> dict[str, str]:
    """The fields as texts by name, those of the extra columns as «extra_result», the people as one in JSON."""
    return {
        "stage": str(wish.stage),
        "number": wish.number,
        "section": wish.section,
        "text": wish.text,
        "term_text": wish.term_text,
        "responsible_text": wish.responsible_text,
        **{f"extra_{kind}": text for kind, text in wish.extra.items()},
        "people": json.dumps([_person(person) for person in wish.people], ensure_ascii=False),
    }


def _person(person: PersonWish) -> list[str]:
    return [person.role, person.name, person.duty, str(person.member or "")]
