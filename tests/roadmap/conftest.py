"""The roadmap alone: what other apps bring to its pages is theirs to test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.registries import only_our_own
from tests.roadmap.documents import TWINS, seed, twin
from tests.roadmap.office import converted_once, page_of

Made = Callable[[str, str], bytes]


@pytest.fixture(autouse=True)
def _only_our_own() -> Iterator[None]:
    with only_our_own():
        yield


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice made lies here for all workers of the run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "office"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def twin_as(office_folder: Path) -> Made:
    """The file of a kind that LibreOffice makes of a twin; all of one kind at once."""

    @cache
    def made(kind: str) -> dict[str, bytes]:
        return converted_once(office_folder, "twins", {name: page_of(name, twin(name)) for name in TWINS}, kind)

    return lambda name, kind: made(kind)[name]


@pytest.fixture(scope="session")
def seed_as(office_folder: Path) -> Made:
    """The same of a seed."""

    @cache
    def made(kind: str) -> dict[str, bytes]:
        return converted_once(office_folder, "seeds", {name: page_of(name, seed(name)) for name in TWINS}, kind)

    return lambda name, kind: made(kind)[name]
