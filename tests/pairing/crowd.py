"""Sixteen people who do something at the same moment, over real connections, and what came of it."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

import pytest
from django.db import connection, connections, models

from core.errors import DomainError

PEOPLE = 16
ATTEMPTS = 10_000 if os.environ.get("FAULTS") == "long" else 192
PATIENCE = 10
"""Without the lock one broken round is enough, and is waited for so many times as long."""


@dataclass
class Tally:
    """What came of the attempts of one crowd."""

    what: str
    attempts: int = 0
    done: int = 0
    refused: int = 0
    broken: int = 0
    """The rounds after which the promise did not hold."""
    trouble: Counter[str] = field(default_factory=Counter)
    """Failures that were not refusals in words, by their kind."""

    def __str__(self) -> str:
        failed = "".join(f", {number} {kind}" for kind, number in self.trouble.items())
        return (
            f"races: {self.what}: {self.attempts} attempts by {PEOPLE} at once,"
            f" {self.done} done, {self.refused} refused, {self.broken} violations{failed}"
        )


@dataclass(frozen=True)
class Race:
    """One promise: how the scene is set, what everyone tries, and how one sees that the promise was broken."""

    what: str
    begin: Callable[[], None]
    attempt: Callable[[int], object]
    """What the person of this number tries."""
    is_broken: Callable[[], bool]
    locked: tuple[type[models.Model], ...]
    """The models whose locks keep the promise."""
    backed_by: tuple[type[models.Model], str] | None = None
    """The constraint that would keep it even without them."""


def run(race: Race, *, until_broken: bool = False) -> Tally:
    """Let the crowd try, round after round, and print what came of it."""
    tally = Tally(race.what + (" WITHOUT THE LOCK" if until_broken else ""))
    most = ATTEMPTS * PATIENCE if until_broken else ATTEMPTS
    start = threading.Barrier(PEOPLE)
    with ThreadPoolExecutor(PEOPLE) as pool:
        while tally.attempts < most and not (until_broken and tally.broken):
            race.begin()
            for outcome in pool.map(lambda number: _try(race, number, start), range(PEOPLE)):
                tally.attempts += 1
                tally.done += outcome == "done"
                tally.refused += outcome == "refused"
                tally.trouble.update([outcome] if outcome not in {"done", "refused"} else [])
            tally.broken += race.is_broken()
        list(pool.map(lambda _number: _leave(start), range(PEOPLE)))
    print(tally)
    return tally


def _try(race: Race, number: int, start: threading.Barrier) -> str:
    start.wait(60)
    try:
        race.attempt(number)
    except DomainError:
        return "refused"
    except Exception as failure:
        return type(failure.__cause__ or failure).__name__
    return "done"


def _leave(start: threading.Barrier) -> None:
    start.wait(60)
    connections.close_all()


@contextmanager
def unguarded(race: Race, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if nobody had thought of the locks of this race, nor of the constraint behind them."""
    for model in race.locked:
        monkeypatch.setattr(type(model._default_manager.all()), "select_for_update", lambda self, **_options: self)
    with without_constraint(*race.backed_by) if race.backed_by else nullcontext():
        yield


@contextmanager
def without_constraint(model: type[models.Model], name: str) -> Iterator[None]:
    """The table of `model` without this constraint, whose rows are gone afterwards."""
    constraint = next(row for row in model._meta.constraints if row.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model._default_manager.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)
