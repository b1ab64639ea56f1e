"""After a copy of the database was put back: end again what had been taken back since, destroy what had been destroyed."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from participants.services.ledger import entries_in, ledger_file, note_destroyed, note_taken_back, taken_back_in
from participants.services.restoring import destroy_again, take_back_again


class Command(BaseCommand):
    help = "End and destroy again what the ledger says ended after the copy that was put back. Run it before the start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ledger", type=Path, help="the ledger set aside before; else the one in the data folder")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["ledger"] or ledger_file()
        if not file.is_file():
            raise CommandError(f"there is no ledger {file}: without it nobody knows what ended since the copy")
        ended = take_back_again(taken_back_in(file))
        destroyed = destroy_again(entries_in(file))
        note_taken_back()
        note_destroyed()
        self.stdout.write(f"consents ended again: {ended}; destroyed again: {destroyed}; the worker wipes the files")
