"""Which person of the register a row speaks of: by name, then by birth date, else by year and class."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.russian import search_key
from participants.sheets.known import KnownPerson, Register, form_key, name_key
from participants.sheets.rows import RowRead
from participants.sheets.values import class_key


@dataclass(frozen=True, slots=True)
class Match:
    """The person, or None for a new one; `error` says at which field and why it cannot be told."""

    person: KnownPerson | None = None
    field: str = ""
    error: str = ""


class Newcomers:
    """The people of a sheet who are not in the register, each by the first row that speaks of him."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], dict[str, list[RowRead]]] = {}
        """By name, then by birth date, "" where there is none."""

    def first_row(self, row: RowRead) -> RowRead:
        """The earlier row of the same person; this row itself where there is none."""
        named = self._rows.setdefault(name_key(row.values["surname"], row.values["given_name"]), {})
        born = row.values.get("birth_date", "")
        days = (born, "") if born else tuple(named)
        first = next((one for day in days for one in named.get(day, ()) if _is_same_newcomer(one, row)), None)
        if first is None:
            named.setdefault(born, []).append(row)
        return first or row


def said_twice(first: RowRead, row: RowRead) -> str:
    """Why a second row of a new person is not taken in."""
    if form_key(first.values.get("form", "")) == form_key(row.values.get("form", "")):
        words = _("The same person stands in row %(number)s already.")
    else:
        words = _(
            "The same person stands in row %(number)s. Once that is written, bring this row again: it adds the form."
        )
    return words % {"number": first.number}


def match_row(row: RowRead, register: Register) -> Match:
    """The one person the row can mean."""
    values = row.values
    named = [
        one
        for one in register.people.get(name_key(values["surname"], values["given_name"]), ())
        if _agree(values["patronymic"], one.columns["patronymic"])
    ]
    if not named:
        return Match()
    return _by_date(row, named) if values.get("birth_date") else _by_year_and_class(row, named)


def _by_date(row: RowRead, named: list[KnownPerson]) -> Match:
    day = row.values["birth_date"]
    born_then = [one for one in named if one.columns["birth_date"] == day]
    if len(born_then) > 1:
        born_then = [one for one in born_then if _same_class(row, one)] or born_then
    if born_then:
        return Match(born_then[0]) if len(born_then) == 1 else _several("birth_date")
    undated = [one for one in named if not one.columns["birth_date"] and not _other_class(row, one)]
    if undated:
        return Match(undated[0]) if len(undated) == 1 else _several("birth_date")
    twin = next((one for one in named if one.birth_date and (_same_class(row, one) or _both_classless(row, one))), None)
    if twin is None or twin.birth_date is None:
        return Match()
    words = _("The register has %(name)s, born on %(day)s: check which date is right.")
    return Match(None, "birth_date", words % {"name": twin.full_name, "day": date_format(twin.birth_date, "d.m.Y")})


def _by_year_and_class(row: RowRead, named: list[KnownPerson]) -> Match:
    year = row.values.get("birth_year")
    of_year = [one for one in named if not (year and one.birth_date and one.birth_date.year != year)]
    if not of_year:
        return Match()
    of_class = [one for one in of_year if not _other_class(row, one)]
    if len(of_class) > 1:
        of_class = [one for one in of_class if _same_class(row, one)] or of_class
    if len(of_class) == 1:
        return Match(of_class[0])
    if of_class:
        return _several("")
    if year and len(of_year) == 1 and of_year[0].birth_date:
        return Match(of_year[0])
    words = _(
        "The register has somebody of this name in another class: add the birth date, so that it is clear who it is."
    )
    return Match(None, "", words)


def _several(field: str) -> Match:
    words = _(
        "The register has several people of this name: add the birth date or the class, so that it is clear who it is."
    )
    return Match(None, field, words)


def _is_same_newcomer(one: RowRead, other: RowRead) -> bool:
    if not _agree(one.values["patronymic"], other.values["patronymic"]):
        return False
    if one.values.get("birth_date") and other.values.get("birth_date"):
        return True
    return _may_be_one(_year(one), _year(other)) and _may_be_one(_class(one), _class(other))


def _may_be_one(one: object, other: object) -> bool:
    return not one or not other or one == other


def _year(row: RowRead) -> int:
    return row.values.get("birth_year") or int(row.values.get("birth_date", "0")[:4])


def _class(row: RowRead) -> str:
    return class_key(row.values.get("class_name", ""))


def _agree(one: str, other: str) -> bool:
    return not one or not other or search_key(one) == search_key(other)


def _same_class(row: RowRead, one: KnownPerson) -> bool:
    own = _class(row)
    return bool(own) and own == class_key(one.columns["class_name"])


def _other_class(row: RowRead, one: KnownPerson) -> bool:
    return not _may_be_one(_class(row), class_key(one.columns["class_name"]))


def _both_classless(row: RowRead, one: KnownPerson) -> bool:
    return not row.values.get("class_name") and not one.columns["class_name"] and bool(row.values["patronymic"])
