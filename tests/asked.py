"""Which statements each test puts to its database: PostgreSQL is spared those tests of pages that ask it nothing new.

On SQLite every test runs, and what it asks is noted in the folder that ASKED_FOLDER names. On PostgreSQL all tests of
models, services, searches and races run, and of those that log somebody in to look at pages as many as it takes to put
every statement there too. Without a folder, and of tests that nobody has noted, none is left out.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

FOLDER = os.environ.get("ASKED_FOLDER", "")
SEARCH = "~"
"""How the shape of a statement that looks for words ends."""
Asked = dict[str, set[str]]
"""By the name of a test the shapes of its statements."""


def noting(test: str) -> Any:
    """A context in which the statements of this test are noted, on SQLite."""
    return _noting(test) if FOLDER and connection.vendor == "sqlite" else nullcontext()


@contextmanager
def _noting(test: str) -> Iterator[None]:
    asked: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *details: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            asked.add(shape_of(sql))
        return execute(sql, *details)

    with connection.execute_wrapper(note):
        yield
    if asked:
        Path(FOLDER).mkdir(exist_ok=True)
        with (Path(FOLDER) / f"{os.getpid()}.jsonl").open("a") as lines:
            lines.write(json.dumps([test, sorted(asked)]) + "\n")


@lru_cache(maxsize=10_000)
def shape_of(sql: str) -> str:
    """What statements have in common that differ only in how many values they are given."""
    alike = re.sub(r"\(\*\)(, \(\*\))+", "(*)", re.sub(r"\(%s(, %s)*\)", "(*)", sql))
    return blake2b(alike.encode(), digest_size=6).hexdigest() + (SEARCH if " LIKE " in sql else "")


def noted() -> Asked:
    """What the tests of this run have asked before."""
    lines = [line for file in sorted(Path(FOLDER).glob("*.jsonl")) for line in file.read_text().splitlines()]
    return {test: set(shapes) for test, shapes in map(json.loads, lines)}


def told_apart(items: Sequence[pytest.Item], asked: Asked) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Those tests that say something of another database, in their order, and those of pages that ask nothing new."""
    pages = {item.nodeid for item in items if "log_in" in getattr(item, "fixturenames", ())} & asked.keys()
    known = {shape for item in items if item.nodeid not in pages for shape in asked.get(item.nodeid, ())}
    spared = set()
    # Those that ask most come first, so that few are enough; the same in every worker.
    for test in sorted(pages, key=lambda test: (-len(asked[test]), test)):
        if asked[test] <= known and not any(shape.endswith(SEARCH) for shape in asked[test]):
            spared.add(test)
        known |= asked[test]
    return [item for item in items if item.nodeid not in spared], [item for item in items if item.nodeid in spared]
