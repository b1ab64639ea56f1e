"""Sheets of slips with a personal link on each, and the list of codes for the link of a class; lines to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.squares import square_code
from core.typography import long_date, tie

SLIPS_TEMPLATE = "surveys/documents/slips.html"
SLIPS_TITLE = "Талоны с QR-кодом для опроса"
CODES_TEMPLATE = "surveys/documents/codes.html"
CODES_TITLE = "Коды класса для опроса"
ON_A_SHEET = 10


@dataclass(frozen=True, slots=True)
class SurveySlip:
    """One slip: whose it is, his class, the form where he is asked about several, and the personal link."""

    person: str
    place: str
    form: str
    address: str


@dataclass(frozen=True, slots=True)
class ClassCode:
    """One line to cut off: whose code it is."""

    person: str
    form: str
    code: str


@dataclass(frozen=True, slots=True)
class SurveyHead:
    """What stands on every paper of a survey."""

    school: str
    title: str
    last_day: date
    is_anonymous: bool


def slips_context(head: SurveyHead, slips: Sequence[SurveySlip]) -> dict[str, Any]:
    """What the template shows: sheets of ten, each slip with its square."""
    shown = [
        asdict(slip) | {"square": square_code(slip.address), "person": tie(slip.person), "form": tie(slip.form)}
        for slip in slips
    ]
    sheets = [shown[start : start + ON_A_SHEET] for start in range(0, len(shown), ON_A_SHEET)]
    return head_context(head) | {"sheets": sheets}


def codes_context(head: SurveyHead, class_name: str, address: str, codes: Sequence[ClassCode]) -> dict[str, Any]:
    """The link of the class with its square for the blackboard, and the codes; each code in two halves, to be copied."""
    return head_context(head) | {
        "class_name": tie(class_name),
        "address": address,
        "square": square_code(address),
        "codes": [asdict(code) | {"halves": (code.code[:3], code.code[3:])} for code in codes],
    }


def head_context(head: SurveyHead) -> dict[str, Any]:
    """The head with its texts tied and its day in words."""
    return asdict(head) | {
        "school": tie(head.school),
        "survey": tie(head.title),
        "last_day": long_date(head.last_day),
    }
