"""The form of an activity with the list of those who answer for it, as it goes to and fro."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from roadmap.editing.wishes import ActivityWish, texts_of
from roadmap.forms.editing import ActivityForm, Choices, Member, PersonForm

MOST_PEOPLE = 60
LONGEST_NUMBER = 18
PERSON = ("key", "role", "name", "duty", "member")


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form lets one choose from: stages, members of the school, extra columns of the programme."""

    stages: Choices
    members: Sequence[Member]
    columns: Sequence[Mapping[str, str]]


@dataclass(slots=True)
class Entry:
    """The form and its people. `seen` is the revision it was opened with, `opened` the texts by field.

    Where someone else wrote meanwhile, `mine` are the texts that were typed against those of `before`, and `opened`
    those of the other.
    """

    form: ActivityForm
    people: list[PersonForm]
    seen: int = 0
    opened: dict[str, str] = field(default_factory=dict)
    mine: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(person.is_valid() for person in self.people)])

    def wish(self) -> ActivityWish:
        """What a valid entry asks for."""
        return self.form.wish([wish for wish in (person.wish() for person in self.people) if wish])

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The hidden fields that bring the texts back with the form."""
        texts = (("opened", self.opened), ("mine", self.mine), ("before", self.before))
        return [(name, json.dumps(text, ensure_ascii=False)) for name, text in texts if text]


def entry_of(wish: ActivityWish, offer: Offer, *, seen: int, auto_id: str) -> Entry:
    """The entry of an activity as it stands."""
    texts = texts_of(wish)
    form = ActivityForm(initial=texts, auto_id=auto_id, stages=offer.stages, columns=offer.columns)
    people = [
        PersonForm(
            initial={name: getattr(person, name) for name in PERSON},
            prefix=f"p{place}",
            auto_id=auto_id,
            members=offer.members,
        )
        for place, person in enumerate(wish.people)
    ]
    return Entry(form, people, seen, texts)


def typed_entry(data: QueryDict, offer: Offer, *, auto_id: str, is_checked: bool = True) -> Entry:
    """The entry as it was typed; unless it is to be checked, nothing is said of faults."""
    whole: dict[str, Any] = {"data" if is_checked else "initial": data if is_checked else data.dict()}
    form = ActivityForm(**whole, auto_id=auto_id, stages=offer.stages, columns=offer.columns)
    people = []
    for place, row in enumerate(_rows(data)):
        given: dict[str, Any] = {"data": data} if is_checked else {"initial": row}
        people.append(PersonForm(**given, prefix=f"p{place}", auto_id=auto_id, members=offer.members))
    texts = (texts_sent(data, name) for name in ("opened", "mine", "before"))
    return Entry(form, people, number_in(data.get("seen", "")), *texts)


def add_person(data: QueryDict) -> None:
    """One row more."""
    data["people"] = str(min(_count(data) + 1, MOST_PEOPLE))


def drop_person(data: QueryDict, place: int) -> None:
    """One row less; those below move up."""
    rows = [row for at, row in enumerate(_rows(data)) if at != place]
    _write(data, rows)


def put_text(data: QueryDict, name: str, text: str) -> None:
    """Another text in one field; that of the people is theirs as `texts_of` writes it."""
    if name != "people":
        data[name] = text
        return
    keys = [row["key"] for row in _rows(data)]
    people = people_in(text)
    keys += [""] * (len(people) - len(keys))
    _write(data, [{"key": key, **person} for key, person in zip(keys, people, strict=False)])


def people_in(text: str) -> list[dict[str, str]]:
    """The rows in a text that `texts_of` wrote; none in any other."""
    try:
        return [dict(zip(PERSON[1:], map(str, row), strict=True)) for row in json.loads(text)]
    except (TypeError, ValueError):
        return []


def number_in(sent: str) -> int:
    """A whole number as a page sends it, 0 for anything else; Python refuses to read thousands of digits."""
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST_NUMBER else 0


def texts_sent(data: QueryDict, name: str) -> dict[str, str]:
    """The texts by field in a hidden field; none in anything else."""
    try:
        sent: Any = json.loads(data.get(name) or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(value) for key, value in sent.items()} if isinstance(sent, dict) else {}


def _rows(data: QueryDict) -> list[dict[str, str]]:
    return [{name: data.get(f"p{place}-{name}", "") for name in PERSON} for place in range(_count(data))]


def _write(data: QueryDict, rows: Sequence[Mapping[str, str]]) -> None:
    for place, row in enumerate(rows):
        for name in PERSON:
            data[f"p{place}-{name}"] = row[name]
    data["people"] = str(len(rows))


def _count(data: QueryDict) -> int:
    return min(number_in(data.get("people", "")), MOST_PEOPLE)
