"""Opening, keeping and discarding a draft."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from core.files import read_file
from core.models import Event, StoredFile
from roadmap.drafting.changes import write_fields
from roadmap.drafting.sheet import sheet_from_json
from roadmap.models import Draft
from roadmap.services.drafts import (
    DRAFT_KEPT,
    DraftClosed,
    FileRefused,
    discard_draft,
    discard_forgotten_drafts,
    open_draft,
    save_draft,
    settle_note,
)
from roadmap.services.programmes import make_programme
from tests.factories import actor_of
from tests.roadmap.samples import NAME, ROADMAP, opened

pytestmark = pytest.mark.django_db


def test_a_draft_holds_the_outline_the_lines_and_the_sealed_file(data_folder: Path) -> None:
    draft, by = opened()

    sheet = sheet_from_json(draft.entered)
    assert [part.fields["text"] for part in sheet.standing(sheet.activities)] == [
        "Встреча у новогодней ёлки",
        "Педагогический совет",
        "Анкетирование учеников",
    ]
    assert draft.lines[5].startswith("1.1\tВстреча")
    assert draft.source is not None
    assert read_file(draft.source) == ROADMAP.encode()
    assert all(ROADMAP.encode() not in path.read_bytes() for path in data_folder.glob("files/*/*"))
    assert Event.objects.filter(verb="open", thing=f"draft:{draft.pk}", actor=by.pseudonym).count() == 1


def test_a_refused_file_leaves_nothing_behind(data_folder: Path) -> None:
    with pytest.raises(FileRefused):
        open_draft(data=b"\x89PNG\r\n\x1a\n" + bytes(99), name="karta.docx", by=actor_of())

    assert (Draft.objects.count(), StoredFile.objects.count(), Event.objects.count()) == (0, 0, 0)
    assert list(data_folder.glob("files/*/*")) == []


def test_the_same_file_brought_twice_is_one_draft() -> None:
    draft, by = opened()

    again = open_draft(data=ROADMAP.encode(), name="Копия.txt", by=by)

    assert (again, StoredFile.objects.count()) == (draft, 1)


def test_two_schools_with_the_same_file_have_a_draft_each() -> None:
    first, _by = opened()
    second, _by = opened()

    assert first.school != second.school


def test_a_saved_part_is_there_after_a_reload() -> None:
    draft, by = opened()

    save_draft(draft=draft, change=partial(write_fields, key="a1", typed={"text": "Иное"}, seen=1), by=by)

    kept = Draft.objects.get(pk=draft.pk)
    assert sheet_from_json(kept.entered).parts["a1"].fields["text"] == "Иное"
    assert kept.changed_at > kept.created_at


def test_settling_is_kept_taken_back_and_journaled() -> None:
    draft, by = opened()

    settle_note(draft=draft, note="aa", settled=True, by=by)
    settle_note(draft=draft, note="aa", settled=True, by=by)
    assert Draft.objects.get(pk=draft.pk).settled == ["aa"]

    settle_note(draft=draft, note="aa", settled=False, by=by)
    assert Draft.objects.get(pk=draft.pk).settled == []
    verbs = Event.objects.filter(thing=f"draft:{draft.pk}").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["open", "settle", "settle", "unsettle"]


@pytest.mark.django_db(transaction=True)
def test_a_discarded_draft_takes_its_file_along(data_folder: Path) -> None:
    draft, by = opened()

    discard_draft(draft=draft, by=by)

    assert (Draft.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert list(data_folder.glob("files/*/*")) == []


def test_a_draft_that_is_a_programme_can_neither_be_changed_nor_discarded() -> None:
    draft, by = opened()
    make_programme(draft=draft, by=by)

    with pytest.raises(DraftClosed):
        save_draft(draft=draft, change=lambda sheet: None, by=by)
    with pytest.raises(DraftClosed):
        discard_draft(draft=draft, by=by)
    with pytest.raises(DraftClosed):
        settle_note(draft=draft, note="aa", settled=True, by=by)


def test_the_name_of_a_file_is_kept_without_its_path() -> None:
    draft = open_draft(data=ROADMAP.encode(), name="C:/../папка/" + NAME, by=actor_of())

    assert draft.source is not None
    assert draft.source.name == NAME


def test_a_draft_nobody_touched_for_a_month_goes_with_its_file_and_a_younger_one_stays() -> None:
    (old, _), (young, _) = opened(), opened()
    Draft.objects.filter(pk=old.pk).update(changed_at=timezone.now() - DRAFT_KEPT - timedelta(days=1))

    removed = discard_forgotten_drafts()

    assert removed == 1
    assert list(Draft.objects.values_list("pk", flat=True)) == [young.pk]
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [young.source_id]
