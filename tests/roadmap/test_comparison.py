"""Two states of a plan side by side: plain values in and out."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.comparison import MANY_WORDS, Comparison, Fate, RowPair, compare, word_pieces


def activity(key: int, text: str = "Групповая встреча", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "number": f"1.{key}",
        "section": "",
        "text": text,
        "term_text": "октябрь 2026",
        "windows": [[2026, "2026-10-01", "2026-10-31"]],
        "responsible_text": "Куратор",
        "extra": {},
        **more,
    }


def stage(key: int, *activities: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {"number": str(key), "name": f"Этап {key}", "goal": "", "task": "", "result": ""}
    return {"key": key, **said, "activities": list(activities), **more}


def content(*stages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "title": "Дорожная карта",
        "organisation": "Луговая школа",
        "preamble": "",
        "starts_on": "2026-09-01",
        "ends_on": "2027-05-31",
        "columns": [{"kind": "result", "title": "Итог"}],
        "approvals": [],
        "stages": list(stages),
        **more,
    }


def rows(between: Comparison) -> dict[int, RowPair]:
    return {row.key: row for stage in between.stages for row in stage.rows}


def fates(between: Comparison) -> list[tuple[int, list[tuple[int, str, bool]]]]:
    return [(one.key, [(row.key, row.fate.value, row.is_moved) for row in one.rows]) for one in between.stages]


def test_nothing_differs_from_itself() -> None:
    plan = content(stage(1, activity(1), activity(2)), stage(2))

    between = compare(plan, copy.deepcopy(plan))

    assert (between.differs, between.changed, fates(between)) == (
        False,
        0,
        [(1, [(1, "same", False), (2, "same", False)]), (2, [])],
    )


def test_what_was_added_and_taken_away_stands_at_its_place() -> None:
    old = content(stage(1, activity(1), activity(2), activity(3)))
    new = content(stage(1, activity(1), activity(4), activity(3)))

    assert fates(compare(old, new)) == [
        (1, [(1, "same", False), (2, "removed", False), (4, "added", False), (3, "same", False)])
    ]
    assert compare(old, new).changed == 2


def test_what_stands_elsewhere_was_moved_and_what_stood_still_was_not() -> None:
    old = content(stage(1, activity(1), activity(2)), stage(2, activity(3)))
    new = content(stage(1, activity(2), activity(1)), stage(2, activity(3)))
    across = content(stage(1, activity(1)), stage(2, activity(3), activity(2)))

    assert [row.is_moved for row in rows(compare(old, new)).values()].count(True) == 1
    assert fates(compare(old, across)) == [
        (1, [(1, "same", False)]),
        (2, [(3, "same", False), (2, "same", True)]),
    ]


def test_a_stage_that_is_gone_takes_its_activities_with_it() -> None:
    old, new = content(stage(1, activity(1)), stage(2, activity(2))), content(stage(2, activity(2)))

    assert fates(compare(old, new)) == [(1, [(1, "removed", False)]), (2, [(2, "same", False)])]
    assert [one.fate for one in compare(old, new).stages] == [Fate.REMOVED, Fate.SAME]
    assert [one.fate for one in compare(new, old).stages] == [Fate.ADDED, Fate.SAME]


def test_words_that_differ_are_marked_on_their_side() -> None:
    old, new = word_pieces("Групповая встреча всех пар", "Групповая беседа всех наших пар")

    assert old == (("Групповая", False), (" встреча", True), (" всех", False), (" пар", False))
    assert new == (("Групповая", False), (" беседа", True), (" всех", False), (" наших", True), (" пар", False))


def test_the_fields_say_what_was_changed() -> None:
    old = content(stage(1, activity(1, extra={"result": "Протокол"})))
    new = content(stage(1, activity(1, "Большая встреча", extra={"result": "Отчёт"}, responsible_text="")))

    row = rows(compare(old, new))[1]

    assert (row.fate, row.counts, [pair.name for pair in row.fields if pair.differs]) == (
        Fate.CHANGED,
        True,
        ["text", "responsible_text", "extra.Итог"],
    )


def test_days_are_told_once_and_alone_where_the_term_is_silent() -> None:
    before = activity(1)
    told = activity(1, term_text="ноябрь 2026", windows=[[2026, "2026-11-01", "2026-11-30"]])
    silent = activity(1, windows=[[2026, "2026-11-01", "2026-11-30"]])

    def differing(now: dict[str, Any]) -> list[str]:
        between = compare(content(stage(1, before)), content(stage(1, now)))
        return [pair.name for pair in rows(between)[1].fields if pair.differs]

    assert (differing(told), differing(silent)) == (["term_text"], ["days"])


def test_a_new_number_alone_is_shown_and_not_counted() -> None:
    between = compare(content(stage(1, activity(1))), content(stage(1, activity(1, number="1.7"))))

    assert (between.differs, between.changed, rows(between)[1].fate) == (True, 0, Fate.CHANGED)


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"title": "План"}, "title"),
        ({"ends_on": "2027-06-30"}, "period"),
        (
            {
                "approvals": [
                    {"word": "УТВЕРЖДАЮ", "by": "Директор", "person": "", "basis": "", "date": None, "number": ""}
                ]
            },
            "approvals",
        ),
        ({"columns": [{"kind": "result", "title": "Результат"}]}, "columns"),
    ],
)
def test_the_title_page_is_compared_too(more: dict[str, Any], name: str) -> None:
    between = compare(content(), content(**more))

    assert ([pair.name for pair in between.head if pair.differs], between.differs, between.changed) == ([name], True, 0)


def test_long_texts_are_compared_by_lines() -> None:
    old = "\n".join(f"Строка {number} о том же" for number in range(MANY_WORDS))

    there, here = word_pieces(old, old.replace("Строка 7 ", "Строка семь "))

    assert [piece.text for piece in there if piece.differs] == ["Строка 7 о том же"]
    assert [piece.text for piece in here if piece.differs] == ["Строка семь о том же"]


TEXT = st.text(alphabet="аб \n\t\u00a0.,", max_size=60)


@given(old=TEXT, new=TEXT)
def test_each_side_keeps_all_of_its_text_but_spaces_at_the_end(old, new):
    there, here = word_pieces(old, new)

    assert "".join(piece.text for piece in there).split() == old.split()
    assert "".join(piece.text for piece in here).split() == new.split()
    assert [piece.text.split() for piece in there if not piece.differs] == [
        piece.text.split() for piece in here if not piece.differs
    ]


KEYS = st.lists(st.integers(1, 9), unique=True, max_size=9)


@given(old=st.tuples(KEYS, KEYS), new=st.tuples(KEYS, KEYS))
def test_every_activity_of_either_side_stands_there_once(old, new):
    def plan(sides: tuple[list[int], list[int]]) -> dict[str, Any]:
        first, second = sides
        return content(
            stage(1, *map(activity, first)), stage(2, *(activity(key) for key in second if key not in first))
        )

    between = compare(plan(old), plan(new))

    shown = [row.key for one in between.stages for row in one.rows]
    assert sorted(shown) == sorted({*old[0], *old[1], *new[0], *new[1]})
    there, here = {*old[0], *old[1]}, {*new[0], *new[1]}
    assert {row.key for row in rows(between).values() if row.fate is Fate.ADDED} == here - there
    assert {row.key for row in rows(between).values() if row.fate is Fate.REMOVED} == there - here
    assert (between.changed == 0) == (plan(old) == plan(new))
