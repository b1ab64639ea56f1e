"""What a row says and the register may not take in: most of it waits for the consent (152-FZ art. 5 (5))."""

from __future__ import annotations

from functools import cache

from participants.sheets.families import GUARDIAN_KEYS
from participants.sheets.fields import Field, Kept, fields_for
from participants.sheets.known import KnownPerson, Register
from participants.sheets.rows import RowRead

OWN_CONTACTS = frozenset({"email", "phone"})


@cache
def fields_by_key(side: str) -> dict[str, Field]:
    return {field.key: field for field in fields_for(side)}


def left_out_of(
    row: RowRead, person: KnownPerson | None, register: Register, *, is_minor: bool, is_pupil: bool
) -> list[str]:
    """The fields of the row that are not taken, in the order of the fields.

    Besides what waits for a consent: a pupil's own contacts, for he is reached through the parents; the parents of an
    adult; contacts that do not say whose they are.
    """
    fields = fields_by_key(register.side)
    is_cleared, is_cleared_for_part = _clearance(person)
    left: set[str] = set()
    for key in row.raw:
        field = fields.get(key)
        if field and field.waits and not (is_cleared_for_part if field.kept is Kept.PART else is_cleared):
            left.add(key)
    if is_pupil or (is_minor and not is_cleared):
        left |= OWN_CONTACTS & row.raw.keys() if is_pupil else {"email"} & row.raw.keys()
    if not is_minor:
        left |= (GUARDIAN_KEYS - {"contacts"}) & row.raw.keys()
    elif "contacts" in row.raw and not row.signer_errors and not _gives_signer(row):
        left.add("contacts")
    return [key for key in fields if key in left]


def _clearance(person: KnownPerson | None) -> tuple[bool, bool]:
    return (person.is_cleared, person.is_cleared_for_part) if person else (False, False)


def _gives_signer(row: RowRead) -> bool:
    return any(signer["source"] == "contacts" for signer in row.signers)
