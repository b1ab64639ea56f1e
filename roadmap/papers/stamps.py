"""Stamps of agreement and approval; what is not filled in gets a line to write on by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.typography import NBSP, long_date, tie
from roadmap.papers.shapes import PaperApproval

BLANK_DATE = f"«___»{NBSP}__________{NBSP}20__{NBSP}г."
BLANK_NUMBER = "_____"
SIGNED = "утверждаю"
"""A stamp of this word is signed by a person; «УТВЕРЖДЕНО», «УТВЕРЖДЕНА» name the order first."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp ready for print: its word and the lines below as (kind, text); a `person` signs before the name."""

    word: str
    lines: tuple[tuple[str, str], ...]


def stamps(approvals: Sequence[PaperApproval]) -> tuple[list[Stamp], list[Stamp]]:
    """Those of agreement, for the left, and those of approval, for the right."""
    left = [_stamp(approval) for approval in approvals if not _approves(approval)]
    right = [_stamp(approval) for approval in approvals if _approves(approval)]
    return left, right


def _approves(approval: PaperApproval) -> bool:
    return approval.word.casefold().startswith("утвержд")


def _stamp(approval: PaperApproval) -> Stamp:
    lines = [("by", tie(approval.by)), ("person", tie(approval.person)), ("ground", tie(_ground(approval)))]
    if approval.basis and _approves(approval) and approval.word.casefold() != SIGNED:
        lines = [lines[2], *lines[:2]]
    return Stamp(tie(approval.word), tuple((kind, text) for kind, text in lines if text))


def _ground(approval: PaperApproval) -> str:
    """«протокол от 31 августа 2023 г. № 1»; without a paper to rest on, the day of the signature."""
    day = long_date(approval.date) if approval.date else BLANK_DATE
    number = approval.number or (BLANK_NUMBER if approval.basis else "")
    parts = ("от" if approval.basis else "", day, f"№ {number}" if number else "")
    return f"{approval.basis} {NBSP.join(filter(None, parts))}".lstrip()
