"""Prints the outline of a roadmap document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from roadmap.outline import Outline, OutlineActivity, outline_to_json
from roadmap.reading import DocumentRefused, read_document
from roadmap.reading.kinds import accepted
from roadmap.reading.opening import MAX_BYTES

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Print the outline of a roadmap document: its stages, activities, terms, people and what is doubtful."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=f"one of {accepted()}")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            # One byte beyond the limit is enough to refuse what is too large.
            with path.open("rb") as file:
                outline = read_document(file.read(MAX_BYTES + 1), path.name).outline
        except OSError:
            self._refuse(_("The file %(name)s cannot be opened.") % {"name": _shown(path)})
        except DocumentRefused as refusal:
            self._refuse(refusal.message)
        self.stdout.write(as_json(outline) if options["json"] else "\n".join(as_lines(outline)))

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(2)


def _shown(path: Path) -> str:
    """The name of a file whatever bytes it is made of."""
    return path.name.encode(errors="replace").decode()


def as_json(outline: Outline) -> str:
    """The contract of `outline_to_json`, readable."""
    return json.dumps(outline_to_json(outline), ensure_ascii=False, indent=2)


def as_lines(outline: Outline) -> Iterator[str]:
    """The outline for the eye: stages with their activities, then the warnings and what was left out."""
    yield outline.title or _("Untitled roadmap")
    yield from filter(None, (outline.organisation, _period(outline)))
    for stage in outline.stages:
        yield ""
        yield " ".join(filter(None, (stage.number, stage.name)))
        section = None
        for activity in stage.activities:
            if activity.section != section and activity.section:
                yield f"  {activity.section}"
            section = activity.section
            yield _activity(activity)
    yield from _listed(
        _("Look at:"), [f"{warning.where}: «{warning.quote}» {warning.text}" for warning in outline.warnings]
    )
    yield from _listed(_("Left out:"), outline.dropped)


def _period(outline: Outline) -> str:
    return " – ".join(f"{day:%d.%m.%Y}" for day in outline.period or ())


def _activity(activity: OutlineActivity) -> str:
    said = " ".join(filter(None, (activity.number, activity.text.replace("\n", " "))))
    further = [text.replace("\n", ", ") for _kind, text in activity.extra]
    beside = [activity.term.text.replace("\n", ", "), activity.responsible.text, *further]
    return " · ".join(filter(None, (f"    {said}", *beside)))


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from ("", heading)
        yield from (f"  {line}" for line in lines)
