"""Puts a newer SQLite in the place of the system's, and knows which versions may lose a commit.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode that two processes use ("WAL-reset bug",
https://sqlite.org/wal.html#walresetbug); 3.50.7 and 3.44.6 carry the fix as well. Debian 12 has 3.40.1.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pysqlite3

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

VERSION: tuple[int, int, int] = pysqlite3.sqlite_version_info
WAL_MARK = 2
WRITE_VERSION_BYTE = 18


def may_lose_commits(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the WAL-reset bug."""
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version >= (3, 7) and not mended


def is_in_wal(database: Path) -> bool:
    """Whether the file says it is in WAL mode; False for one that does not exist yet.

    Source: https://sqlite.org/fileformat.html, section 1.3, the file format write version.
    """
    if not database.is_file():
        return False
    with database.open("rb") as file:
        head = file.read(WRITE_VERSION_BYTE + 1)
    return len(head) > WRITE_VERSION_BYTE and head[WRITE_VERSION_BYTE] == WAL_MARK
