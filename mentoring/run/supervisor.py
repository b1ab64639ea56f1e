"""Prepares the data folder, starts the services, says where they are, keeps them running, stops them in order."""

from __future__ import annotations

import http.client
import json
import select
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from mentoring.configuration import PROJECT, Configuration
from mentoring.console import fail, say
from mentoring.console import gettext as _
from mentoring.run import WAITS_FOR_FIRST_START
from mentoring.run.service import Service
from mentoring.run.services import make_redis, make_web, make_worker, manage

TICK_SECONDS = 0.2
STOP_SECONDS = 8.0
"""Web server and worker get so long to finish what they do; the web server is known to miss an early SIGTERM."""
REDIS_STOP_SECONDS = 2.0
STEP_STOP_SECONDS = 2.0
READY_SECONDS = 60.0


def supervise(configuration: Configuration, *, empty: bool, leash: int) -> int:
    """Run until the leash is let go; the exit status of the whole."""
    supervisor = Supervisor(configuration, leash)
    signal.signal(signal.SIGTERM, supervisor.on_signal)
    try:
        return supervisor.run(empty=empty)
    finally:
        supervisor.stop()


@dataclass(slots=True)
class Supervisor:
    """The services of one installation, in the order in which they are started."""

    configuration: Configuration
    leash: int
    services: list[Service] = field(default_factory=list)
    stopping: bool = False

    def on_signal(self, *_: object) -> None:
        self.stopping = True

    def run(self, *, empty: bool) -> int:
        say(_("Data folder: %(folder)s") % {"folder": self.configuration.data_dir})
        if self.configuration.own_redis:
            self._start(make_redis(self.configuration))
        prepared = self._command(manage("prepare", *(["--empty"] if empty else [])))
        if prepared not in {0, WAITS_FOR_FIRST_START} and not self.stopping:
            fail(_("Not started: the data folder could not be prepared, see above."))
            return 1
        self._start(make_web(self.configuration))
        if self._wait_until_ready():
            self._announce(first_start=prepared == WAITS_FOR_FIRST_START)
        self._start(make_worker(self.configuration))
        while not self._let_go():
            self._keep_running()
        return 0

    def stop(self) -> None:
        """Web server and worker first, so that neither meets a Redis that is gone."""
        self.stopping = True
        workers = [service for service in self.services if service.name != "redis"]
        _end(workers, STOP_SECONDS)
        _end([service for service in self.services if service.name == "redis"], REDIS_STOP_SECONDS)

    def _start(self, service: Service) -> None:
        if not self._let_go(0):
            self.services.append(service)
            service.start()

    def _let_go(self, seconds: float = TICK_SECONDS) -> bool:
        """Whether to stop: nothing is ever written to the leash, so that it is readable only once it is closed."""
        if select.select([self.leash], [], [], 0 if self.stopping else seconds)[0]:
            self.stopping = True
        return self.stopping

    def _keep_running(self) -> None:
        for service in self.services:
            status = service.keep_running()
            if status is not None and not self.stopping:
                fail(
                    _("%(name)s ended with status %(status)s and is started again.")
                    % {"name": service.name, "status": status}
                )

    def _command(self, command: list[str]) -> int | None:
        """Run one command to its end, or kill it when the leash is let go; its exit status."""
        step = Service("step", command, folder=PROJECT)
        step.start()
        while step.is_running() and not self._let_go(0.05):
            pass
        _end([step], STEP_STOP_SECONDS)
        return step.status

    def _wait_until_ready(self) -> bool:
        deadline = time.monotonic() + READY_SECONDS
        while not self._let_go():
            if self._answers():
                return True
            if time.monotonic() > deadline:
                fail(_("The web server does not answer yet; it is left to go on starting."))
                break
            self._keep_running()
        return False

    def _answers(self) -> bool:
        """Whether /healthz gives any answer but a failure."""
        connection = http.client.HTTPConnection(*_origin(self.configuration), timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": urlsplit(self.configuration.site_url).netloc})
            return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
        except OSError:
            return False
        finally:
            connection.close()

    def _announce(self, *, first_start: bool) -> None:
        say(_("Ready: %(address)s") % {"address": self.configuration.site_url})
        if self.configuration.mail is None:
            folder = self.configuration.data_dir / "mail"
            say(_("No mail server is set (EMAIL_URL): letters are put into %(folder)s") % {"folder": folder})
        if first_start:
            say(_("The first school is made on this page, with this code:"))
            self._command(manage("first_start_code"))
        elif (logins := self.configuration.data_dir / "demo-logins.json").is_file():
            for row in json.loads(logins.read_text()):
                say("  {login:22}{password:14}{role}, {school}".format_map(row).rstrip(", "))
        say(_("Ctrl-C stops everything."))


def _end(services: Sequence[Service], seconds: float) -> None:
    """Ask all of them to stop, wait for so long at most, then kill what is left of their groups."""
    for service in services:
        service.ask_to_stop()
    deadline = time.monotonic() + seconds
    while any(service.is_running() for service in services) and time.monotonic() < deadline:
        time.sleep(0.05)
    for service in services:
        service.kill()


def _origin(configuration: Configuration) -> tuple[str, int]:
    """Where this machine reaches the web server."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared, not listened on
    return everywhere.get(configuration.listen, configuration.listen), configuration.port
