"""A list of destructions and of consents taken back outside the database: a copy put back is told by it what has to go
again.

One line of JSON for each in `DATA_DIR/destroyed.jsonl`, with keys and a pseudonym, never a name. Lines are only added.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from core.models import Event
from participants.models import Consent, ConsentState, Destruction, DestructionState, Person
from participants.register.history import keys_of

NAME = "destroyed.jsonl"
TAKEN_BACK = (ConsentState.WITHDRAWN, ConsentState.DECLINED, ConsentState.INVALID)
"""The ends of a consent that come from people: an older copy knows nothing of them, and no day brings them about."""


@dataclass(frozen=True, slots=True)
class Line:
    """What happened in a school, and when, as a moment in ISO form."""

    school: int
    at: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Entry(Line):
    """One destruction: `people` are the key of the person and of the rows that were made one with his before `at`."""

    people: tuple[int, ...]
    side: str
    ground: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class TakenBack(Line):
    """The end of one consent, by its key; `state` is one of `TAKEN_BACK`."""

    consent: int
    state: str


def ledger_file() -> Path:
    return Path(settings.DATA_DIR) / NAME


def note_destroyed() -> int:
    """Add the destructions that the ledger does not know yet; their number. On disk when it returns."""
    return _add(_carried_out(), set(entries_in(ledger_file())))


def note_taken_back() -> int:
    """Add the consents taken back that the ledger does not know yet; their number. On disk when it returns."""
    return _add(_taken_back(), set(taken_back_in(ledger_file())))


def entries_in(file: Path) -> Iterator[Entry]:
    """The destructions that a ledger holds, none where there is no ledger."""
    for told in _lines_in(file):
        if "people" in told:
            yield Entry(**told | {"people": tuple(told["people"])})


def taken_back_in(file: Path) -> Iterator[TakenBack]:
    """The consents taken back that a ledger holds, none where there is no ledger."""
    for told in _lines_in(file):
        if "consent" in told:
            yield TakenBack(**told)


def _lines_in(file: Path) -> Iterator[dict[str, Any]]:
    """A line that was cut off in the writing is passed by."""
    for line in file.read_text().splitlines() if file.exists() else []:
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _add(lines: Iterable[Line], known: Collection[Line]) -> int:
    new = [line for line in lines if line not in known]
    if new:
        _append("".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in new))
    return len(new)


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
            yield Entry(row.school_id, row.done_at.isoformat(), people, row.side, row.ground, pseudonym)


def _taken_back() -> Iterator[TakenBack]:
    rows = Consent.objects.filter(state__in=TAKEN_BACK).order_by("ended_at", "pk")
    for pk, school, state, at in rows.values_list("pk", "person__school", "state", "ended_at"):
        if at:
            yield TakenBack(school, at.isoformat(), pk, state)


def _pseudonym(row: Destruction) -> str:
    """The one on the act; that of a side stands in the journal alone."""
    person: Person = row.person
    lines = Event.objects.filter(school=row.school_id, thing=f"person:{person.pk}", verb="destroy")
    told = lines.filter(detail__destruction=row.pk).values_list("detail__pseudonym", flat=True).first()
    return str(told or person.pseudonym)
