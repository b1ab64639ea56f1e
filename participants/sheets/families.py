"""Those who sign for a minor, as a row of a spreadsheet names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypedDict

from django.utils.translation import gettext as _

from core.russian import search_key
from participants.sheets.names import BadName, whole_name
from participants.sheets.table import tidy
from participants.sheets.values import BadCell, email_of, phone_of

PREFIXES = ("mother", "father", "guardian")
GUARDIAN_KEYS = frozenset(
    {"contacts", "guardian_authority", *(f"{who}_{what}" for who in PREFIXES for what in ("name", "phone", "email"))}
)
AUTHORITIES = {
    "мат": "mother", "мам": "mother", "отец": "father", "отц": "father", "пап": "father", "усынов": "adopter",
    "удочер": "adopter", "опекун": "guardian", "попечит": "trustee", "приемн": "foster",
}  # fmt: skip
EMAIL = re.compile(r"[^\s,;()<>]+@[^\s,;()<>]+")
PHONE = re.compile(r"(?<!\d)(?:\+?[78][\s(-]*)?\d(?:[\s()\-]*\d){4,10}(?!\d)")
OF_WOMAN, OF_MAN = re.compile(r"(вна|ична|кызы)$", re.IGNORECASE), re.compile(r"(вич|ьич|оглы)$", re.IGNORECASE)


class Signer(TypedDict):
    """A guardian in a row. `source` is the column; a guessed `authority` is by the patronymic, or none is known."""

    source: str
    surname: str
    given_name: str
    patronymic: str
    authority: str
    is_guess: bool
    phone: str
    email: str


def guardians_in(raw: Mapping[str, str]) -> tuple[list[Signer], dict[str, str]]:
    """The guardians of a row and what is wrong, by field. Contacts without a name are nobody's and give none."""
    signers: list[Signer] = []
    faults: dict[str, str] = {}
    for who in PREFIXES:
        if any(f"{who}_{what}" in raw for what in ("name", "phone", "email")):
            signers += _in_columns(who, raw, faults)
    if text := raw.get("contacts"):
        signers += _in_contacts(text, faults)
    for signer in signers:
        if not signer["authority"]:
            key = "guardian_authority" if "guardian_authority" in raw else signer["source"]
            faults.setdefault(
                key, _("By what right does he represent the child? Write: mother, father, guardian (опекун).")
            )
    return signers, faults


def _in_columns(who: str, raw: Mapping[str, str], faults: dict[str, str]) -> Iterator[Signer]:
    key = f"{who}_name"
    if key not in raw:
        return
    text, said = _without_authority(raw[key])
    authority = who if who != "guardian" else said or authority_of(raw.get("guardian_authority", ""))
    signer = _signer(key, text, authority, faults)
    if signer is None:
        return
    for what, read in (("phone", phone_of), ("email", email_of)):
        if cell := raw.get(f"{who}_{what}"):
            try:
                signer[what] = read(cell)  # type: ignore[literal-required]
            except BadCell as bad:
                faults[f"{who}_{what}"] = str(bad)
    yield signer


def _in_contacts(text: str, faults: dict[str, str]) -> Iterator[Signer]:
    """«Тимофеева Анна Петровна (мать), +7 900 123-45-67, anna@example.org; …»: a name with the contacts after it."""
    for piece in re.split(r"[;\n]", text):
        emails, phones = EMAIL.findall(piece), PHONE.findall(EMAIL.sub(" ", piece))
        bare, authority = _without_authority(PHONE.sub(" ", EMAIL.sub(" ", piece)))
        bare = re.sub(r"\b(тел|телефон|моб|e-?mail|почта|эл)\b[.:]*", " ", bare, flags=re.IGNORECASE)
        bare = tidy(re.sub(r"[,:]", " ", bare)).strip(" .,–-")
        if len(bare.split()) < 2:
            continue
        signer = _signer("contacts", bare, authority, faults)
        if signer is None:
            continue
        try:
            signer["phone"] = phone_of(", ".join(phones)) if phones else ""
            signer["email"] = email_of(emails[0]) if emails else ""
        except BadCell as bad:
            faults["contacts"] = str(bad)
        yield signer


def own_contacts(text: str) -> tuple[str, str]:
    """The phone and the address of an adult in a cell of his own contacts; "" for what is not there. Raises BadCell."""
    emails = EMAIL.findall(text)
    phones = PHONE.findall(EMAIL.sub(" ", text))
    return (phone_of(", ".join(phones)) if phones else "", email_of(emails[0]) if emails else "")


def has_name(text: str) -> bool:
    """Whether contacts say whose they are."""
    bare = _without_authority(PHONE.sub(" ", EMAIL.sub(" ", text)))[0]
    return len(re.findall(r"\b[А-ЯЁ][а-яё]+", bare)) > 1


def _signer(source: str, text: str, authority: str, faults: dict[str, str]) -> Signer | None:
    try:
        name = whole_name(text)
    except BadName as bad:
        faults[source] = bad.words
        return None
    guess = "" if authority else _by_patronymic(name.patronymic)
    return Signer(
        source=source,
        surname=name.surname,
        given_name=name.given_name,
        patronymic=name.patronymic,
        authority=authority or guess,
        is_guess=not authority,
        phone="",
        email="",
    )


def _without_authority(text: str) -> tuple[str, str]:
    """A name without the word that says by what right, and the right: «Иванова Анна (мать)», «мама – Иванова Анна»."""
    if (found := re.search(r"\(([^)]*)\)", text)) and (authority := authority_of(found[1])):
        return text.replace(found[0], " "), authority
    found = re.match(r"\s*([А-Яа-яё ]{3,20}?)\s*[:–—-]\s+", text)
    if found and (authority := authority_of(found[1])):
        return text[found.end() :], authority
    return text, ""


def authority_of(text: str) -> str:
    """«мама» -> mother; nothing for a word that says no right."""
    said = search_key(text).strip(" .")
    return next((key for stem, key in AUTHORITIES.items() if said.startswith(stem)), "")


def _by_patronymic(patronymic: str) -> str:
    if OF_WOMAN.search(patronymic):
        return "mother"
    return "father" if OF_MAN.search(patronymic) else ""
