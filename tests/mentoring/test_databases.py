"""What `migrate` and the settings make of the databases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pysqlite3
import pytest
from django.conf import settings
from django.db import connection

from mentoring import sqlite
from tests import ready


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after `manage.py migrate` with nothing set."""
    folder = tmp_path_factory.mktemp("data") / "migrated"
    return Path(shutil.copytree(ready.migrated(ready.folder_of(tmp_path_factory)), folder))


def test_migrate_switches_sqlite_to_wal_and_makes_the_table_of_the_cache(migrated: Path) -> None:
    database = migrated / "stupeni.sqlite3"

    assert sqlite.is_in_wal(database)
    with pysqlite3.connect(database) as opened:
        assert opened.execute("SELECT count(*) FROM cache").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False), ((3, 45, 0), True),
        ((3, 50, 6), True), ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 4), False),
    ],
)  # fmt: skip
def test_the_versions_that_may_lose_commits_are_known(version: tuple[int, int, int], expected: bool) -> None:
    assert sqlite.may_lose_commits(version) is expected


def test_a_database_that_is_not_there_or_not_in_wal_is_told_from_one_that_is(tmp_path: Path) -> None:
    database = tmp_path / "db"
    assert not sqlite.is_in_wal(database)

    with pysqlite3.connect(database) as opened:
        opened.execute("CREATE TABLE one (two)")
    assert not sqlite.is_in_wal(database)

    with pysqlite3.connect(database) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
    assert sqlite.is_in_wal(database)


@pytest.mark.django_db
@pytest.mark.skipif(not settings.CONFIGURATION.is_sqlite, reason="about SQLite")
def test_sqlite_is_the_newer_one_with_the_settings_that_were_measured() -> None:
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "temp_store", "cache_size", "secure_delete", "foreign_keys")
        }
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]

    assert not sqlite.may_lose_commits(tuple(map(int, version.split("."))))
    assert values == {
        "synchronous": 2, "temp_store": 2, "cache_size": -20000, "secure_delete": 1, "foreign_keys": 1,
    }  # fmt: skip
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
@pytest.mark.postgres
def test_postgresql_ends_what_takes_too_long() -> None:
    with connection.cursor() as cursor:
        values = {}
        for name in (
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "application_name",
        ):
            cursor.execute(f"SHOW {name}")
            values[name] = cursor.fetchone()[0]

    assert values == {
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
        "idle_session_timeout": "11min",
        "application_name": "stupeni",
    }
