from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from celery import current_app
from django.db import transaction

from core import nudge
from tests.post import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _awake(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has not met a failure yet and is not connected to anything."""
    monkeypatch.setattr(nudge, "_silent_until", 0.0)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)


@pytest.fixture
def silent_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A listening socket in the place of Redis, that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        monkeypatch.setattr(current_app.conf, "broker_url", f"redis://127.0.0.1:{server.getsockname()[1]}/0")
        yield server


def calls(server: socket.socket) -> int:
    """How often the broker was called since the last look."""
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except TimeoutError:
            return count
        count += 1


def test_a_broker_that_does_not_answer_is_left_alone_for_half_a_minute(silent_broker: socket.socket) -> None:
    nudge.nudge()
    first = calls(silent_broker)
    for _ in range(3):
        nudge.nudge()

    assert first >= 1
    assert calls(silent_broker) == 0
    assert nudge._silent_until > time.monotonic() + nudge.BREAK_SECONDS - 5


def test_nothing_is_published_before_the_commit_nor_after_a_rollback(silent_broker: socket.socket) -> None:
    with transaction.atomic():
        nudge.nudge()
        inside = calls(silent_broker)
        transaction.set_rollback(True)

    assert (inside, calls(silent_broker)) == (0, 0)


def test_a_broker_that_refuses_does_not_disturb_the_act(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.conf, "broker_url", f"redis://127.0.0.1:{free_port()}/0")

    with transaction.atomic():
        nudge.nudge()

    assert nudge._silent_until > time.monotonic()
