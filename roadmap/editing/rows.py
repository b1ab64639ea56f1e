"""How the history holds the rows a change touched: JSON by key, with the columns that changed.

A key is a row's kind and number as the journal writes them: «activity:12», «window:7», «programme:3». `before` and
`after` of a change hold the same keys; each has the columns that changed, or None where the row did not exist. A row
that was added or deleted is there with every column. Days are ISO texts, other rows stand as their keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

Row = dict[str, Any]
Rows = dict[str, Row | None]

COLUMNS: dict[str, tuple[str, ...]] = {
    "programme": ("title", "organisation", "preamble", "starts_on", "ends_on"),
    "cycle": ("year", "starts_on", "ends_on"),
    "approval": ("place", "word", "by", "person", "basis", "date", "number"),
    "stage": ("place", "number", "name", "goal", "task", "result"),
    "activity": (
        *("stage_id", "place", "number", "section", "text", "term_text", "term_kind", "recurrence"),
        *("responsible_text", "extra", "reminded", "remind_days", "evidence"),
    ),
    "window": (
        *("activity_id", "cycle_id", "starts_on", "ends_on"),
        *("state", "done_on", "done_by_id", "note", "taken_back"),
    ),
    "responsible": ("activity_id", "place", "role", "name", "duty", "member_id"),
    "quiet": ("activity_id", "user_id", "until"),
}
"""What is kept of each kind of row, in the order in which rows are brought back: what others stand on comes first."""

DAYS = frozenset({"starts_on", "ends_on", "done_on", "date", "until"})
_SPAN = frozenset({"starts_on", "ends_on"})


def key_of(kind: str, pk: int) -> str:
    """«window:7»"""
    return f"{kind}:{pk}"


def parts_of(key: str) -> tuple[str, int]:
    """Kind and number of a key."""
    kind, _colon, number = key.partition(":")
    return kind, int(number)


def row_of(kind: str, thing: object) -> Row:
    """Every kept column of a row of this kind, as JSON values."""
    return {name: _plain(getattr(thing, name)) for name in COLUMNS[kind]}


def columns_of(row: Row) -> dict[str, Any]:
    """The columns of a kept row as values to be written."""
    return {name: date.fromisoformat(value) if name in DAYS and value else value for name, value in row.items()}


def differing(before: Row, after: Row) -> tuple[Row, Row]:
    """The columns two states of a row differ in, with the values of each; the days of a span go together."""
    names = [name for name in before if before[name] != after[name]]
    if _SPAN & set(names):
        names = [name for name in before if name in _SPAN or name in names]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def in_order(keys: Mapping[str, object]) -> list[str]:
    """The keys so that what others stand on comes first."""
    kinds = list(COLUMNS)
    return sorted(keys, key=lambda key: (kinds.index(parts_of(key)[0]), parts_of(key)[1]))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
