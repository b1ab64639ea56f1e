"""Prints what a term of a roadmap means."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from roadmap.models import TermKind
from roadmap.terms import Term, Window, read_term, render_windows

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Print what a term of a roadmap means: its kind, windows, recurrence and what is doubtful about it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", metavar="TEXT", help="the term as written")
        parser.add_argument(
            "--period", nargs=2, metavar=("START", "END"), help="the plan's first and last day, ISO dates"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = parse_period(options["period"])
        except ValueError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        text = options["text"].encode(errors="surrogateescape").decode(errors="replace")  # bytes that are no UTF-8
        term = read_term(text, period=period)
        self.stdout.write(as_json(term) if options["json"] else as_line(term))


def parse_period(days: list[str] | None) -> Window | None:
    """Two ISO dates as a window; ValueError with a sentence for the person who typed them."""
    if days is None:
        return None
    try:
        first, last = (date.fromisoformat(day) for day in days)
    except ValueError:
        raise ValueError(_("The period must be two dates such as 2024-09-01 2025-08-31.")) from None
    if last < first:
        raise ValueError(_("The period ends before it begins."))
    return first, last


def as_json(term: Term) -> str:
    """The contract `{text, kind, windows, recurrence, warnings}`; a warning's `where` is line 1."""
    content = {
        "text": term.text,
        "kind": term.kind,
        "windows": [[first.isoformat(), last.isoformat()] for first, last in term.windows],
        "recurrence": term.recurrence,
        "warnings": [{"code": one.code, "where": 1, "quote": one.quote, "text": one.text} for one in term.warnings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def as_line(term: Term) -> str:
    """The kind and the days in words, then each warning on a line of its own."""
    meaning = [str(TermKind(term.kind).label), render_windows(term.windows) or _("no dates"), term.recurrence or ""]
    return "\n".join([" · ".join(filter(None, meaning)), *(one.text for one in term.warnings)])
