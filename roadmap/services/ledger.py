"""Writing rows of a programme so that the history knows what they were."""

from __future__ import annotations

from typing import Any

from django.db import models

from core.actors import Actor
from roadmap.editing.rows import Rows, differing, key_of, row_of
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
        """Change columns of a row; what stays the same is not noted."""
        kind = row._meta.model_name or ""
        was = row_of(kind, row)
        for name, value in columns.items():
            setattr(row, name, value)
        before, after = differing(was, row_of(kind, row))
        if not before:
            return
        key = key_of(kind, row.pk)
        first, last = self.before.get(key, {}), self.after.get(key, {})
        self.before[key] = None if first is None else before | first
        self.after[key] = (last or {}) | after
        row.save()

    def add(self, row: models.Model) -> None:
        """Write a new row."""
        row.save(force_insert=True)
        kind = row._meta.model_name or ""
        key = key_of(kind, row.pk)
        self.before[key], self.after[key] = None, row_of(kind, row)

    def drop(self, row: models.Model) -> None:
        """Delete a row, after those that stand on it."""
        kind = row._meta.model_name or ""
        key = key_of(kind, row.pk)
        self.before[key], self.after[key] = row_of(kind, row), None
        row.delete()

    def close(
        self, *, programme: Programme, kind: ChangeKind, told: str, activity: Activity | None = None, by: Actor
    ) -> Change | None:
        """Write it into the history; None where nothing was changed."""
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
