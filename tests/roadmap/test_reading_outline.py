"""The outline as JSON: the published contract, and the draft that loses nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest

from roadmap.outline import (
    Approval,
    Column,
    Outline,
    OutlineActivity,
    OutlineStage,
    OutlineWarning,
    Person,
    Responsible,
    outline_from_draft,
    outline_to_draft,
    outline_to_json,
)
from roadmap.reading import read_document
from roadmap.terms import Term, TermWarning
from tests.roadmap.documents import TWINS, twin

TERM = Term(
    "Июнь – август 2023",
    "range",
    ((date(2023, 6, 1), date(2023, 8, 31)),),
    "FREQ=MONTHLY",
    (TermWarning("odd", "Июнь", "Посмотрите на срок."),),
)
EMPTY_TERM = Term("", "none", (), None)
FULL = Outline(
    title="Дорожная карта",
    organisation="МБОУ «Школа № 5»",
    preamble="Цели.\nФормы.",
    period=(date(2023, 6, 1), date(2024, 5, 31)),
    approvals=(
        Approval("УТВЕРЖДАЮ", "Директор", "П.П. Полев", "Приказ", date(2023, 8, 31), "137/к"),
        Approval("СОГЛАСОВАНО", None, None, None, None, None),
    ),
    stages=(
        OutlineStage(
            "1",
            "Подготовка условий",
            "цель",
            "задача",
            "результат",
            (
                OutlineActivity(
                    "1.1",
                    "Приказы",
                    "Издание приказа",
                    TERM,
                    Responsible("Директор П.П. Полев", (Person("Директор", "П.П. Полев"), Person("Куратор", None))),
                    12,
                ),
                OutlineActivity(None, None, "Педсовет", EMPTY_TERM, Responsible("", ()), None),
            ),
        ),
        OutlineStage(None, "Итоги", None, None, None, ()),
    ),
    warnings=(OutlineWarning("gap", "1.1", "1.1", "Пропуск."), OutlineWarning("noise", 40, "abc", "Мусор.")),
    dropped=("№\tМероприятие",),
    columns=(Column("number", "№"), Column("activity", "Мероприятие")),
)


def test_the_contract_has_exactly_these_keys_and_values():
    assert outline_to_json(FULL) == {
        "title": "Дорожная карта",
        "organisation": "МБОУ «Школа № 5»",
        "preamble": "Цели.\nФормы.",
        "period": {"start": "2023-06-01", "end": "2024-05-31"},
        "approvals": [
            {
                "word": "УТВЕРЖДАЮ",
                "by": "Директор",
                "person": "П.П. Полев",
                "basis": "Приказ",
                "date": "2023-08-31",
                "number": "137/к",
            },
            {"word": "СОГЛАСОВАНО", "by": None, "person": None, "basis": None, "date": None, "number": None},
        ],
        "stages": [
            {
                "number": "1",
                "name": "Подготовка условий",
                "goal": "цель",
                "task": "задача",
                "result": "результат",
                "activities": [
                    {
                        "number": "1.1",
                        "section": "Приказы",
                        "text": "Издание приказа",
                        "term": {
                            "text": "Июнь – август 2023",
                            "kind": "range",
                            "windows": [["2023-06-01", "2023-08-31"]],
                            "recurrence": "FREQ=MONTHLY",
                        },
                        "responsible": {
                            "text": "Директор П.П. Полев",
                            "people": [
                                {"role": "Директор", "name": "П.П. Полев"},
                                {"role": "Куратор", "name": None},
                            ],
                        },
                    },
                    {
                        "number": None,
                        "section": None,
                        "text": "Педсовет",
                        "term": {"text": None, "kind": "none", "windows": [], "recurrence": None},
                        "responsible": {"text": None, "people": []},
                    },
                ],
            },
            {"number": None, "name": "Итоги", "goal": None, "task": None, "result": None, "activities": []},
        ],
        "warnings": [
            {"code": "gap", "where": "1.1", "quote": "1.1", "text": "Пропуск."},
            {"code": "noise", "where": 40, "quote": "abc", "text": "Мусор."},
        ],
        "dropped": ["№\tМероприятие"],
    }


def test_an_empty_outline_is_null_and_empty_lists():
    nothing = Outline(None, None, None, None, (), (), (), (), ())
    assert outline_to_json(nothing) == {
        "title": None,
        "organisation": None,
        "preamble": None,
        "period": None,
        "approvals": [],
        "stages": [],
        "warnings": [],
        "dropped": [],
    }


def test_a_draft_read_back_is_the_same_outline():
    assert outline_from_draft(json.loads(json.dumps(outline_to_draft(FULL)))) == FULL


@pytest.mark.parametrize("name", TWINS)
def test_the_draft_of_a_twin_read_back_is_the_same_outline(name):
    outline = read_document(twin(name), "plan.txt").outline
    assert outline_from_draft(json.loads(json.dumps(outline_to_draft(outline)))) == outline


def test_something_else_is_no_draft():
    with pytest.raises(KeyError):
        outline_from_draft({"title": None})
