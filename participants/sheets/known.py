"""What the register knows already of the people of a spreadsheet, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from core.russian import search_key
from participants.ages import is_minor

PUPIL = "pupil"


@dataclass(slots=True)
class KnownGuardian:
    """One who signs for a minor of the register."""

    guardianship: int
    guardian: int
    surname: str
    given_name: str
    patronymic: str
    authority: str
    phone: str
    email: str


@dataclass(slots=True)
class KnownPart:
    """A person's part in the cycle of the import; `columns` are its values by field."""

    enrolment: int
    form: int
    takes_part: bool
    columns: dict[str, Any]


@dataclass(slots=True)
class KnownPerson:
    """Someone of the register; `columns` are those of the person by field, a day as ISO."""

    pk: int
    columns: dict[str, Any]
    guardians: list[KnownGuardian] = field(default_factory=list)
    parts: list[KnownPart] = field(default_factory=list)
    is_cleared: bool = False
    is_cleared_for_part: bool = False
    is_withdrawn: bool = False

    @property
    def birth_date(self) -> date | None:
        text = self.columns["birth_date"]
        return date.fromisoformat(text) if text else None

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.columns[name] for name in ("surname", "given_name", "patronymic"))))


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form of mentoring of the school; `kind` is who may take part in it on the side of the import."""

    pk: int
    name: str
    kind: str
    is_used: bool
    role_models: Mapping[str, int]
    """By `search_key` of the name."""


@dataclass(slots=True)
class Register:
    """All that a comparison needs: the people with the names of the sheet, the words of the school."""

    side: str
    today: date
    people: dict[tuple[str, str], list[KnownPerson]]
    forms: dict[int, KnownForm]
    areas: dict[str, int]
    classes: dict[str, str]
    """How the school writes a class, by `class_key`."""
    cycle: int | None = None
    form: int | None = None

    def form_named(self, name: str) -> KnownForm | None:
        """The school's form of this name, however it is written."""
        key = form_key(name)
        return next((form for form in self.forms.values() if form_key(form.name) == key), None)


def name_key(surname: str, given_name: str) -> tuple[str, str]:
    """By which people of one name are found, whatever the letters."""
    return _key(surname), _key(given_name)


_key = lru_cache(10_000)(search_key)
"""The same few names come again and again, of a person, his parents, his brothers."""


def form_key(name: str) -> str:
    return "".join(sign for sign in search_key(name) if sign.isalnum())


def is_young(birth_date: date | None, kind: str, today: date) -> bool:
    """Whether a guardian signs."""
    return is_minor(birth_date, today, otherwise=kind == PUPIL)
