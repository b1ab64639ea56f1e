"""A PostgreSQL of its own for one command: `python -m tests.postgres COMMAND…` sets DATABASE_URL for it.

The cluster lies in a folder under /tmp, listens on a socket there alone, sorts as Russian does, and is gone afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg

from tests import ready

START_SECONDS = 30
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    # Durability is PostgreSQL's own promise; a cluster that lives for one command need not wait for the disk.
    "fsync": "off",
    "full_page_writes": "off",
}


@contextmanager
def running_postgres() -> Iterator[str]:
    """Yields the DATABASE_URL of an empty cluster."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folder = Path(tempfile.mkdtemp(prefix="stupeni-pg-", dir="/tmp"))
    as_server = _other_user(folder)
    try:
        command: list[str | Path] = [
            programs / "initdb", "--pgdata", folder / "data", "--username", "stupeni", "--auth", "trust", "--no-sync",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "ru-RU",
        ]  # fmt: skip
        subprocess.run(command, cwd=folder, check=True, capture_output=True, **as_server)
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [programs / "postgres", "-D", folder / "data", "-k", folder, *options]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, cwd=folder, stderr=log, stdout=log, process_group=0, **as_server)
        try:
            _wait_until_ready(folder)
            yield f"postgres://stupeni@{quote(str(folder), safe='')}/postgres"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
    finally:
        shutil.rmtree(folder)


def migrated(folder: Path) -> str:
    """The name of a database with empty tables on the server that DATABASE_URL names; made by the first who asks."""
    server, name = os.environ["DATABASE_URL"], "migrated"
    with ready.alone(folder / name), psycopg.connect(server, autocommit=True) as opened:
        if opened.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            opened.execute(f"CREATE DATABASE {name}")
            ready.manage(
                folder / "server",
                "migrate",
                "--verbosity=0",
                DATABASE_URL=urlsplit(server)._replace(path=f"/{name}").geturl(),
            )
    return name


def _other_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: the user it is started as, who gets the folder."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait_until_ready(folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="stupeni", dbname="postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    with running_postgres() as url:
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode)
