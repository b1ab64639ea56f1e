"""Two schools full of canaries; what a person of the first comes upon there is walked through once for all the tests."""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from core.actors import Actor
from core.models import Role
from tests.canaries import KEEPER, LINK, Filled, actor_for, two_schools
from tests.conftest import of_test
from tests.walks.walked import Walked, walk_through

LongLasting = Literal["package", "function"]


@dataclass
class Made:
    """The two schools, the folder of their files, who comes into the first, and who has walked through it."""

    schools: tuple[Filled, Filled]
    files: Path
    actors: dict[str, Actor]
    walks: dict[str, Walked] = field(default_factory=dict)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of one person follow each other, so that of two workers one walks for them."""
    here = [place for place, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    persons = list(dict.fromkeys(person_of(items[place]) for place in here))
    ordered = sorted((items[place] for place in here), key=lambda item: persons.index(person_of(item)))
    for place, item in zip(here, ordered, strict=True):
        items[place] = item


def person_of(item: pytest.Item) -> str:
    return item.name.partition("[")[2]


def a_package(fixture_name: str, config: pytest.Config) -> LongLasting:
    """Rows that these tests stand on; on a server each test ends its connection, and them with it."""
    return "package" if connection.vendor == "sqlite" else "function"


@pytest.fixture(scope=a_package)
def _made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    files = tmp_path_factory.mktemp("schools") / "files"
    with django_db_blocker.unblock(), override_settings(FILES_DIR=files), of_test():
        schools = two_schools()
        yield Made(schools, files, {who: actor_for(who, schools[0]) for who in (*Role, LINK, KEEPER)})
        transaction.set_rollback(True)


@pytest.fixture
def schools(_made: Made, data_folder: Path, plain_pages: None) -> tuple[Filled, Filled]:
    """The two schools as they were made, whatever the test before did to them; for tests marked `django_db`."""
    shutil.copytree(_made.files, data_folder / "files", copy_function=os.link)
    return copy.deepcopy(_made.schools)


@pytest.fixture
def actors(_made: Made) -> dict[str, Actor]:
    """Who comes into the first school, by his role; the tests may not make him a second time."""
    return _made.actors


@pytest.fixture
def walked(_made: Made, schools: tuple[Filled, Filled]) -> Callable[[str], Walked]:
    """What a person of the first school comes upon; of his walk nothing remains but this."""

    def come_upon(who: str) -> Walked:
        if who not in _made.walks:
            with of_test():
                _made.walks[who] = walk_through(_made.actors[who], schools)
                transaction.set_rollback(True)
        return _made.walks[who]

    return come_upon
