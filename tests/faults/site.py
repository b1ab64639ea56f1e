"""One installation for a fault test: a database and a data folder of its own and the processes that work on them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from redis import Redis

from mentoring.configuration import PROJECT, read_configuration
from mentoring.run.service import Service
from mentoring.run.services import make_redis, make_web, make_worker
from tests.post import free_port

LONG = os.environ.get("FAULTS") == "long"
"""The long form, for a run by hand; the short one ends within 20 s a test."""
PATIENCE = 120
"""Seconds after which what should come is given up; long, since on a busy machine a start alone takes half a minute."""


class Site:
    """`environment` is what every process of it is told; processes are commanded as `bin/run` commands them."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.post_port, self.mail = free_port(), folder / "mail.txt"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "mentoring.settings",
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(folder),
            "PORT": str(free_port()),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.post_port}",
            **environment,
        }
        self.folder = folder
        self.services: list[Service] = []
        self.database = ""

    def run(self, verb: str, *arguments: object, module: str = "tests.faults.letters") -> Any:
        """Run a verb of `module` to its end; what it printed."""
        return json.loads(self._python("-m", module, verb, *map(str, arguments)) or "null")

    def manage(self, *arguments: str) -> str:
        return self._python("manage.py", *arguments)

    def start_mailbox(self, *, seconds_a_letter: float) -> Service:
        mailbox = self._start("mailbox", "tests.faults.mailbox", self.post_port, self.mail, seconds_a_letter)
        assert wait_until(lambda: answers(self.post_port), seconds=PATIENCE)
        return mailbox

    def start_dispatchers(self, count: int) -> Service:
        return self._start("dispatchers", "tests.faults.letters", "dispatch", count)

    def start_redis(self) -> Service:
        """The private Redis as `bin/run` starts it."""
        service = self._begin(make_redis(self.configuration))
        assert wait_until(self.redis_answers, seconds=PATIENCE)
        return service

    def start_worker(self) -> Service:
        return self._begin(changed(make_worker(self.configuration), {"mentoring": "tests.faults.worker"}))

    def start_web(self) -> Service:
        own = {"mentoring.wsgi:application": "tests.faults.web:application"}
        service = self._begin(changed(make_web(self.configuration), own))
        assert wait_until(self._is_well, seconds=PATIENCE)
        return service

    @property
    def configuration(self) -> Any:
        before = dict(os.environ)
        try:
            os.environ.clear()
            os.environ.update(self.environment)
            return read_configuration()
        finally:
            os.environ.clear()
            os.environ.update(before)

    @property
    def redis(self) -> Redis:
        return Redis.from_url(self.configuration.redis_url, socket_timeout=1)

    def redis_answers(self) -> bool:
        with suppress(Exception):
            return bool(self.redis.ping())
        return False

    def copies(self) -> Counter[str]:
        """How often each letter has arrived, by its subject."""
        return Counter(line.split("\t")[0] for line in self._lines())

    def message_ids(self) -> set[str]:
        return set(self._lines())

    def wait_for_letters(self, count: int, *, seconds: float) -> bool:
        """Wait until so many different letters have arrived."""
        return wait_until(lambda: len(self.copies()) >= count, seconds=seconds)

    def stop(self) -> None:
        for service in reversed(self.services):
            service.kill()

    def _is_well(self) -> bool:
        address = f"http://127.0.0.1:{self.environment['PORT']}/healthz"
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
        return False

    def _lines(self) -> list[str]:
        return self.mail.read_text().splitlines() if self.mail.exists() else []

    def _python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            check=False,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _start(self, name: str, module: str, *arguments: object) -> Service:
        return self._begin(Service(name, [sys.executable, "-m", module, *map(str, arguments)], folder=PROJECT))

    def _begin(self, service: Service) -> Service:
        environment = [f"{name}={value}" for name, value in self.environment.items()]
        service.command = ["env", "-i", *environment, *service.command]
        service.start()
        self.services.append(service)
        return service


def changed(service: Service, words: dict[str, str]) -> Service:
    """The same program with some words of its command changed."""
    service.command = [words.get(word, word) for word in service.command]
    return service


def answers(port: int) -> bool:
    """Whether someone listens there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_until(reached: Callable[[], bool], *, seconds: float) -> bool:
    """Look every twentieth of a second; whether it was reached in time."""
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
