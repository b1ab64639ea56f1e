"""Stamps of agreement and approval; what is not filled in gets a line to write on by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.typography import NBSP, long_date, tie
from roadmap.papers.shapes import PaperApproval

BLANK_DATE = f"«____»{NBSP}______________{NBSP}20___{NBSP}г."
BLANK_NUMBER = "________"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp ready for print; `person` stands behind a line for the signature."""

    word: str
    by: str
    person: str
    ground: str


def stamps(approvals: Sequence[PaperApproval]) -> tuple[list[Stamp], list[Stamp]]:
    """Those of agreement, for the left, and those of approval, for the right."""
    left = [_stamp(approval) for approval in approvals if not _approves(approval)]
    right = [_stamp(approval) for approval in approvals if _approves(approval)]
    return left, right


def _approves(approval: PaperApproval) -> bool:
    return approval.word.casefold().startswith("утвержд")


def _stamp(approval: PaperApproval) -> Stamp:
    day = long_date(approval.date) if approval.date else BLANK_DATE
    number = approval.number or (BLANK_NUMBER if approval.basis else "")
    dated = NBSP.join(filter(None, ("от" if approval.basis else "", day, f"№ {number}" if number else "")))
    ground = f"{approval.basis} {dated}".lstrip()
    return Stamp(tie(approval.word), tie(approval.by), tie(approval.person), tie(ground))
