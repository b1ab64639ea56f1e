"""Rows of a table as what they say of people: values by field, and what is wrong at which cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from core.russian import search_key
from participants.sheets.families import GUARDIAN_KEYS, Signer, guardians_in
from participants.sheets.fields import Kept, fields_for
from participants.sheets.names import BadName, Name, name_of_parts, whole_name
from participants.sheets.opening import LONGEST_CELL
from participants.sheets.program import UNCOUNTED
from participants.sheets.table import Column, Table, tidy
from participants.sheets.values import (
    ERROR,
    BadCell,
    ages_of,
    birth_day,
    class_of,
    day_of,
    email_of,
    hours_in,
    is_nothing,
    listed,
    one_of,
    phone_of,
    since_of,
    url_of,
    whole_number,
    year_of,
    yes_or_no,
)

NAME_KEYS = ("full_name", "surname", "given_name", "patronymic")
KINDS = {
    "учени": "pupil", "учащ": "pupil", "обуча": "pupil", "школьни": "pupil", "учител": "teacher", "педагог": "teacher",
    "преподав": "teacher", "воспитат": "teacher", "сотрудник": "teacher", "директор": "teacher", "завуч": "teacher",
    "студент": "student", "выпускни": "graduate", "эксперт": "expert", "работодат": "expert", "специалист": "expert",
    "партнер": "partner", "социальный партнер": "partner",
}  # fmt: skip
SEXES = {"м": "m", "m": "m", "ж": "f", "f": "f"}
LONGEST = {"post": 200, "place": 200, "subject": 200, "time_resource": 300, "building": 100}


@dataclass(slots=True)
class RowRead:
    """What one row says.

    `values` are JSON values by field, where a text is the one that goes into the register; the names are always
    `surname`, `given_name` and `patronymic`. `raw` are the texts as they stood. Whether the guardians are needed, and
    so whether what is wrong with them matters, is known once it is known how old the person is.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """By field."""
    kind: str = ""
    """Who it is by the heading above the name."""
    signers: list[Signer] = field(default_factory=list)
    signer_errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """By what the cells are read: the school's day, from when Excel counted days, what the headings say."""

    today: date
    is_1904: bool = False
    name_field: str = "surname"
    """Where a name that is missing is missed."""
    kind: str = ""
    """Who the people are by the heading above their names, «ФИО педагога»."""


def rows_of(table: Table, side: str, today: date) -> Iterator[RowRead]:
    """Each row that says anything in a column that is read."""
    known = {one.key for one in fields_for(side) if one.kept is not Kept.NOWHERE}
    columns = [column for column in table.columns if column.field in known]
    reading = Reading(today, table.is_1904, *_named(columns))
    for number, texts in table.rows:
        raw = _raw(columns, texts)
        if raw:
            yield read_row(number, raw, reading)


def read_row(number: int, raw: Mapping[str, str], reading: Reading) -> RowRead:
    """The row's values, and what is wrong in it."""
    row = RowRead(number, raw={key: "" if text == UNCOUNTED else tidy(text) for key, text in raw.items()})
    fit = {key: text for key, text in raw.items() if _is_fit(row, key, text)}
    row.kind = reading.kind
    _read_names(row, fit, reading.name_field)
    for key, text in fit.items():
        if key not in NAME_KEYS and key not in GUARDIAN_KEYS:
            _read_cell(row, key, text, reading)
    row.signers, row.signer_errors = guardians_in(fit)
    _read_class(row)
    return row


def _raw(columns: Sequence[Column], texts: Sequence[str]) -> dict[str, str]:
    found = {column.field: text for column in columns if (text := column.text(texts)) and column.field}
    return {key: text for key, text in found.items() if not is_nothing(text) or key in _words()}


@cache
def _words() -> frozenset[str]:
    """Fields where «нет» is an answer."""
    return frozenset({"is_passed", "is_remote"})


def _is_fit(row: RowRead, key: str, text: str) -> bool:
    if text == UNCOUNTED:
        row.errors[key] = _(
            "There is a formula here that nobody has worked out: open the file, save it and bring it again."
        )
    elif text[0] in "#E" and ERROR.match(text):
        row.errors[key] = _("Instead of a value there is an error of the spreadsheet here: %(text)s.") % {
            "text": text[:20]
        }
    elif len(text) > LONGEST_CELL:
        row.errors[key] = _("There are more than 2,000 signs in this cell.")
    elif "\ufffd" in text:
        row.errors[key] = _("Letters were lost here when the file was saved: write it anew.")
    return key not in row.errors


def _named(columns: Sequence[Column]) -> tuple[str, str]:
    """The field with the names, and who its heading says that they are."""
    headers = {column.field: column.header for column in columns}
    field = "full_name" if "full_name" in headers else "surname"
    said = search_key(headers.get(field, ""))
    return field, next((kind for stem, kind in KINDS.items() if f" {stem}" in f" {said}"), "")


def _read_names(row: RowRead, fit: Mapping[str, str], key: str) -> None:
    if any(key in row.errors for key in NAME_KEYS):
        return
    try:
        name = _name(fit)
    except BadName as bad:
        if key == "surname" and "surname" in fit and not fit.get("given_name"):
            key = "given_name" if "given_name" in row.raw else "surname"
        row.errors[key] = bad.words
        return
    row.values |= name._asdict()


def _name(fit: Mapping[str, str]) -> Name:
    if text := fit.get("full_name"):
        # «Фамилия» may stand beside «ФИО»; then the whole name is what counts.
        return whole_name(text) if len(tidy(text).split()) > 1 or "given_name" not in fit else _apart(fit, text)
    return _apart(fit, fit.get("surname", ""))


def _apart(fit: Mapping[str, str], surname: str) -> Name:
    if len(tidy(surname).split()) > 1 and not fit.get("given_name"):
        return whole_name(surname)
    return name_of_parts(surname, fit.get("given_name", ""), fit.get("patronymic", ""))


def _read_cell(row: RowRead, key: str, text: str, reading: Reading) -> None:
    try:
        if key == "birth_date" and (year := year_of(text)):
            row.values["birth_year"] = _possible(year, reading.today)
        elif key in READERS:
            row.values[key] = READERS[key](text, reading)
        else:
            row.values[key] = _words_in(key, text)
    except BadCell as bad:
        row.errors[key] = str(bad)


def _words_in(key: str, text: str) -> str:
    said = "\n".join(filter(None, map(tidy, text.splitlines()))) if key in _LONG else tidy(text)
    if len(said) > LONGEST.get(key, LONGEST_CELL):
        raise BadCell(_("The text is longer than %(most)s signs.") % {"most": LONGEST[key]})
    return said


def _read_class(row: RowRead) -> None:
    """«7» and «Б» in two columns as one class."""
    number, letter = row.values.pop("class_number", ""), row.values.pop("class_letter", "")
    if "class_name" not in row.values and number:
        try:
            row.values["class_name"] = class_of(f"{number}{letter}")
        except BadCell as bad:
            row.errors["class_number"] = str(bad)
    elif letter and row.values.get("class_name", "").isdigit():
        row.values["class_name"] = class_of(f"{row.values['class_name']}{letter}")


def _possible(year: int, today: date) -> int:
    if not today.year - 110 <= year <= today.year:
        raise BadCell(_("Check the year of birth: nobody here was born in that year."))
    return year


def _year(text: str, reading: Reading) -> int:
    year = year_of(text)
    if year is None:
        year = birth_day(text, reading.today, is_1904=reading.is_1904).year
    return _possible(year, reading.today)


_LONG = frozenset({"request", "wanted_help", "competences", "achievements", "interests", "results"})
READERS: Mapping[str, Callable[[str, Reading], Any]] = {
    "birth_date": lambda text, by: birth_day(text, by.today, is_1904=by.is_1904).isoformat(),
    "birth_year": _year,
    "kind": lambda text, by: one_of(text, KINDS, _("It is not clear who this is: «%(text)s».")),
    "class_name": lambda text, by: class_of(text),
    "email": lambda text, by: email_of(text),
    "phone": lambda text, by: phone_of(text),
    "sex": lambda text, by: one_of(text, SEXES, _("«м» or «ж» is needed here: «%(text)s».")),
    "teaching_since": lambda text, by: since_of(text, by.today),
    "areas": lambda text, by: list(listed(text)),
    "wanted_ages": lambda text, by: list(ages_of(text)),
    "capacity": lambda text, by: whole_number(text, 1, 30),
    "available": lambda text, by: hours_in(text),
    "entered_on": lambda text, by: day_of(text, is_1904=by.is_1904).isoformat(),
    "case_url": lambda text, by: url_of(text),
    "is_passed": lambda text, by: yes_or_no(text),
    "is_remote": lambda text, by: yes_or_no(text),
}
