"""One person's line of a register: every column that a spreadsheet of people knows, as text.

The columns in official wording and order are those of the forms that go with the Methodology (`docs/participants.md`);
what the school has entered besides stands to the right of them, so that a sheet that went out can come in again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from participants.register.hours import in_words
from participants.sheets.fields import MENTEE, MENTOR, field_of

OFFICIAL = {
    MENTEE: (
        "number", "full_name", "contacts", "birth_year", "request", "entered_on", "pair_name", "form", "pair_place",
        "left_on", "results", "case_url", "is_passed",
    ),
    MENTOR: (
        "number", "full_name", "contacts", "place", "competences", "achievements", "interests", "wanted_ages",
        "time_resource", "entered_on", "pair_name", "form", "pair_place", "left_on", "results", "case_url",
    ),
}  # fmt: skip
FURTHER = {
    MENTEE: (
        "kind", "class_name", "post", "birth_date", "sex", "wanted_help", "interests", "areas", "role_model", "available",
        "building", "is_remote", "state",
    ),
    MENTOR: (
        "kind", "class_name", "post", "birth_date", "sex", "subject", "teaching_since", "areas", "role_model", "capacity",
        "available", "building", "is_remote", "is_passed", "state",
    ),
}  # fmt: skip
YES, NO = "да", "нет"
SEXES = {"f": "ж", "m": "м"}


@dataclass(frozen=True, slots=True)
class Partner:
    """The other side of a pair: the name, and where he works or studies."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one part in the year; `signers` are guardians with contacts in words, none for an adult."""

    columns: Mapping[str, str]
    """Texts by field that go out as they are."""
    birth_date: date | None = None
    entered_on: date | None = None
    left_on: date | None = None
    is_passed: bool | None = None
    is_remote: bool = False
    sex: str = ""
    available: Sequence[int] = ()
    wanted_ages: tuple[int | None, int | None] = (None, None)
    signers: Sequence[str] = ()
    partners: Sequence[Partner] = field(default_factory=tuple)


def columns_of(side: str) -> tuple[str, ...]:
    """The keys of all columns of the register of this side, the official ones first."""
    return OFFICIAL[side] + FURTHER[side]


def headers_of(side: str, keys: Sequence[str]) -> list[str]:
    """The wordings of these columns."""
    return [field_of(key, side).header(side) for key in keys]


def line_of(entry: Entry, number: int, keys: Sequence[str]) -> list[str]:
    """The texts of the line in these columns; `number` counts from 1."""
    made = {
        "number": str(number),
        "contacts": "; ".join(entry.signers) or entry.columns.get("own_contacts", ""),
        "birth_date": _day(entry.birth_date),
        "birth_year": str(entry.birth_date.year) if entry.birth_date else "",
        "entered_on": _day(entry.entered_on),
        "left_on": _day(entry.left_on),
        "is_passed": "" if entry.is_passed is None else YES if entry.is_passed else NO,
        "is_remote": YES if entry.is_remote else "",
        "sex": SEXES.get(entry.sex, ""),
        "available": in_words(entry.available),
        "wanted_ages": _ages(*entry.wanted_ages),
        "pair_name": "; ".join(partner.name for partner in entry.partners),
        "pair_place": "; ".join(dict.fromkeys(partner.place for partner in entry.partners if partner.place)),
    }
    return [made[key] if key in made else entry.columns.get(key, "") for key in keys]


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _ages(least: int | None, most: int | None) -> str:
    if least and most:
        return str(least) if least == most else f"{least}–{most}"
    return f"от {least}" if least else f"до {most}" if most else ""
