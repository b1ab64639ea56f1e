"""The score of pairs: properties that hold for everybody, and each rule and part by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.matching import Aim, Instance, solve
from pairing.rules import LIFTABLE, FormRules, Rule
from pairing.scoring import (
    PARTS,
    MenteeProfile,
    MentorProfile,
    Part,
    Weights,
    reasons_for,
    score_table,
)
from pairing.scoring.reasons import objections
from tests.pairing.profiles import mentee_of, mentor_of, schools

School = tuple[list[MenteeProfile], list[MentorProfile]]
WEIGHTS = st.builds(Weights, **{str(part): st.integers(0, 100) for part in PARTS})
RULES = st.builds(FormRules, st.booleans(), st.booleans(), st.none() | st.integers(0, 5))


@settings(max_examples=40)
@given(schools(), WEIGHTS, RULES)
def test_the_shares_make_the_score_and_the_score_is_up_to_a_hundred(
    school: School, weights: Weights, rules: FormRules
) -> None:
    table = score_table(*school, weights, rules)
    pairs = [(i, j) for i in range(len(school[0])) for j in range(len(school[1]))]

    assert [sum(int(table.parts[part][pair]) for part in PARTS) for pair in pairs] == [table.total[p] for p in pairs]
    assert [sum(one.points for one in reasons_for(table, *p)) for p in pairs] == [table.total[p] for p in pairs]
    assert (table.total.min() >= 0, table.total.max() <= 100) == (True, True)


@settings(max_examples=30)
@given(schools(), WEIGHTS, RULES, st.randoms())
def test_the_score_of_a_pair_follows_from_these_two_and_nobody_else(
    school: School, weights: Weights, rules: FormRules, chance: Any
) -> None:
    mentees, mentors = school
    table = score_table(mentees, mentors, weights, rules)
    i, j = chance.randrange(len(mentees)), chance.randrange(len(mentors))

    alone = score_table([mentees[i]], [mentors[j]], weights, rules)

    assert alone.total[0, 0] == table.total[i, j]
    assert alone.broken_rules(0, 0) == table.broken_rules(i, j)
    assert reasons_for(alone, 0, 0) == reasons_for(table, i, j)
    assert objections(alone, 0, 0) == objections(table, i, j)


@settings(max_examples=20)
@given(schools(), WEIGHTS)
def test_the_order_of_people_is_of_no_matter(school: School, weights: Weights) -> None:
    mentees, mentors = school
    table = score_table(mentees, mentors, weights)
    turned = score_table(mentees[::-1], mentors[::-1], weights)

    assert (turned.total[::-1, ::-1] == table.total).all()
    assert (turned.is_forbidden()[::-1, ::-1] == table.is_forbidden()).all()


@settings(max_examples=30)
@given(schools(), RULES, st.sampled_from(Aim))
def test_no_hard_rule_is_ever_broken_by_what_is_proposed(school: School, rules: FormRules, aim: Aim) -> None:
    table = score_table(*school, Weights(), rules)
    places = np.array([row.party.free for row in school[1]])

    solution = solve(Instance(table.scores(), places, (), ()), aim)

    assert [objections(table, *pair) for pair in solution.pairs if objections(table, *pair)] == []
    assert [table.broken_rules(*pair) for pair in solution.pairs if table.broken_rules(*pair)] == []


@settings(max_examples=20)
@given(schools(), RULES)
def test_each_broken_rule_is_said_once(school: School, rules: FormRules) -> None:
    table = score_table(*school, Weights(), rules)

    for i in range(len(school[0])):
        for j in range(len(school[1])):
            against = objections(table, i, j)
            assert tuple(one.rule for one in against) == table.broken_rules(i, j)
            assert [one for one in against if not one.words.endswith(".")] == []


def test_nobody_on_one_side_is_no_table() -> None:
    assert score_table([], [mentor_of()]).scores().shape == (0, 1)
    assert score_table([mentee_of()], []).scores().shape == (1, 0)
    assert score_table([], []).is_forbidden().shape == (0, 0)


# ---------------------------------------------------------------- rules

BREAKING: dict[Rule, tuple[dict[str, Any], dict[str, Any]]] = {
    Rule.FORM: ({"party": {"form": 2}}, {}),
    Rule.SELF: ({"party": {"person": 100}}, {}),
    Rule.RELATIVE: ({"relatives": frozenset({100})}, {}),
    Rule.PRESENT: ({}, {"party": {"is_paused": True}}),
    Rule.CONSENT: ({"party": {"has_processing_consent": False}}, {}),
    Rule.FILLED: ({"party": {"is_filled": False}}, {}),
    Rule.PLACE: ({}, {"party": {"places": 1, "standing": 1}}),
    Rule.TAKEN: ({"party": {"proposed": 1}}, {}),
    Rule.STATUS: ({}, {"is_ready": False}),
    Rule.ROLE_MODEL: ({"role_model": 1}, {"role_model": 2}),
    Rule.AGE: ({"age": 10}, {"wanted_age_from": 11}),
    Rule.AGE_GAP: ({"age": 13}, {"age": 14}),
    Rule.HOURS: ({"hours": frozenset({115})}, {"hours": frozenset({116})}),
    Rule.CLASS_TEACHER: ({"class_teachers": frozenset({100})}, {}),
    Rule.PAST: ({"past": frozenset({100})}, {}),
}
STRICT = FormRules(wants_ready=True, bars_class_teacher=True, least_age_gap=2)


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_shuts_out_the_pair_that_breaks_it(rule: Rule) -> None:
    mentee, mentor = BREAKING[rule]

    table = score_table([mentee_of(**mentee)], [mentor_of(**mentor)], rules=STRICT)

    assert table.broken_rules(0, 0) == (rule,)
    assert np.isnan(table.scores()[0, 0])


def test_a_school_may_do_without_the_rules_that_are_its_own() -> None:
    relaxed = FormRules(wants_ready=False, bars_class_teacher=False, least_age_gap=None)

    for rule in (Rule.STATUS, Rule.CLASS_TEACHER, Rule.AGE_GAP):
        mentee, mentor = BREAKING[rule]
        assert score_table([mentee_of(**mentee)], [mentor_of(**mentor)], rules=relaxed).broken_rules(0, 0) == ()


@pytest.mark.parametrize(
    ("mentee", "mentor"),
    [
        ({"age": None}, {"wanted_age_from": 11, "age": 12}),
        ({"age": 13}, {"age": None}),
        ({"hours": frozenset({115})}, {}),
        ({}, {"hours": frozenset({115})}),
        ({"role_model": 1}, {}),
        ({}, {"role_model": 1}),
        ({"age": 11}, {"wanted_age_from": 11, "wanted_age_to": 11}),
        ({"age": 12}, {"age": 14}),
    ],
)
def test_what_is_not_known_and_what_just_suffices_shuts_nobody_out(mentee: Any, mentor: Any) -> None:
    assert score_table([mentee_of(**mentee)], [mentor_of(**mentor)], rules=STRICT).broken_rules(0, 0) == ()


def test_the_rules_that_yield_to_a_reason_are_those_of_judgement() -> None:
    assert {str(rule) for rule in LIFTABLE} == {
        "status",
        "role_model",
        "age",
        "age_gap",
        "hours",
        "class_teacher",
        "past",
    }


# ---------------------------------------------------------------- parts


def points(part: Part, mentee: dict[str, Any], mentor: dict[str, Any], weights: Weights | None = None) -> int:
    table = score_table([mentee_of(**mentee)], [mentor_of(**mentor)], weights or only(part))
    return int(table.parts[part][0, 0])


def only(part: Part, weight: int = 100) -> Weights:
    return Weights(**dict.fromkeys(map(str, PARTS), 0) | {str(part): weight})


@pytest.mark.parametrize(
    ("mentee", "mentor", "expected"),
    [
        ({"request": "Подготовка к олимпиаде по химии"}, {"competences": "Олимпиадная химия"}, 100),
        ({"request": "Химия"}, {"competences": "История", "achievements": "Олимпиада по химии"}, 100),
        ({"wanted_help": "Химия"}, {"competences": "Химик"}, 100),
        ({"request": "Химия и биология"}, {"competences": "Химия"}, 50),
        ({"request": "Химия, биология, физика, шахматы"}, {"competences": "Химия, биология, физика"}, 100),
        ({"request": "Химия"}, {"competences": "Шахматы"}, 0),
        ({"areas": {1: "Химия"}}, {"areas": {1: "Химия"}}, 100),
        ({"areas": {1: "Химия", 2: "Физика"}}, {"areas": {1: "Химия"}}, 50),
        ({"areas": {1: "Химия"}, "request": "Опыты"}, {"areas": {1: "Химия"}, "competences": "Реакции"}, 70),
        ({"areas": {1: "Химия"}, "request": "Химия"}, {"areas": {2: "Физика"}, "competences": "Химия"}, 60),
        ({"areas": {1: "Химия"}}, {"competences": "Химия"}, 0),
        ({}, {"competences": "Химия"}, 0),
    ],
)
def test_a_request_is_met_by_areas_first_and_by_words_after(mentee: Any, mentor: Any, expected: int) -> None:
    assert points(Part.REQUEST, mentee, mentor) == expected


@pytest.mark.parametrize(
    ("place", "back", "expected"), [(1, 1, 100), (1, None, 60), (None, 1, 40), (2, None, 48), (5, None, 24), (2, 3, 72)]
)
def test_a_choice_counts_by_its_place_and_most_where_it_is_mutual(
    place: int | None, back: int | None, expected: int
) -> None:
    mentee = {"chosen": {100: place} if place else {}}
    mentor = {"chosen": {1: back} if back else {}}

    assert points(Part.CHOICES, mentee, mentor) == expected


@pytest.mark.parametrize(
    ("part", "mentee", "mentor", "expected"),
    [
        (Part.INTERESTS, {"interests": "шахматы"}, {"interests": "шахматный кружок"}, 50),
        (Part.INTERESTS, {"interests": "шахматы, рисую, книги"}, {"interests": "книги, рисование, шахматы"}, 100),
        (Part.INTERESTS, {"interests": "шахматы"}, {"interests": "футбол"}, 0),
        (Part.HOURS, {"hours": frozenset({115})}, {"hours": frozenset({115, 116})}, 25),
        (Part.HOURS, {"hours": frozenset(range(110, 118))}, {"hours": frozenset(range(112, 118))}, 100),
        (Part.HOURS, {"hours": frozenset()}, {"hours": frozenset({115})}, 0),
        (Part.AGE, {"age": 12}, {"wanted_age_from": 11}, 100),
        (Part.AGE, {"age": 12}, {}, 0),
        (Part.AGE, {}, {"wanted_age_to": 11}, 0),
        (Part.EXPERIENCE, {}, {"experience": 1}, 33),
        (Part.EXPERIENCE, {}, {"experience": 9}, 100),
        (Part.BUILDING, {"building": "Ленина, 5"}, {"building": "ленина,  5"}, 100),
        (Part.BUILDING, {"building": ""}, {"building": ""}, 0),
        (Part.BUILDING, {"building": "А", "is_remote": True}, {"building": "Б", "is_remote": True}, 100),
        (Part.BUILDING, {"is_remote": True}, {}, 0),
    ],
)
def test_each_part_gives_its_points(part: Part, mentee: Any, mentor: Any, expected: int) -> None:
    assert points(part, mentee, mentor) == expected


@pytest.mark.parametrize(("is_for", "weight", "expected"), [(True, 30, 30), (False, 30, -30), (False, 0, 0)])
def test_the_curators_word_adds_or_takes_what_it_weighs(is_for: bool, weight: int, expected: int) -> None:
    table = score_table(
        [mentee_of(request="Химия", notes={100: is_for})],
        [mentor_of(competences="Химия")],
        Weights(request=1, choices=1, interests=0, hours=0, age=0, experience=0, building=0, note=weight),
    )

    assert (table.parts[Part.NOTE][0, 0], table.total[0, 0]) == (expected, 50 + expected)


@pytest.mark.parametrize(("request_", "is_for", "total"), [("Химия", True, 100), ("Химия", False, 0), ("", False, 0)])
def test_the_curators_word_never_leads_past_nought_or_a_hundred(request_: str, is_for: bool, total: int) -> None:
    weights = Weights(request=100, choices=0, interests=0, hours=0, age=0, experience=0, building=0, note=100)
    table = score_table([mentee_of(request=request_, notes={100: is_for})], [mentor_of(competences="Химия")], weights)

    assert table.total[0, 0] == total


def test_where_nothing_weighs_anything_nobody_has_points_and_nothing_is_said() -> None:
    nothing = Weights(**dict.fromkeys(map(str, PARTS), 0))
    table = score_table([mentee_of(request="Химия", chosen={100: 1})], [mentor_of(competences="Химия")], nothing)

    assert (table.total[0, 0], reasons_for(table, 0, 0), table.is_forbidden()[0, 0]) == (0, [], False)
