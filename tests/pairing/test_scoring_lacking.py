"""What is said of a mentee for whom there is nobody."""

from __future__ import annotations

from typing import Any

import pytest

from pairing.rules import FormRules, Rule
from pairing.scoring import score_table
from pairing.scoring.lacking import lack_of
from tests.pairing.profiles import mentee_of, mentor_of

TUESDAY, WEDNESDAY = frozenset({215, 216}), frozenset({315})
CHEMISTRY = {"areas": {1: "Химия"}}
NOT_READY = {"is_ready": False}
FULL = {"party": {"places": 1, "standing": 1}}


@pytest.mark.parametrize(
    ("mentee", "mentors", "words"),
    [
        ({}, [], "Наставников в этой форме пока нет"),
        ({"hours": TUESDAY}, [{"hours": WEDNESDAY}], "Нет наставника, свободного во вторник"),
        (
            {"hours": TUESDAY | {310}, **CHEMISTRY},
            [{"hours": WEDNESDAY, **CHEMISTRY}],
            "Нет наставника по химии, свободного во вторник или в среду",
        ),
        (
            {"areas": {1: "Химия", 2: "Физика", 3: "История"}, "hours": TUESDAY},
            [{"hours": WEDNESDAY}],
            "Нет наставника по химии или по физике, свободного во вторник",
        ),
        (CHEMISTRY, [{"areas": {2: "Физика"}}], "Нет наставника по химии"),
        ({"request": "Вязание крючком"}, [{"competences": "Физика"}], "Нет наставника под запрос «вязание крючком»"),
        (CHEMISTRY, [CHEMISTRY], "У тех, кто подходит, не осталось мест: Ольхин 100."),
        (
            {},
            [{}, {}, {}, {}, {}],
            "У тех, кто подходит, не осталось мест: Ольхин 100., Ольхин 101., Ольхин 102. и ещё 2",
        ),
        (
            {},
            [NOT_READY, FULL, FULL],
            "Никто из наставников не подходит: нет свободных мест – 2, собеседование и обучение впереди – 1",
        ),
        (
            {"party": {"has_processing_consent": False, "is_filled": False}},
            [{}],
            "Согласие на обработку персональных данных не действует; запрос ещё не записан",
        ),
    ],
)
def test_what_is_missing_is_told_from_the_rules_that_shut_out_the_mentors(
    mentee: Any, mentors: list[Any], words: str
) -> None:
    table = score_table([mentee_of(**mentee)], [mentor_of(100 + number, **one) for number, one in enumerate(mentors)])

    assert lack_of(table, 0).words == words


def test_each_mentor_is_counted_once_under_what_concerns_himself_first() -> None:
    mentee = mentee_of(hours=TUESDAY, age=10, past=frozenset({102}))
    mentors = [
        mentor_of(100, hours=WEDNESDAY, is_ready=False),
        mentor_of(101, hours=WEDNESDAY, wanted_age_from=12),
        mentor_of(102, wanted_age_from=12),
        mentor_of(103, hours=WEDNESDAY),
    ]

    lack = lack_of(score_table([mentee], mentors, rules=FormRules()), 0)

    assert lack.shut_out == {Rule.STATUS: 1, Rule.PAST: 1, Rule.AGE: 1, Rule.HOURS: 1}
