"""What every test stands on: a data folder of its own and, for those who ask, a real mail server."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pysqlite3
import pytest
from django.db import connection, transaction
from django.template import Template
from django.test import Client
from pytest_django.fixtures import Settings

from core import counted, nudge
from core.actors import Actor
from tests import asked, postgres, ready
from tests.post import PostOffice

# No test asserts a time: on a busy machine any of them may be slow.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `postgres` are about what SQLite does not have: two writers at once."""
    if connection.vendor == "postgresql":
        if asked.FOLDER:
            items[:], spared = asked.told_apart(items, asked.noted())
            config.hook.pytest_deselected(items=spared)
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(skip)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with asked.noting(item.nodeid):
        return (yield)


def pytest_collection_finish() -> None:
    """What was loaded so far stays to the end: the collector of cycles need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Databases begin as copies of one that was migrated before; whatever that has not is then migrated as always."""
    folder, test = ready.folder_of(tmp_path_factory), connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        test["TEMPLATE"] = postgres.migrated(folder)
        yield
        return
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    # The database is in memory and lives as long as somebody has it open.
    with closing(pysqlite3.connect(name, uri=True)) as kept:
        with closing(pysqlite3.connect(ready.migrated(folder) / "stupeni.sqlite3")) as made:
            made.backup(kept)
        yield


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Settings) -> Path:
    """The data folder of this test alone."""
    settings.FILES_DIR = tmp_path / "files"
    settings.MAIL_DIR = tmp_path / "mail"
    return tmp_path


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of this process has a broker: rest as after a publish that failed, see core/nudge.py."""
    monkeypatch.setattr(nudge, "_silent_until", float("inf"))


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    """A mail server that Django's SMTP backend is pointed at."""
    office = PostOffice()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    office.open()
    yield office
    office.close()


@pytest.fixture
def log_in() -> Callable[[Actor], Client]:
    """Makes a browser that is logged in as an actor, in the role he acts in."""

    def enter(actor: Actor) -> Client:
        assert actor.user is not None
        client = Client()
        client.force_login(actor.user)
        session = client.session
        session["membership"] = actor.membership.pk if actor.membership else None
        session.save()
        return client

    return enter


@pytest.fixture
def plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are made as they are for people.

    Django's test client keeps no copy of each part's context, and what was counted holds while nothing changes: the
    transactions that a test itself lies in are not the request's.
    """
    monkeypatch.setattr(Template, "_render", lambda page, context: page.nodelist.render(context))
    monkeypatch.setattr(counted, "connection", _OfRequest())
    monkeypatch.setattr(counted, "_kept", {})


class _OfRequest:
    """The connection as a request sees it that is not in a test."""

    @property
    def in_atomic_block(self) -> bool:
        return any(not block._from_testcase for block in connection.atomic_blocks)  # type: ignore[attr-defined]


def of_test() -> transaction.Atomic:
    """A transaction around a test, or around several of them."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block
