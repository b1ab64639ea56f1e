"""Brings the people of a spreadsheet into the register of a school."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from core.errors import DomainError
from core.models import School
from participants.models import MentoringForm, PeopleSheet, RowStatus, SheetRow, SheetSide
from participants.services.cycles import current_cycle, today_in
from participants.services.sheet_rows import as_json
from participants.services.sheet_steps import import_at_once, read_people
from participants.sheets.known import form_key
from participants.sheets.opening import MAX_BYTES

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Bring the people of a spreadsheet into the register of a school, or say what would become of each row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=".xlsx, .xls, .ods or .csv")
        parser.add_argument("--school", metavar="ID", type=int, required=True, help="the school's key")
        parser.add_argument("--as", dest="side", choices=SheetSide.values, required=True, help="as whom they come in")
        parser.add_argument("--form", metavar="NAME", default="", help="the form of mentoring they take part in")
        parser.add_argument("--sheet", metavar="NAME", help="the sheet of the file; else the first with people in it")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--whole", action="store_true", help="write nothing while a row is wrong")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        school = School.objects.filter(pk=options["school"]).first()
        if school is None:
            self._refuse(_("There is no school with the key %(key)s.") % {"key": options["school"]})
        try:
            sheet, rows = self._imported(school, options)
        except OSError:
            self._refuse(_("The file %(name)s cannot be opened.") % {"name": options["file"].name})
        except DomainError as refusal:
            self._refuse(str(refusal))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(sheet, rows), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(rows)))

    def _imported(self, school: School, options: dict[str, Any]) -> tuple[PeopleSheet, list[SheetRow]]:
        path: Path = options["file"]
        # One byte beyond the limit is enough to refuse what is too large.
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        _book, table = read_people(data, school=school, side=options["side"], sheet_name=options["sheet"])
        return import_at_once(
            school=school,
            side=options["side"],
            cycle=current_cycle(school, today_in(school)),
            form=_form(school, options["form"]),
            name=path.name.encode(errors="replace").decode(),
            table=table,
            writes=not options["dry_run"],
            whole=options["whole"],
            by=SYSTEM,
        )

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(2)


def _form(school: School, name: str) -> MentoringForm | None:
    """The school's form of this name. Raises DomainError where it has none."""
    if not name:
        return None
    found = next(
        (form for form in MentoringForm.objects.filter(school=school) if form_key(form.name) == form_key(name)), None
    )
    if found is None:
        raise DomainError(_("The school has no form of mentoring called «%(name)s».") % {"name": name})
    return found


def _lines(rows: Sequence[SheetRow]) -> Iterator[str]:
    """The rows that ask for a look, then how many there are of each kind."""
    for row in rows:
        for error in row.errors:
            yield f"{row.number}: {error['column']}: {error['text']}"
    counts = Counter(row.status for row in rows)
    yield ", ".join(f"{RowStatus(status).label}: {count}" for status, count in counts.items()) or _("No rows.")
