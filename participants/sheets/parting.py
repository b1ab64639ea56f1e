"""The part in the programme that a row speaks of, beside the one the register has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.russian import search_key
from participants.register.hours import in_words
from participants.sheets.fields import PERSON, Kept
from participants.sheets.known import KnownForm, KnownPart, KnownPerson, Register
from participants.sheets.leaving_out import fields_by_key
from participants.sheets.rows import RowRead

if TYPE_CHECKING:
    from participants.sheets.comparing import Change

Faults = dict[str, str]


@dataclass(slots=True)
class PartStep:
    """A part in the cycle: entered anew where `known` is None; `columns` are what is written, `areas` keys or None."""

    form: int
    known: KnownPart | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    areas: list[int] | None = None


def compare_part(
    row: RowRead,
    person: KnownPerson | None,
    left_out: Sequence[str],
    register: Register,
    form: KnownForm | None,
    kind: str,
) -> tuple[PartStep | None, list[Change], Faults]:
    """The step that writes the part, its changes, and what is wrong at which field."""
    if register.side == PERSON:
        return None, [], {}
    keys = [key for key in row.values if _is_of_part(key, register.side) and key not in left_out]
    known = _known_part(person, form)
    if known is not None:
        step = PartStep(known.form, known)
        changes, faults = _compare_columns(step, row, keys, register)
        if changes and not known.takes_part:
            return None, [], {changes[0]["field"]: _("This person has left the programme.")}
        return step, changes, faults
    if form is None or register.cycle is None:
        words = _("This person takes no part this year: choose the form of mentoring for the sheet, or add its column.")
        return None, [], {keys[0]: words} if keys else {}
    if refusal := _refusal(person, form, kind):
        return None, [], {"form" if "form" in row.raw else _name(row): refusal}
    step = PartStep(form.pk)
    changes, faults = _compare_columns(step, row, keys, register)
    return step, [{"field": "form", "old": "", "new": form.name}, *changes], faults


def _name(row: RowRead) -> str:
    return "full_name" if "full_name" in row.raw else "surname"


def _is_of_part(key: str, side: str) -> bool:
    known = fields_by_key(side).get(key)
    return known is not None and known.kept is Kept.PART and key != "form"


def _known_part(person: KnownPerson | None, form: KnownForm | None) -> KnownPart | None:
    parts = person.parts if person else []
    if form is not None:
        return next((part for part in parts if part.form == form.pk), None)
    running = [part for part in parts if part.takes_part] or parts
    return running[0] if len(running) == 1 else None


def _refusal(person: KnownPerson | None, form: KnownForm, kind: str) -> str:
    if person is not None and person.is_withdrawn:
        return _("The consent was withdrawn. Ask for a new one first.")
    if not form.is_used:
        return _("The school does not use this form. Switch it on in the list of forms first.")
    if form.kind and kind and form.kind != kind:
        return _("The form «%(form)s» is for other people than this one.") % {"form": form.name}
    return ""


def _compare_columns(
    step: PartStep, row: RowRead, keys: Sequence[str], register: Register
) -> tuple[list[Change], Faults]:
    before = step.known.columns if step.known else {}
    changes: list[Change] = []
    faults: Faults = {}
    for key in keys:
        value = row.values[key]
        if key == "role_model":
            value = _role_model(value, step.form, register, faults)
        elif key == "areas":
            value = _areas(value, register, faults)
        if key in faults or _says_same(before.get(key), value):
            continue
        _put(step, key, value)
        old = _as_text(key, before.get(key), step.form, register)
        changes.append({"field": key, "old": old, "new": _as_text(key, value, step.form, register)})
    return changes, faults


def _put(step: PartStep, key: str, value: Any) -> None:
    if key == "areas":
        step.areas = value
    elif key == "wanted_ages":
        step.columns["wanted_age_from"], step.columns["wanted_age_to"] = value
    elif key == "role_model":
        step.columns["role_model_id"] = value
    else:
        step.columns[key] = value


def _role_model(name: str, form: int, register: Register, faults: Faults) -> int | None:
    found = register.forms[form].role_models.get(search_key(name))
    if found is None:
        faults["role_model"] = _("The form has no role model called «%(name)s».") % {"name": name[:80]}
    return found


def _areas(names: Sequence[str], register: Register, faults: Faults) -> list[int]:
    """The areas of these names; a name that has the sign by which names are divided comes in several pieces."""
    found: set[int] = set()
    rest = list(names)
    while rest:
        size, area = next(_areas_at_start(rest, register), (1, None))
        if area is None:
            faults.setdefault("areas", _("The school's list has no area called «%(name)s».") % {"name": rest[0][:80]})
        else:
            found.add(area)
        rest = rest[size:]
    return sorted(found)


def _areas_at_start(names: Sequence[str], register: Register) -> Iterator[tuple[int, int]]:
    """How many of the names are one area, and which; the most first."""
    for size in range(len(names), 0, -1):
        for sign in (", ", "; "):
            if (area := register.areas.get(search_key(sign.join(names[:size])))) is not None:
                yield size, area


def _says_same(old: Any, new: Any) -> bool:
    if isinstance(new, str):
        return " ".join(str(old or "").split()) == " ".join(new.split())
    return bool(old == new)


def _as_text(key: str, value: Any, form: int, register: Register) -> str:
    if not value and value is not False:
        return ""
    if key == "available":
        return in_words(value)
    if key == "areas":
        return "; ".join(name for name, pk in register.areas.items() if pk in value)
    if key == "wanted_ages":
        return "–".join("" if age is None else str(age) for age in value)
    if key == "role_model":
        return next((name for name, pk in register.forms[form].role_models.items() if pk == value), "")
    yes, no = pgettext("in a spreadsheet", "yes"), pgettext("in a spreadsheet", "no")
    return {True: yes, False: no}[value] if isinstance(value, bool) else str(value)
