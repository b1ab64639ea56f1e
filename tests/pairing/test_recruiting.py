"""Mentors to look for: those that are asked for, by what they would bring."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from pairing.matching import Instance, Solution, solve
from pairing.recruiting import Wanted, wanted_mentors
from pairing.scoring import MenteeProfile, MentorProfile, Table, score_table
from tests.pairing.profiles import mentee_of, mentor_of, schools

MATHS, CHEMISTRY = {1: "Математика"}, {2: "Химия"}
TUESDAY, WEDNESDAY = frozenset({215, 216}), frozenset({315, 316})


def solved(table: Table) -> tuple[Instance, Solution]:
    instance = Instance(table.scores(), np.array([row.party.free for row in table.mentors], dtype=int), (), ())
    return instance, solve(instance)


def wanted(mentees: list[MenteeProfile], mentors: list[MentorProfile], **more: Any) -> list[str]:
    table = score_table(mentees, mentors)
    return [one.words for one in wanted_mentors(table, *solved(table), **more)]


def test_the_mentor_who_would_help_most_comes_first() -> None:
    mentees = [mentee_of(key, areas=MATHS, hours=TUESDAY) for key in range(1, 6)]
    mentees += [mentee_of(key, areas=CHEMISTRY, hours=WEDNESDAY) for key in (6, 7)]
    mentor = mentor_of(areas={3: "История"}, hours=frozenset({510}), party={"places": 6})

    assert wanted(mentees, [mentor]) == [
        "Наставник по математике, свободный во вторник, даст пару ещё пятерым",
        "Наставник по химии, свободный в среду, даст пару ещё двоим",
    ]
    assert wanted(mentees, [mentor], most=1) == ["Наставник по математике, свободный во вторник, даст пару ещё пятерым"]


def test_those_who_are_badly_served_are_helped_too() -> None:
    mentees = [mentee_of(key, areas=MATHS) for key in (1, 2, 3)]
    mentor = mentor_of(areas=CHEMISTRY, party={"places": 2})

    assert wanted(mentees, [mentor]) == ["Наставник по математике поможет троим, из них одному даст пару"]
    assert wanted(mentees[:2], [mentor]) == ["Наставник по математике поможет двоим"]


def test_where_nothing_is_known_of_the_request_the_day_or_any_mentor_is_asked_for() -> None:
    assert wanted([mentee_of(hours=TUESDAY)], [mentor_of(hours=WEDNESDAY)]) == [
        "Наставник, свободный во вторник, даст пару ещё одному"
    ]
    assert wanted([mentee_of()], []) == ["Ещё один наставник даст пару ещё одному"]


def test_nobody_is_looked_for_where_all_are_well_served_or_can_not_be_helped() -> None:
    without_consent = mentee_of(areas=MATHS, party={"has_processing_consent": False})
    served = mentee_of(areas=MATHS, request="Математика")

    assert wanted([without_consent], []) == []
    assert wanted([served], [mentor_of(areas=MATHS, competences="Математика")]) == []
    assert wanted([], [mentor_of()]) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "Ещё один наставник поможет одному"),
        (7, "Ещё один наставник поможет семерым"),
        (8, "Ещё один наставник поможет 8 наставляемым"),
        (21, "Ещё один наставник поможет 21 наставляемому"),
    ],
)
def test_people_are_counted_in_words_as_long_as_they_are_few(number: int, words: str) -> None:
    assert Wanted(None, None, 0, 9, tuple(range(number))).words == words


@settings(max_examples=15)
@given(schools(most=4))
def test_every_mentor_to_look_for_brings_what_is_said_of_him(
    school: tuple[list[MenteeProfile], list[MentorProfile]],
) -> None:
    table = score_table(*school)

    for one in wanted_mentors(table, *solved(table)):
        assert (one.served, one.total) > (0, 0)
        assert len(one.helped) >= one.served


def test_what_solving_again_would_do_is_not_put_down_to_a_new_mentor() -> None:
    table = score_table([mentee_of(areas=MATHS)], [mentor_of(areas=MATHS)])
    instance, best = solved(table)
    nobody = Solution((), 0, 0.0, None, None, 0, best.aim, best.filling)

    assert wanted_mentors(table, instance, nobody) == []
