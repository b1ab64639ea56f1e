"""The working copy of a draft: read, edited, judged, finished; plain values only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from roadmap.drafting.changes import (
    add_part,
    delete_part,
    move_part,
    restore_part,
    settle_rival,
    take_dropped,
    write_fields,
)
from roadmap.drafting.faults import faults_of, faulty_parts
from roadmap.drafting.finishing import outline_of
from roadmap.drafting.opening import sheet_of
from roadmap.drafting.page import draft_page
from roadmap.drafting.sheet import ACTIVITY, HEAD, Sheet, parse_day, sheet_from_json, sheet_to_json
from roadmap.outline import Outline
from roadmap.reading import read_document
from tests.roadmap.samples import NAME, ROADMAP

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def outline() -> Outline:
    return read_document(ROADMAP.encode(), NAME).outline


@pytest.fixture
def sheet(outline: Outline) -> Sheet:
    return sheet_of(outline, today=TODAY)


def texts(sheet: Sheet) -> list[list[str]]:
    return [
        [part.fields["number"] for part in sheet.of_stage(stage.key) if not part.gone]
        for stage in sheet.standing(sheet.stages)
    ]


def test_a_sheet_survives_being_stored(sheet: Sheet) -> None:
    stored = json.loads(json.dumps(sheet_to_json(sheet)))

    assert sheet_from_json(stored) == sheet


def test_an_untouched_sheet_gives_the_outline_back(sheet: Sheet, outline: Outline) -> None:
    assert outline_of(sheet, outline.columns) == replace(outline, warnings=(), dropped=())


def test_an_unknown_term_is_kept_with_a_note_and_without_days(sheet: Sheet) -> None:
    part = sheet.parts["a2"]

    assert (part.fields["term"], part.windows) == ("по первому снегу", ())
    assert [note.code for note in part.open_notes()] == ["unknown_term"]


def test_a_term_is_read_anew_when_it_is_changed(sheet: Sheet) -> None:
    part = write_fields(sheet, "a2", {"term": "до 15 ноября 2026 года"}, seen=1)

    assert part.windows == ((date(2026, 11, 15), date(2026, 11, 15)),)
    assert part.open_notes() == []


def test_days_set_by_hand_stand_in_the_place_of_the_term(sheet: Sheet) -> None:
    part = write_fields(sheet, "a2", {"starts_on": "2026-11-01", "ends_on": "30.11.2026"}, seen=1)

    assert part.windows == ((date(2026, 11, 1), date(2026, 11, 30)),)
    assert part.open_notes() == []
    assert outline_of(sheet, ()).stages[0].activities[1].term.kind == "range"


def test_another_period_reads_every_term_anew(sheet: Sheet) -> None:
    write_fields(sheet, "a1", {"term": "в течение учебного года"}, seen=1)

    write_fields(sheet, HEAD, {"starts_on": "2027-09-01", "ends_on": "2028-08-31"}, seen=1)

    assert sheet.parts["a1"].windows[0][0].year == 2027


def test_responsible_people_are_read_anew(sheet: Sheet) -> None:
    part = write_fields(sheet, "a1", {"responsible": "педагог-психолог Т.В. Рябинина"}, seen=1)

    assert [(person.role, person.name) for person in part.people] == [("педагог-психолог", "Т.В. Рябинина")]


def test_what_another_window_wrote_over_is_kept_beside(sheet: Sheet) -> None:
    write_fields(sheet, "a1", {"text": "Первый"}, seen=1)

    part = write_fields(sheet, "a1", {"text": "Второй"}, seen=1)

    assert part.fields["text"] == "Первый"
    assert part.rival is not None
    assert part.rival["text"] == "Второй"


@pytest.mark.parametrize(("take", "text"), [(True, "Второй"), (False, "Первый")])
def test_the_curator_chooses_between_two_windows(sheet: Sheet, take: bool, text: str) -> None:
    write_fields(sheet, "a1", {"text": "Первый"}, seen=1)
    write_fields(sheet, "a1", {"text": "Второй"}, seen=1)

    settle_rival(sheet, "a1", take=take)

    assert (sheet.parts["a1"].fields["text"], sheet.parts["a1"].rival) == (text, None)


def test_the_same_text_from_a_stale_window_is_no_quarrel(sheet: Sheet) -> None:
    write_fields(sheet, "a1", {"text": "Первый"}, seen=1)

    assert write_fields(sheet, "a1", {"text": "Первый"}, seen=1).rival is None


def test_an_activity_moves_within_its_stage_and_over_its_edge(sheet: Sheet) -> None:
    move_part(sheet, "a1", by=1)
    assert texts(sheet) == [["1.2", "1.1"], ["2.1"]]

    move_part(sheet, "a1", by=1)
    assert texts(sheet) == [["1.2"], ["1.1", "2.1"]]

    move_part(sheet, "a1", by=-1)
    assert texts(sheet) == [["1.2", "1.1"], ["2.1"]]


@pytest.mark.parametrize(("key", "by"), [("a1", -1), ("a3", 1), ("s1", -1), ("s2", 1), (HEAD, 1)])
def test_at_the_very_edge_nothing_moves(sheet: Sheet, key: str, by: int) -> None:
    before = sheet_to_json(sheet)

    move_part(sheet, key, by=by)

    assert sheet_to_json(sheet) == before


def test_a_stage_moves_with_its_activities(sheet: Sheet) -> None:
    move_part(sheet, "s2", by=-1)

    assert texts(sheet) == [["2.1"], ["1.1", "1.2"]]


def test_what_was_deleted_comes_back_as_it_was(sheet: Sheet) -> None:
    before = sheet_to_json(sheet)
    delete_part(sheet, "s1")
    assert texts(sheet) == [["2.1"]]

    restore_part(sheet, "s1")

    assert sheet_to_json(sheet) == before


def test_what_was_deleted_is_not_in_the_programme(sheet: Sheet) -> None:
    delete_part(sheet, "a2")

    assert [len(stage.activities) for stage in outline_of(sheet, ()).stages] == [1, 1]


def test_a_dropped_line_becomes_an_activity_behind_its_neighbour(sheet: Sheet) -> None:
    line = sheet.parts["a1"].line
    assert line is not None

    part = take_dropped(sheet, 0, "Забытая строка", line + 1)

    assert [found.key for found in sheet.of_stage("s1")] == ["a1", part.key, "a2"]
    assert (part.fields["text"], sheet.taken) == ("Забытая строка", [0])


def test_a_new_activity_is_faulty_until_it_says_something(sheet: Sheet) -> None:
    part = add_part(sheet, ACTIVITY, stage="s1")

    assert [found.key for found, _faults in faulty_parts(sheet)] == [part.key]
    assert list(faults_of(part, sheet)) == ["text"]


@pytest.mark.parametrize(
    ("key", "typed", "faulty"),
    [
        ("a1", {"text": "  "}, ["text"]),
        ("a1", {"number": "1" * 21}, ["number"]),
        ("a1", {"starts_on": "2026-11-01"}, ["ends_on"]),
        ("a1", {"starts_on": "вчера", "ends_on": "2026-11-01"}, ["starts_on"]),
        ("a1", {"starts_on": "2026-11-02", "ends_on": "2026-11-01"}, ["ends_on"]),
        ("a1", {"starts_on": "0026-11-02", "ends_on": "2026-11-01"}, ["starts_on"]),
        ("s1", {"name": ""}, ["name"]),
        (HEAD, {"title": ""}, ["title"]),
        (HEAD, {"ends_on": ""}, ["ends_on"]),
        (HEAD, {"starts_on": "2026-09-01", "ends_on": "2046-09-01"}, ["ends_on"]),
    ],
)
def test_faults_stand_at_their_fields_and_what_was_typed_stays(
    sheet: Sheet, key: str, typed: dict[str, str], faulty: list[str]
) -> None:
    part = write_fields(sheet, key, typed, seen=1)

    assert list(faults_of(part, sheet)) == faulty
    assert {name: part.fields[name] for name in typed} == typed


def test_an_activity_cannot_be_typed_out_of_sight(sheet: Sheet) -> None:
    assert write_fields(sheet, "a1", {"stage": "s99"}, seen=1).fields["stage"] == "s1"


def test_a_settled_note_is_no_longer_open(sheet: Sheet) -> None:
    key = draft_page(sheet, (), TODAY).open_notes[0].key

    page = draft_page(sheet, [key], TODAY)

    assert (len(page.notes), page.open_notes) == (1, [])


def test_a_document_without_dates_is_offered_this_school_year() -> None:
    outline = read_document(ROADMAP.replace(" на 2026-2027 учебный год", "").encode(), NAME).outline
    sheet = sheet_of(replace(outline, period=None), today=TODAY)

    assert sheet.period == (date(2026, 9, 1), date(2027, 8, 31))
    assert "no_period" in {note.code for note in sheet.parts[HEAD].open_notes()}
    write_fields(sheet, HEAD, {"starts_on": "2026-10-01"}, seen=1)
    assert "no_period" not in {note.code for note in sheet.parts[HEAD].open_notes()}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-31", date(2026, 10, 31)),
        (" 31.10.2026 ", date(2026, 10, 31)),
        ("31.02.2026", None),
        ("", None),
        ("..", None),
        ("завтра", None),
    ],
)
def test_a_day_is_read_in_both_spellings(text: str, day: date | None) -> None:
    assert parse_day(text) == day
