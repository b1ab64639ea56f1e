"""Columns beyond the usual ones, from the document through the draft and the programme to the paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.test import Client

from core.actors import Actor
from roadmap.drafting.changes import write_fields
from roadmap.drafting.finishing import outline_of
from roadmap.drafting.opening import sheet_of
from roadmap.drafting.page import draft_page
from roadmap.drafting.sheet import sheet_from_json, sheet_to_json
from roadmap.forms.drafts import PART_FORMS
from roadmap.models import Activity
from roadmap.outline import Outline, outline_to_json
from roadmap.papers.table import printed_columns, table_bodies
from roadmap.reading import read_document
from roadmap.services.drafts import open_draft, save_draft
from roadmap.services.papers import read_roadmap_paper
from roadmap.services.programmes import make_programme
from tests.factories import actor_of
from tests.roadmap.documents import drawn, twin
from tests.roadmap.samples import opened

LogIn = Callable[[Actor], Client]
TODAY = date(2025, 11, 22)
TITLES = {"partner": "Соисполнители", "result": "Ожидаемый результат"}


@pytest.fixture(scope="module")
def outline() -> Outline:
    return read_document(drawn("drawn_sections"), "plan.docx").outline


def test_an_untouched_sheet_gives_every_column_back(outline: Outline) -> None:
    sheet = sheet_from_json(json.loads(json.dumps(sheet_to_json(sheet_of(outline, today=TODAY)))))

    assert outline_of(sheet, outline.columns) == replace(outline, warnings=(), dropped=())


def test_what_is_typed_into_a_column_is_in_the_outline_and_an_emptied_one_is_not(outline: Outline) -> None:
    sheet = sheet_of(outline, today=TODAY)

    write_fields(sheet, "a1", {"result": " Приказ № 1 ", "partner": ""}, seen=1)

    assert outline_of(sheet, outline.columns).stages[0].activities[0].extra == (("result", "Приказ № 1"),)


def test_a_draft_stored_before_there_were_such_columns_still_opens() -> None:
    sheet = sheet_of(read_document(twin("one_list"), "plan.txt").outline, today=TODAY)
    stored = sheet_to_json(sheet)
    del stored["titles"]
    for key in sheet.activities:
        for kind in ("result", "document", "partner", "other", "other2", "other3"):
            del stored["parts"][key]["fields"][kind]

    assert sheet_from_json(stored) == sheet


def test_the_form_of_an_activity_has_the_columns_of_its_document_under_their_own_titles(outline: Outline) -> None:
    sheet = sheet_of(outline, today=TODAY)
    plain = sheet_of(read_document(twin("one_list"), "plan.txt").outline, today=TODAY)

    form, usual = PART_FORMS["a"](sheet.parts["a1"], sheet), PART_FORMS["a"](plain.parts["a1"], plain)

    assert {name: form.fields[name].label for name in form.fields if name not in usual.fields} == TITLES
    assert form["result"].value() == "Приказ"


def test_the_page_names_what_stands_in_the_columns(outline: Outline) -> None:
    page = draft_page(sheet_of(outline, today=TODAY), (), TODAY)

    assert [card.extra for block in page.stages for card in block.activities][:3] == [
        (("Соисполнители", "Юрисконсульт"), ("Ожидаемый результат", "Приказ")),
        (
            ("Соисполнители", "Методический совет\nПрофсоюзный комитет"),
            ("Ожидаемый результат", "Положение утверждено и размещено на сайте"),
        ),
        (("Соисполнители", "Классные руководители"), ("Ожидаемый результат", "Сводная таблица запросов")),
    ]


def test_json_names_the_columns_by_their_titles_and_only_where_there_is_something(outline: Outline) -> None:
    content = outline_to_json(outline)

    assert content["stages"][0]["activities"][0]["extra"] == {
        "Ожидаемый результат": "Приказ",
        "Соисполнители": "Юрисконсульт",
    }
    assert content["stages"][4]["activities"][0]["extra"] == {"Ожидаемый результат": "Приказ"}
    plain = outline_to_json(read_document(twin("one_list"), "plan.txt").outline)
    assert {"extra" in one for stage in plain["stages"] for one in stage["activities"]} == {False}


@pytest.mark.django_db
def test_a_programme_prints_the_columns_in_the_order_of_the_school() -> None:
    by = actor_of()
    draft = open_draft(data=drawn("drawn_sections"), name="Дорожная карта.docx", by=by)
    save_draft(draft=draft, change=partial(write_fields, key="a5", typed={"partner": "Юрисконсульт"}, seen=1), by=by)

    paper = read_roadmap_paper(make_programme(draft=draft, by=by))

    assert Activity.objects.get(number="5").extra == {"partner": "Юрисконсульт", "result": "Приказ"}
    assert [column.kind for column in printed_columns(paper)] == [
        *("number", "content", "term", "responsible", "partner", "result")
    ]
    rows = [row for body in table_bodies(paper) for row in body.rows if row.kind == "activity"]
    assert [[line.text for cell in row.cells[4:] for line in cell.lines] for row in rows][4] == [
        "Юрисконсульт",
        "Приказ",
    ]


@pytest.mark.django_db
def test_a_column_is_read_and_written_on_the_page(log_in: LogIn) -> None:
    by = actor_of()
    draft = open_draft(data=drawn("drawn_sections"), name="Дорожная карта.docx", by=by)
    browser, url = log_in(by), f"/drafts/{draft.pk}/"

    page = browser.get(url).content.decode()
    browser.post(url, {"part": "a1", "seen": "1", "number": "1", "stage": "s1", "text": "Приказ", "result": "Подписан"})

    assert "<dt>Соисполнители</dt>" in page
    draft.refresh_from_db()
    fields = sheet_from_json(draft.entered).parts["a1"].fields
    assert (fields["result"], fields["partner"], fields["text"]) == ("Подписан", "Юрисконсульт", "Приказ")


@pytest.mark.django_db
def test_a_draft_without_such_columns_shows_none(log_in: LogIn) -> None:
    draft, by = opened()

    assert "part-extra" not in log_in(by).get(f"/drafts/{draft.pk}/").content.decode()
