"""Says the best pairs for a file of scores; nothing is written."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.errors import DomainError
from pairing.matching.document import document_from_json, solution_as_json
from pairing.matching.solving import solve


class Command(BaseCommand):
    help = "Say the best pairs for a file of mentors, mentees and scores. Nothing is written."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="JSON, see docs/pairing.md")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = document_from_json(_read(options["file"]))
        except DomainError as refusal:
            self._refuse(str(refusal))
        began = time.perf_counter()
        solution = solve(document.instance, document.aim)
        answer = solution_as_json(document, solution) | {"seconds": round(time.perf_counter() - began, 6)}
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(_lines(answer)))

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(2)


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DomainError(_("The file %(name)s cannot be opened.") % {"name": path.name}) from error
    except (ValueError, RecursionError) as error:
        raise DomainError(_("The file %(name)s is not JSON.") % {"name": path.name}) from error


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    for mentee, mentor in answer.pop("pairs"):
        yield f"{mentee} – {mentor}"
    for name, value in answer.items():
        yield f"{name}: {'–' if value is None else value}"
