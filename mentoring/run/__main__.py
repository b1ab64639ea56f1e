"""`python -m mentoring.run [--empty]`, called by `bin/run`."""

from __future__ import annotations

import argparse
import errno
import fcntl
import os
import socket
import sys
from typing import IO

from mentoring.configuration import Configuration, Misconfigured, read_configuration
from mentoring.console import fail
from mentoring.console import gettext as _
from mentoring.run.front import run_in_front
from mentoring.run.supervisor import supervise
from mentoring.safety import refuse_unsafe


def main() -> int:
    empty = _arguments().empty
    os.umask(0o077)
    try:
        configuration = read_configuration()
        refuse_unsafe(configuration)
        lock = _take_data_folder(configuration)
    except (Misconfigured, OSError) as error:
        fail(_("Not started: %(why)s") % {"why": error})
        return 1
    if lock is None:
        fail(
            _("Not started: the data folder %(folder)s is in use by another start.")
            % {"folder": configuration.data_dir}
        )
        return 1
    if problem := _port_problem(configuration):
        fail(problem)
        return 1
    with lock:
        return run_in_front(lambda leash: supervise(configuration, empty=empty, leash=leash))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/run", description=_("Starts everything and prints the address; Ctrl-C stops it.")
    )
    parser.add_argument(
        "--empty", action="store_true", help=_("without the demo: the first page opened makes the first school")
    )
    return parser.parse_args()


def _take_data_folder(configuration: Configuration) -> IO[str] | None:
    """A lock held until front and supervisor are both gone; None where another start holds it."""
    lock = (configuration.data_dir / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _port_problem(configuration: Configuration) -> str:
    """Why the web server could not listen, in one sentence; empty where it can."""
    family = socket.AF_INET6 if ":" in configuration.listen else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((configuration.listen, configuration.port))
        except (OSError, OverflowError) as error:
            values = {"port": configuration.port, "listen": configuration.listen, "why": error}
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                return (
                    _("Not started: port %(port)s is taken by another program. Choose another: PORT=8080 bin/run")
                    % values
                )
            return _("Not started: cannot listen on LISTEN=%(listen)s, PORT=%(port)s: %(why)s") % values
    return ""


if __name__ == "__main__":
    sys.exit(main())
