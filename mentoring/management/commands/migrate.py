"""`migrate`, which also prepares what Django's own leaves out: SQLite's WAL and the table of the cache."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections

from mentoring import sqlite


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor == "sqlite":
            # Here, alone, once: processes that switch a fresh file together meet in "database is locked".
            mode = "TRUNCATE" if sqlite.may_lose_commits(sqlite.VERSION) else "WAL"
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA journal_mode={mode}")
        super().handle(*args, **options)
        call_command("createcachetable", database=options["database"], verbosity=0)
