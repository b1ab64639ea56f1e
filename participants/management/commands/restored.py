"""After a copy of the database was put back: destroy again what had been destroyed since."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from participants.services.ledger import entries_in, ledger_file, note_destroyed
from participants.services.restoring import destroy_again


class Command(BaseCommand):
    help = "Destroy again what the ledger says was destroyed after the copy that was put back. Run it before the start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ledger", type=Path, help="the ledger set aside before; else the one in the data folder")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["ledger"] or ledger_file()
        if not file.is_file():
            raise CommandError(f"there is no ledger {file}: without it nobody knows what was destroyed since the copy")
        again = destroy_again(entries_in(file))
        note_destroyed()
        self.stdout.write(f"destroyed again: {again}; the worker wipes the files of the database")
