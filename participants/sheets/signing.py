"""The guardians of a row beside those whom the register has for the minor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.russian import search_key
from participants.sheets.families import Signer
from participants.sheets.known import KnownGuardian, KnownPerson, name_key
from participants.sheets.values import phone_key

if TYPE_CHECKING:
    from participants.sheets.comparing import Change


@dataclass(slots=True)
class SignerStep:
    """A guardian to be entered, where `known` is None, or one of whom `columns` change; `authority` where it does."""

    signer: Signer
    known: KnownGuardian | None = None
    columns: dict[str, str] = field(default_factory=dict)
    authority: str = ""


def compare_signers(signers: Sequence[Signer], person: KnownPerson | None) -> tuple[list[SignerStep], list[Change]]:
    """The steps that enter the guardians of a row, and the changes they make."""
    steps: list[SignerStep] = []
    changes: list[Change] = []
    for signer in _each_once(signers):
        known = next((one for one in person.guardians if _is(signer, one)), None) if person else None
        step = SignerStep(signer, known)
        changes_of_one = _of_known(step, known) if known else _of_new(step)
        if changes_of_one:
            steps.append(step)
            changes += changes_of_one
    return steps, changes


def _each_once(signers: Sequence[Signer]) -> list[Signer]:
    """One guardian who stands in two columns counts once, with all that both say."""
    found: dict[tuple[str, str], Signer] = {}
    for signer in signers:
        first = found.setdefault(name_key(signer["surname"], signer["given_name"]), signer)
        first["phone"] = first["phone"] or signer["phone"]
        first["email"] = first["email"] or signer["email"]
        if first["is_guess"] and not signer["is_guess"]:
            first["authority"], first["is_guess"] = signer["authority"], False
    return list(found.values())


def _is(signer: Signer, known: KnownGuardian) -> bool:
    if name_key(signer["surname"], signer["given_name"]) != name_key(known.surname, known.given_name):
        return False
    one, other = search_key(signer["patronymic"]), search_key(known.patronymic)
    return not one or not other or one == other


def _of_new(step: SignerStep) -> list[Change]:
    signer = step.signer
    step.authority = signer["authority"]
    name = " ".join(filter(None, (signer["surname"], signer["given_name"], signer["patronymic"])))
    said = [
        (_key(signer, "name"), name),
        (_key(signer, "phone"), signer["phone"]),
        (_key(signer, "email"), signer["email"]),
    ]
    changes: list[Change] = [{"field": key, "old": "", "new": text} for key, text in said if text]
    changes.append({"field": "guardian_authority", "old": "", "new": signer["authority"]})
    return changes


def _of_known(step: SignerStep, known: KnownGuardian) -> list[Change]:
    signer = step.signer
    changes: list[Change] = []
    if signer["patronymic"] and not known.patronymic:
        step.columns["patronymic"] = signer["patronymic"]
        changes.append({"field": _key(signer, "name"), "old": "", "new": signer["patronymic"]})
    if signer["phone"] and phone_key(signer["phone"]) != phone_key(known.phone):
        step.columns["phone"] = signer["phone"]
        changes.append({"field": _key(signer, "phone"), "old": known.phone, "new": signer["phone"]})
    if signer["email"] and signer["email"] != known.email.lower():
        step.columns["email"] = signer["email"]
        changes.append({"field": _key(signer, "email"), "old": known.email, "new": signer["email"]})
    if not signer["is_guess"] and signer["authority"] != known.authority:
        step.authority = signer["authority"]
        changes.append({"field": "guardian_authority", "old": known.authority, "new": signer["authority"]})
    return changes


def _key(signer: Signer, what: str) -> str:
    """The field that said it: a column of the parent's, or the one cell with everything."""
    source = signer["source"]
    return source if source == "contacts" else f"{source.removesuffix('_name')}_{what}"
