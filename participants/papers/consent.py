"""The form of a consent as it is printed: the school's requisites, the names, and blanks for what stays on paper."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.functional import Promise

from core.squares import square_code
from core.typography import long_date, tie
from participants.models import ConsentKind
from participants.papers.codes import sheet_codes

TEMPLATES = {
    ConsentKind.ADULT: "participants/documents/consent_processing.html",
    ConsentKind.GUARDIAN: "participants/documents/consent_processing.html",
    ConsentKind.MENTOR: "participants/documents/consent_processing.html",
    ConsentKind.DISSEMINATION: "participants/documents/consent_publication.html",
    ConsentKind.LABOUR: "participants/documents/consent_labour.html",
}
TITLES = {
    ConsentKind.ADULT: "Согласие на обработку персональных данных",
    ConsentKind.GUARDIAN: "Согласие законного представителя на обработку персональных данных несовершеннолетнего",
    ConsentKind.MENTOR: "Согласие наставника на обработку персональных данных",
    ConsentKind.DISSEMINATION: "Согласие на обработку персональных данных, разрешённых для распространения",
    ConsentKind.LABOUR: "Согласие на выполнение работы по наставничеству",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One datum of a publication: None until the signer has chosen, which leaves both squares open."""

    label: str | Promise
    is_allowed: bool | None
    condition: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A place where the school publishes, by its full address, with what may be shown there."""

    name: str
    url: str
    rows: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ConsentPaper:
    """One form. `signer` and `authority` are empty where the person signs for himself; `contact` is the signer's, and
    `resources` are empty but for a publication.
    """

    kind: ConsentKind
    code: str
    version: int
    written_on: date
    expires_on: date
    subject: str
    birth_date: date | None
    place: str
    signer: str
    authority: str | Promise
    operator: str
    operator_short: str
    address: str
    inn: str
    ogrn: str
    purpose_text: str
    data_text: str
    processor_text: str
    actions_text: str
    term_text: str
    withdrawal_text: str
    contact: str = ""
    resources: tuple[Resource, ...] = ()


def consent_context(paper: ConsentPaper) -> dict[str, Any]:
    """What the template shows: texts tied by Russian typography, days in words, the code of each sheet as a square picture."""
    values = {field.name: getattr(paper, field.name) for field in fields(ConsentPaper)}
    context = {name: tie(value) if isinstance(value, str) else value for name, value in values.items()}
    requisites = [f"{label} {value}" for label, value in (("ИНН", paper.inn), ("ОГРН", paper.ogrn)) if value]
    return context | {
        "code": paper.code,
        "squares": [square_code(code) for code in sheet_codes(paper.code)],
        "requisites": tie(", ".join(requisites)),
        "birth_date": long_date(paper.birth_date) if paper.birth_date else "",
        "last_day": long_date(paper.expires_on),
        "written_on": f"{paper.written_on:%d.%m.%Y}",
    }
