"""Fills the demo."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.models import School, User
from demo.filling import fill_demo


class Command(BaseCommand):
    help = "Fill an empty trial installation with five schools in the middle of their year."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="throw the demo away and fill it anew, as of today")

    def handle(self, *args: Any, **options: Any) -> None:
        logins = Path(settings.DATA_DIR) / "demo-logins.json"
        if not settings.CONFIGURATION.is_trial:
            raise CommandError(_("The demo is only for a trial on this machine: SITE_URL leads elsewhere."))
        if options["again"] and logins.is_file():
            _empty()
        if School.objects.exists() or User.objects.exists():
            raise CommandError(_("There is something in the database already. The demo is only for an empty one."))
        rows = fill_demo()
        _write_private(logins, json.dumps(rows, ensure_ascii=False, indent=1))
        self.stdout.write(_("The demo is filled; its logins are in %(file)s") % {"file": logins})


def _empty() -> None:
    """Everything goes, files too; only ever called where the demo was filled before."""
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.FILES_DIR, ignore_errors=True)


def _write_private(path: Path, text: str) -> None:
    """Write the file so that only its owner can ever read it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
