"""Installations made once in a run and copied by whoever needs one: with empty tables, with the demo, a database server.

`bin/test` has them made while nothing asks for them yet: `python -m tests.ready FOLDER`. Without it the first who asks
makes one, by what the product itself does, in the temporary folder of the run.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = "READY_FOLDER"
"""The variable that names the folder of this run."""


def folder_of(factory: pytest.TempPathFactory) -> Path:
    """Where this run keeps what it makes once; all its workers have the same."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return Path(os.environ.get(FOLDER) or shared / "ready")


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """One process of the run after another."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(place: Path, make: Callable[[Path], None]) -> Path:
    """`place`, which is made by the first process that asks; the others wait for it."""
    with alone(place):
        if not place.exists():
            half_made = place.with_name(f"{place.name}.new")
            make(half_made)
            half_made.rename(place)
    return place


def migrated(folder: Path) -> Path:
    """A data folder with empty tables."""
    return made_once(folder / "migrated", lambda place: manage(place, "migrate", "--verbosity=0"))


def with_demo(folder: Path) -> Path:
    """A data folder as `bin/run` prepares it for a trial."""

    def make(place: Path) -> None:
        shutil.copytree(migrated(folder), place)
        manage(place, "prepare")

    return made_once(folder / "demo", make)


def manage(data_dir: Path, *arguments: str, **environment: str) -> None:
    """Run a command of the product with nothing set but its data folder, and what `environment` adds."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"DATA_DIR": str(data_dir), "ENV_FILE": os.devnull}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=kept | own | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


if __name__ == "__main__":
    with_demo(Path(sys.argv[1]))
