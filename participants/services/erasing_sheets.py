"""What uploaded spreadsheets and piles still say of a person: his rows and pages, and the files that name him."""

from __future__ import annotations

import json
from typing import Any

from core.actors import Actor
from core.files import delete_file
from core.russian import search_key
from participants.models import Guardian, PeopleSheet, Person, PilePage, SheetRow, SheetState
from participants.papers import categories
from participants.services.sheet_steps import remove_sheet


def erase_sheets(person: Person, by: Actor) -> list[str]:
    """Delete the rows that are tied to him or name him.

    A sheet that is not looked over yet goes whole: which rows its sealed file has is not known, and it can be sent anew.
    """
    marks = marks_of(person)
    rows = SheetRow.objects.filter(sheet__school=person.school_id).order_by("pk")
    doomed = [row for row in rows.iterator(2000) if row.person_id == person.pk or _names(row, marks)]
    SheetRow.objects.filter(pk__in=[row.pk for row in doomed]).delete()
    sheets = PeopleSheet.objects.filter(state=SheetState.READ, school=person.school_id)
    for sheet in sheets.select_related("school", "source__school"):
        remove_sheet(sheet, by=by)
    return [categories.SHEETS] * bool(doomed)


def marks_of(person: Person) -> list[list[str]]:
    """By what he is known in a text: all of the words of one list; his name, his address, his guardians' addresses."""
    contacts = [person.email, person.phone]
    for guardian in Guardian.objects.filter(guardianships__minor=person):
        contacts += [guardian.email, guardian.phone]
    name = [search_key(person.surname), search_key(person.given_name)]
    return [name, *([search_key(contact)] for contact in contacts if contact)]


def _names(row: SheetRow, marks: list[list[str]]) -> bool:
    told: tuple[Any, ...] = (row.cells, row.changes, row.errors, row.undo)
    text = search_key(json.dumps(told, ensure_ascii=False))
    return any(all(word in text for word in words) for words in marks)


def erase_pile_pages(person: Person, by: Actor) -> list[str]:
    """Let go of the scanned pages that were his; the picture of a filed one belongs to the consent."""
    for page in PilePage.objects.filter(consent__person=person).select_related("file__school"):
        file, page.file, page.consent, page.reason = page.file, None, None, ""
        page.save()
        if file:
            delete_file(file, by=by)
    return []
