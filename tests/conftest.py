"""What every test stands on: a data folder of its own and, for those who ask, a real mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from core import nudge
from core.actors import Actor
from tests.post import PostOffice

# No test asserts a time: on a busy machine any of them may be slow.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `postgres` are about what SQLite does not have: two writers at once."""
    if connection.vendor != "postgresql":
        skip = pytest.mark.skip(reason="needs PostgreSQL")
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(skip)


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
