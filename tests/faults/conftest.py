"""A site for each fault test, on SQLite, or on PostgreSQL where DATABASE_URL names one."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests import ready
from tests.faults.site import Site

MakeSite = Callable[..., Site]
SERVER = os.environ.get("DATABASE_URL", "")
"""The database server of this run; empty for SQLite."""


def on_server(database: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{database}"))


def execute(statement: str) -> None:
    with psycopg.connect(on_server("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation with empty tables, to be copied: its folder, whose name is its database's on a server."""
    folder = tmp_path_factory.mktemp(f"migrated_{secrets.token_hex(4)}_")
    if SERVER:
        execute(f'CREATE DATABASE "{folder.name}"')
        Site(folder, {"DATABASE_URL": on_server(folder.name)}).manage("migrate", "--verbosity=0")
    else:
        shutil.copytree(ready.migrated(ready.folder_of(tmp_path_factory)), folder, dirs_exist_ok=True)
    yield folder
    if SERVER:
        execute(f'DROP DATABASE "{folder.name}" WITH (FORCE)')


@pytest.fixture
def make_site(migrated: Path, tmp_path: Path) -> Iterator[MakeSite]:
    """Makes a site with empty tables; what it started is ended with the test."""
    sites: list[Site] = []

    def make(**environment: str) -> Site:
        folder = tmp_path / f"site{len(sites)}"
        name = f"{migrated.name}_{secrets.token_hex(4)}"
        shutil.copytree(migrated, folder)
        if SERVER:
            execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated.name}"')
        site = Site(folder, {"DATABASE_URL": on_server(name) if SERVER else ""} | environment)
        site.database = name
        sites.append(site)
        return site

    yield make
    for site in sites:
        site.stop()
        if SERVER:
            execute(f'DROP DATABASE "{site.database}" WITH (FORCE)')
