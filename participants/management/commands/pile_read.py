"""Say what would become of each page of a scanned pile; nothing is written."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from core.models import School
from participants.services.pile_judging import Verdict
from participants.services.pile_reading import judge_pile


class Command(BaseCommand):
    help = "Read the codes on a scanned pile of consent forms and say whose each page is. Nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the PDF of the scanner")
        parser.add_argument("--school", type=int, required=True, help="the key of the school")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        school = School.objects.filter(pk=options["school"]).first()
        file: Path = options["file"]
        if school is None:
            raise CommandError(f"there is no school {options['school']}")
        if not file.is_file():
            raise CommandError(f"there is no file {file}")
        try:
            judged = {read.page: verdict for read, verdict in judge_pile(lambda: os.open(file, os.O_RDONLY), school)}
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        pages = [_shown(page, verdict) for page, verdict in sorted(judged.items())]
        if options["json"]:
            self.stdout.write(json.dumps({"pages": pages}))
        else:
            self.stdout.writelines(" ".join(f"{name}={value}" for name, value in page.items()) for page in pages)


def _shown(page: int, verdict: Verdict) -> dict[str, object]:
    consent = verdict.consent
    return {
        "page": page,
        "status": verdict.status.value,
        "person": consent.person_id if consent else None,
        "text_version": consent.text.version if consent else None,
    }
