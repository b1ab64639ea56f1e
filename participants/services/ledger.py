"""A list of destructions outside the database: a copy put back is told by it what has to go again.

One line of JSON for each in `DATA_DIR/destroyed.jsonl`, with keys and a pseudonym, never a name. Lines are only added.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from core.models import Event
from participants.models import Destruction, DestructionState, Person
from participants.register.history import keys_of

NAME = "destroyed.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """One destruction: `people` are the key of the person and of the rows that were made one with his before `at`."""

    school: int
    people: tuple[int, ...]
    side: str
    ground: str
    pseudonym: str
    at: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def ledger_file() -> Path:
    return Path(settings.DATA_DIR) / NAME


def note_destroyed() -> int:
    """Add the destructions that the ledger does not know yet; their number. On disk when it returns."""
    known = set(entries_in(ledger_file()))
    new = [entry for entry in _carried_out() if entry not in known]
    if new:
        _append("".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in new))
    return len(new)


def entries_in(file: Path) -> Iterator[Entry]:
    """What a ledger holds, nothing where there is none; a line that was cut off in the writing is passed by."""
    for line in file.read_text().splitlines() if file.exists() else []:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        yield Entry(**told | {"people": tuple(told["people"])})


def _append(text: str) -> None:
    with open(ledger_file(), "a+b", opener=lambda name, flags: os.open(name, flags, 0o600)) as ledger:
        ledger.seek(0)
        is_cut_off = not (ledger.read() or b"\n").endswith(b"\n")
        ledger.write(b"\n" * is_cut_off + text.encode())
        ledger.flush()
        os.fsync(ledger.fileno())


def _carried_out() -> Iterator[Entry]:
    rows = Destruction.objects.filter(state=DestructionState.DONE).select_related("person").order_by("pk")
    for row in rows.iterator(2000):
        if row.done_at:
            people, pseudonym = tuple(sorted(keys_of(row.person))), _pseudonym(row)
            yield Entry(row.school_id, people, row.side, row.ground, pseudonym, row.done_at.isoformat())


def _pseudonym(row: Destruction) -> str:
    """The one on the act; that of a side stands in the journal alone."""
    person: Person = row.person
    lines = Event.objects.filter(school=row.school_id, thing=f"person:{person.pk}", verb="destroy")
    told = lines.filter(detail__destruction=row.pk).values_list("detail__pseudonym", flat=True).first()
    return str(told or person.pseudonym)
