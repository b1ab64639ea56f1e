"""Counts and tables of results: each kind of question, each group, and nothing of a group of four."""

from __future__ import annotations

import statistics
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from surveys.content import Content, Kind, Option, Question, Section
from surveys.models import Answer
from surveys.results import LEAST_GROUP, Row, count_answers, count_responses, fold_small, table_of
from tests.factories import (
    CampaignFactory,
    EnrolmentFactory,
    PersonFactory,
    RespondentFactory,
    ResponseFactory,
)

OPTIONS = (Option("a", "Математика"), Option("b", "Химия"), Option("c", "История"))


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 40), max_size=8))
def test_nothing_is_learnt_of_a_small_group_not_even_by_subtraction(sizes):
    groups = fold_small(sizes)

    shown = sum(group.size for group in groups)
    assert all(group.size >= LEAST_GROUP for group in groups)
    assert not groups or shown == sum(sizes.values())
    assert sorted(key for group in groups for key in group.keys) == sorted(
        key for key, size in sizes.items() if groups and size
    )


def test_small_groups_stand_together_as_the_last():
    assert [(group.keys, group.size) for group in fold_small({"5 «А»": 3, "5 «Б»": 12, "6 «А»": 4})] == [
        (("5 «Б»",), 12),
        (("5 «А»", "6 «А»"), 7),
    ]


def test_one_small_group_takes_the_smallest_other_with_it():
    groups = fold_small({"5 «А»": 3, "5 «Б»": 12, "6 «А»": 9})

    assert [(group.keys, group.size) for group in groups] == [(("5 «Б»",), 12), (("5 «А»", "6 «А»"), 12)]


@pytest.mark.parametrize("sizes", [{}, {"5 «А»": 4}, {"5 «А»": 3, "5 «Б»": 3}, {"5 «А»": 12, "5 «Б»": 1}])
def test_a_breakdown_that_would_be_one_group_is_none(sizes):
    assert fold_small(sizes) == []


def told(question, tally, answered, names=None):
    with translation.override("ru"):
        table = table_of(question, tally, answered, names)
        return [(row.label, row.text) for row in table.rows]


def test_a_scale_shows_every_mark_and_its_averages():
    question = Question("q1", Kind.SCALE, "Комфорт", low=1, high=4)
    table = table_of(question, {("", Decimal(2)): 3, ("", Decimal(4)): 1}, 4)

    assert [(row.label, row.count) for row in table.rows] == [("1", 0), ("2", 3), ("3", 0), ("4", 1)]
    assert [value for _name, value in table.means] == [2.5, 2]


@given(st.dictionaries(st.decimals(-1000, 1000, places=4), st.integers(1, 9), min_size=1, max_size=12))
def test_averages_are_those_of_the_numbers_written_out(sizes):
    numbers = [float(number) for number, size in sizes.items() for _one in range(size)]
    table = table_of(
        Question("q1", Kind.NUMBER, "Средний балл", decimals=4),
        {("", number): size for number, size in sizes.items()},
        len(numbers),
    )

    mean, median = (value for _name, value in table.means)
    assert mean == pytest.approx(statistics.fmean(numbers), abs=1e-9)
    assert median == pytest.approx(statistics.median(numbers), abs=1e-9)


def test_options_share_of_those_who_answered():
    question = Question("q1", Kind.SEVERAL, "Что нравится", options=OPTIONS)

    assert told(question, {("a", None): 3, ("c", None): 1}, 4) == [
        ("Математика", "3 (75\N{NO-BREAK SPACE}%)"),
        ("Химия", "0 (0\N{NO-BREAK SPACE}%)"),
        ("История", "1 (25\N{NO-BREAK SPACE}%)"),
    ]


def test_those_chosen_most_often_come_first_and_of_equals_the_higher_placed():
    tally = {("a", Decimal(2)): 2, ("b", Decimal(1)): 2, ("c", Decimal(1)): 3}
    question = Question("q1", Kind.RANKING, "Что важнее", options=OPTIONS)

    assert [label for label, _text in told(question, tally, 4)] == ["История", "Химия", "Математика"]


def test_of_people_only_those_chosen_are_named():
    question = Question("q1", Kind.PEOPLE, "С кем", side="mentor")
    names = {"7": "Дубинин А. О.", "8": "Ольхов П. И."}

    assert told(question, {("8", Decimal(1)): 5}, 5, names) == [("Ольхов П. И.", "5 (100\N{NO-BREAK SPACE}%)")]


def test_a_matrix_has_a_table_for_each_row():
    question = Question(
        "q1", Kind.MATRIX, "Оцените", rows=OPTIONS[:2], columns=(Option("1", "плохо"), Option("2", "хорошо"))
    )
    table = table_of(question, {("a", Decimal(2)): 6, ("b", Decimal(1)): 5}, 6)

    assert [(part.title, part.answered, [row.count for row in part.rows]) for part in table.parts] == [
        ("Математика", 6, [0, 6]),
        ("Химия", 5, [5, 0]),
    ]


CONTENT = Content(
    (
        Section(
            "s1",
            questions=(
                Question("q1", Kind.SCALE, "Комфорт"),
                Question("q2", Kind.SEVERAL, "Что нравится", options=OPTIONS),
                Question("q3", Kind.LONG, "Чего не хватило"),
            ),
        ),
    )
)


def respond(campaign, class_name, mark, *items, **given):
    person = PersonFactory(school=campaign.cycle.programme.school, class_name=class_name)
    enrolment = EnrolmentFactory(person=person, cycle=campaign.cycle)
    respondent = RespondentFactory(campaign=campaign, enrolment=enrolment)
    response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True, **given)
    Answer.objects.create(response=response, question="q1", number=mark)
    Answer.objects.bulk_create(Answer(response=response, question="q2", item=item) for item in items)
    Answer.objects.create(response=response, question="q3", text="Встреч")
    return respondent


@pytest.mark.django_db
def test_answers_are_counted_by_class_in_a_constant_number_of_queries(django_assert_num_queries):
    campaign, other = CampaignFactory(open=True), CampaignFactory(open=True)
    for mark in (6, 7, 7):
        respond(campaign, "7 «Б»", mark, "a", "b")
    respond(campaign, "8 «А»", 9)
    respond(other, "7 «Б»", 1)
    ResponseFactory(campaign=campaign)

    with django_assert_num_queries(3):
        sizes = count_responses([campaign], "class")
        tallies, answered = count_answers([campaign], CONTENT, "class")

    assert sizes == {"7 «Б»": 3, "8 «А»": 1}
    assert tallies["q1", "7 «Б»"] == {("", Decimal(6)): 1, ("", Decimal(7)): 2}
    assert tallies["q2", "7 «Б»"] == {("a", None): 3, ("b", None): 3}
    assert answered == {
        ("q1", "7 «Б»"): 3,
        ("q1", "8 «А»"): 1,
        ("q2", "7 «Б»"): 3,
        ("q3", "7 «Б»"): 3,
        ("q3", "8 «А»"): 1,
    }


@pytest.mark.django_db
def test_answers_of_one_row_each_are_counted_by_one_query(django_assert_num_queries):
    section = CONTENT.sections[0]
    asked = Content((replace(section, questions=(section.questions[0], section.questions[2])),))
    campaign = CampaignFactory(open=True)
    for mark in (6, 7, 7):
        respond(campaign, "7 «Б»", mark, "a", "b")

    with django_assert_num_queries(1):
        tallies, answered = count_answers([campaign], asked)

    assert tallies == {("q1", ""): {("", Decimal(6)): 1, ("", Decimal(7)): 2}}
    assert answered == {("q1", ""): 3, ("q3", ""): 3}


@pytest.mark.django_db
def test_whoever_took_his_consent_back_is_counted_no_more():
    campaign = CampaignFactory(open=True)
    respondent = respond(campaign, "7 «Б»", 6)
    respondent.stopped_at = respondent.response.sent_at
    respondent.save()

    assert count_responses([campaign]) == {"": 0}
    assert count_answers([campaign], CONTENT) == ({}, {})


def test_shares_are_rounded_and_not_cut_off() -> None:
    assert [Row("да", n, n / 3).text for n in (1, 2)] == ["1 (33\N{NO-BREAK SPACE}%)", "2 (67\N{NO-BREAK SPACE}%)"]
