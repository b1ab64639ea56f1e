"""Writing rows of a programme so that the history knows what they were."""

from __future__ import annotations

from typing import Any

from django.db import models

from core.actors import Actor
from roadmap.editing.rows import Row, Rows, differing, key_of, row_of
from roadmap.models import Activity, Change, ChangeKind, Programme, Stage
from roadmap.services.history import record_change

SHOWN = 90
"""Signs of a text by which the history says what a change was about."""


class Ledger:
    """The rows one act writes, as they were and as they became.

    The caller holds the programme's lock, writes through `put`, `add` and `drop`, and ends with `close`.
    """

    def __init__(self) -> None:
        self.before: Rows = {}
        self.after: Rows = {}

    def put(self, row: models.Model, **columns: Any) -> None:
        """Change columns of a row; what stays the same is neither written nor noted."""
        was = row_of(_kind(row), row)
        for name, value in columns.items():
            setattr(row, name, value)
        before, after = differing(was, row_of(_kind(row), row))
        if before:
            self.note(row, before, after)
            row.save()

    def note(self, row: models.Model, before: Row, after: Row) -> None:
        """Keep what columns of a row were and became; the first word on what they were stands."""
        key = key_of(_kind(row), row.pk)
        first, last = self.before.get(key, {}), self.after.get(key, {})
        self.before[key] = None if first is None else before | first
        self.after[key] = (last or {}) | after

    def add(self, row: models.Model) -> None:
        """Write a new row."""
        row.save(force_insert=True)
        key = key_of(_kind(row), row.pk)
        self.before[key], self.after[key] = None, row_of(_kind(row), row)

    def drop(self, row: models.Model) -> None:
        """Delete a row; those that stand on it are dropped before."""
        key = key_of(_kind(row), row.pk)
        self.before[key], self.after[key] = row_of(_kind(row), row), None
        row.delete()

    def close(
        self, *, programme: Programme, kind: ChangeKind, told: str, activity: Activity | None = None, by: Actor
    ) -> Change | None:
        """Write the act into the history; None where nothing was changed."""
        if not self.before:
            return None
        return record_change(
            programme=programme,
            kind=kind,
            told=told,
            before=self.before,
            after=self.after,
            activity=activity,
            by=by,
        )


def told_of(thing: Activity | Stage) -> str:
    """What a change was about, in few words: the number and the beginning of the text."""
    text = thing.text if isinstance(thing, Activity) else thing.name
    words = f"{thing.number} {' '.join(text.split())}".strip()
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"


def _kind(row: models.Model) -> str:
    return row._meta.model_name or ""
