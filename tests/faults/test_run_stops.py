"""`bin/run` ends with every way to stop it, and leaves no process behind.

Short form; `STOPS_LONG=1` tries each way at many moments of the start.
"""

from __future__ import annotations

import os
import pty
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.faults.installation import Started
from tests.faults.site import PATIENCE

STOP_SECONDS = 15.0
LONG = "STOPS_LONG" in os.environ


def interrupt(started: Started) -> None:
    os.killpg(started.process.pid, signal.SIGINT)


def terminate_the_group(started: Started) -> None:
    os.killpg(started.process.pid, signal.SIGTERM)


def terminate_the_front(started: Started) -> None:
    started.process.terminate()


def hang_up(started: Started) -> None:
    started.process.send_signal(signal.SIGHUP)


def kill_the_front(started: Started) -> None:
    started.process.kill()


def kill_the_supervisor(started: Started) -> None:
    for child in psutil.Process(started.process.pid).children():
        child.kill()


EVERY_WAY = (interrupt, terminate_the_group, terminate_the_front, hang_up, kill_the_front, kill_the_supervisor)
MOMENTS = (0.1, 0.4, 0.8, 1.2, 1.8, 2.5, 3.5, 5.0)
EARLY = [(way, delay) for way in EVERY_WAY[:-1] for delay in MOMENTS] if LONG else [(terminate_the_front, 1.2)]


@pytest.fixture
def started(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Started]:
    """An installation on its way up, with its tables in place; with nothing at all where a test says so."""
    folder = tmp_path / "данные школы"
    if not hasattr(request, "param"):
        shutil.copytree(request.getfixturevalue("migrated"), folder)
    installation = Started(folder)
    yield installation
    installation.end_everything()


def assert_ended(started: Started, since: float) -> None:
    gone = started.wait_until(lambda: not started.processes(), STOP_SECONDS - (time.monotonic() - since))
    assert gone, [process.cmdline() for process in started.processes()]
    print(f"gone after {time.monotonic() - since:.1f} s")


@pytest.mark.parametrize("way", EVERY_WAY if LONG else (kill_the_supervisor,))
def test_a_running_installation_stops_and_leaves_nothing(started: Started, way: Callable[[Started], None]) -> None:
    assert started.wait_until(started.answers, PATIENCE), started.console.read_text()
    assert started.wait_until(started.has_worker, PATIENCE)

    asked = time.monotonic()
    way(started)

    assert_ended(started, asked)


@pytest.mark.parametrize("started", ["from nothing"], indirect=True)
@pytest.mark.parametrize(("way", "delay"), EARLY)
def test_a_start_that_is_not_finished_stops_as_well(
    started: Started, way: Callable[[Started], None], delay: float
) -> None:
    time.sleep(delay)

    asked = time.monotonic()
    way(started)

    assert_ended(started, asked)


def test_a_closed_terminal_stops_it(tmp_path: Path, migrated: Path) -> None:
    try:
        hand, terminal = pty.openpty()
    except OSError:
        pytest.skip("this machine has no terminals: /dev/pts is not mounted")
    shutil.copytree(migrated, tmp_path / "data")
    started = Started(tmp_path / "data", stdin=terminal)
    os.close(terminal)
    try:
        assert started.wait_until(started.answers, PATIENCE), started.console.read_text()

        asked = time.monotonic()
        os.close(hand)

        assert_ended(started, asked)
    finally:
        started.end_everything()


def test_a_second_start_in_the_same_data_folder_is_refused_and_a_dead_web_server_comes_back(started: Started) -> None:
    assert started.wait_until(started.answers, PATIENCE), started.console.read_text()

    second = Started(started.data_dir)
    assert second.process.wait(PATIENCE) == 1
    assert str(started.data_dir) in second.console.read_text()

    for process in started.processes():
        if "granian" in process.cmdline():
            process.kill()
    assert started.wait_until(lambda: not started.answers(), PATIENCE)
    assert started.wait_until(started.answers, PATIENCE)
