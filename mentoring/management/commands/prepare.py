"""Makes the data folder ready to be served: tables, static files, and for a trial the demo."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import OperationalError

from core.models import School
from mentoring.console import gettext as _
from mentoring.console import say
from mentoring.run import WAITS_FOR_FIRST_START
from mentoring.statics import collect_static


class Command(BaseCommand):
    help = "Migrate, collect static files and fill the demo where nothing is there yet; bin/run calls it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="leave the demo out")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(_("The database does not answer: %(why)s") % {"why": str(error).strip()}) from error
        collect_static()
        if School.objects.exists():
            return
        mark = settings.DATA_DIR / "without-demo"
        if options["empty"] or not settings.CONFIGURATION.is_trial:
            mark.touch()
        if mark.exists():
            sys.exit(WAITS_FOR_FIRST_START)
        say(_("Filling the demo…"))
        call_command("demo_fill")
