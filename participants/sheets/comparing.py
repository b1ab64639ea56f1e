"""Rows of a spreadsheet beside the register: new, changed, the same, or wrong; and what writing them would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from core.russian import search_key
from participants.sheets.families import own_contacts
from participants.sheets.kinds import kind_of, settle_place
from participants.sheets.known import PUPIL, KnownForm, KnownPerson, Register, is_young
from participants.sheets.leaving_out import left_out_of
from participants.sheets.matching import Newcomers, match_row, said_twice
from participants.sheets.parting import PartStep, compare_part
from participants.sheets.rows import NAME_KEYS, RowRead
from participants.sheets.signing import SignerStep, compare_signers
from participants.sheets.values import BadCell, class_key, phone_key

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
PERSON_COLUMNS = (
    "kind", "patronymic", "birth_date", "class_name", "post", "email", "phone", "sex", "subject", "teaching_since",
)  # fmt: skip
BLANK: dict[str, Any] = {
    **dict.fromkeys(("surname", "given_name", *PERSON_COLUMNS), ""), "birth_date": None, "teaching_since": None,
}  # fmt: skip


class Change(TypedDict):
    """What a row changes; texts, "" for nothing, a day as ISO."""

    field: str
    old: str
    new: str


@dataclass(slots=True)
class Compared:
    """One row with its status, and the steps that write it."""

    row: RowRead
    status: str = NEW
    person: KnownPerson | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    """What is written of the person."""
    signers: list[SignerStep] = field(default_factory=list)
    part: PartStep | None = None
    changes: list[Change] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.row.number


def compare_rows(rows: Iterable[RowRead], register: Register) -> Iterator[Compared]:
    """Each row beside the register. Of two rows of one person the second is wrong, and says which row came first."""
    newcomers = Newcomers()
    seen: dict[tuple[int, int], RowRead] = {}
    for row in rows:
        found = _compare(row, register)
        if found.status != WRONG:
            first = newcomers.first_row(row) if found.person is None else seen.setdefault(_identity(found), row)
            if first is not row:
                found = _wrong(found, {_name_field(row): said_twice(first, row)})
        yield found


def _compare(row: RowRead, register: Register) -> Compared:
    found = Compared(row)
    if any(key in row.errors for key in NAME_KEYS):
        found.left_out = left_out_of(row, None, register, is_minor=True, is_pupil=True)
        faults = row.errors | row.signer_errors
        return _wrong(found, {key: words for key, words in faults.items() if key not in found.left_out})
    match = match_row(row, register)
    found.person = match.person
    form, faults = _form(row, register)
    if match.error:
        faults[match.field or _name_field(row)] = match.error
    kind = _kind(found, register, form)
    if not kind and not faults:
        words = _("It is not clear who this is: add the class, the post or a column «Кто это».")
        faults[_name_field(row)] = words
    if found.person is None and kind:
        row.values["kind"] = kind
    settle_place(row, kind)
    _own_contacts(found, kind, register)
    is_minor = is_young(_birth(found), kind, register.today)
    found.left_out = left_out_of(row, found.person, register, is_minor=is_minor, is_pupil=kind == PUPIL)
    _compare_person(found, kind, register, faults)
    if is_minor:
        faults |= row.signer_errors
        found.signers, changes = compare_signers(row.signers, found.person)
        found.changes += changes
    found.part, changes, wrong = compare_part(row, found.person, found.left_out, register, form, kind)
    found.changes += changes
    faults |= wrong | {key: words for key, words in row.errors.items() if key not in found.left_out}
    return _wrong(found, faults) if faults else _settled(found)


def _wrong(found: Compared, errors: dict[str, str]) -> Compared:
    found.status, found.errors, found.changes = WRONG, dict(errors), []
    return found


def _settled(found: Compared) -> Compared:
    if found.person is not None:
        found.status = CHANGED if found.changes else SAME
    return found


def _form(row: RowRead, register: Register) -> tuple[KnownForm | None, dict[str, str]]:
    """The form that the row names, else the one chosen for the whole sheet."""
    name = row.values.get("form", "")
    form = register.form_named(name) if name else register.forms.get(register.form or 0)
    if name and form is None:
        return None, {"form": _("The school has no form of mentoring called «%(name)s».") % {"name": name[:80]}}
    return form, {}


def _kind(found: Compared, register: Register, form: KnownForm | None) -> str:
    if found.person is not None:
        return str(found.row.values.get("kind") or found.person.columns["kind"])
    return kind_of(found.row, register.side, form.kind if form else "", register.today)


def _birth(found: Compared) -> date | None:
    text = found.row.values.get("birth_date") or (found.person.columns["birth_date"] if found.person else "")
    return date.fromisoformat(text) if text else None


def _own_contacts(found: Compared, kind: str, register: Register) -> None:
    """What an adult's «контактные данные» are of: his own phone and address."""
    row = found.row
    if "contacts" not in row.raw or is_young(_birth(found), kind, register.today):
        return
    try:
        phone, email = own_contacts(row.raw["contacts"])
    except BadCell as bad:
        row.errors["contacts"] = str(bad)
        return
    for key, text in (("phone", phone), ("email", email)):
        if text and key not in row.values:
            row.values[key] = row.raw[key] = text


def _compare_person(found: Compared, kind: str, register: Register, faults: dict[str, str]) -> None:
    """What the row says of the person beside what the register has."""
    row, before = found.row, found.person.columns if found.person else BLANK
    values = {key: row.values[key] for key in PERSON_COLUMNS if row.values.get(key) and key not in found.left_out}
    values["kind"] = kind
    if "class_name" in values:
        values["class_name"] = register.classes.setdefault(class_key(values["class_name"]), values["class_name"])
    if found.person is None:
        values = {key: row.values[key] for key in ("surname", "given_name")} | values
    for key, value in values.items():
        if not is_same(key, before[key], value):
            found.columns[key] = value
            found.changes.append({"field": key, "old": as_text(before[key]), "new": as_text(value)})
    after = {**before, **found.columns}
    if kind == PUPIL and after["post"]:
        faults["post"] = _("A pupil has a class and no post.")
    if kind and kind != PUPIL and after["class_name"]:
        faults["class_name"] = _("Only a pupil has a class.")
    if kind == PUPIL and (after["email"] or after["phone"]):
        faults["kind"] = _("A pupil is reached through the parents: leave the pupil's own address and phone out.")


def is_same(key: str, old: object, new: object) -> bool:
    """Whether two values of a field say the same, however they are written."""
    if not old or old == new:
        return old == new
    if key == "class_name":
        return class_key(str(old)) == class_key(str(new))
    if key == "phone":
        return phone_key(str(old)) == phone_key(str(new))
    return search_key(as_text(old)) == search_key(as_text(new))


def as_text(value: object) -> str:
    return "" if value is None else str(value)


def _identity(found: Compared) -> tuple[int, int]:
    assert found.person is not None
    return found.person.pk, found.part.form if found.part else 0


def _name_field(row: RowRead) -> str:
    return "full_name" if "full_name" in row.raw else "surname"
