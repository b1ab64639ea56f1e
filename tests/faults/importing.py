"""What a process does on the site of a test of imports; `python -m tests.faults.importing VERB` prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from core.journal import broken_links  # noqa: E402  after the set-up
from participants.models import Guardian, Guardianship, PeopleSheet, Person, SheetRow  # noqa: E402
from tests.factories import SchoolFactory  # noqa: E402
from tests.participants.spreadsheets import HEAD, xlsx  # noqa: E402


def school() -> int:
    return int(SchoolFactory().pk)


def sheet(path: str, count: str, bad: str = "0") -> None:
    """A file of so many pupils with a mother each; the day of the one in row `bad` is none."""
    head = (*HEAD, "ФИО матери", "Телефон матери")
    rows = [
        (
            "Ёлкина", "Зоя", "Петровна", f"{1 + n % 28:02}.{1 + n // 28 % 12:02}.{1 + n // 336 + 2010}", "7Б",
            "Ёлкина Анна Ивановна", f"8900{n:07}",
        )
        for n in range(int(count))
    ]  # fmt: skip
    if int(bad):
        rows[int(bad) - 2] = (*rows[int(bad) - 2][:3], "32.13.2012", *rows[int(bad) - 2][4:])
    Path(path).write_bytes(xlsx([head, *rows]))


def counts() -> dict[str, int]:
    """How much of an import there is."""
    return {
        "people": Person.objects.count(),
        "guardians": Guardian.objects.count(),
        "ties": Guardianship.objects.count(),
        "sheets": PeopleSheet.objects.count(),
        "rows": SheetRow.objects.count(),
        "broken": len(list(broken_links())),
    }


VERBS: dict[str, Callable[..., object]] = {"school": school, "sheet": sheet, "counts": counts}

if __name__ == "__main__":
    print(json.dumps(VERBS[sys.argv[1]](*sys.argv[2:])))
