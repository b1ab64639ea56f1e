"""What an activity's wording says of its proof: five schools' roadmaps, then other schools' words for the same."""

from __future__ import annotations

from itertools import pairwise

import pytest

from roadmap.outline import Outline
from roadmap.proofs import kind_of
from roadmap.reading import read_document
from tests.roadmap.documents import TWINS, seed, twin

EXPECTED = {
    "one_list": """
        event event event event
        mentee_consents mentee_consents mentees
        - measurement mentor_consents - mentors
        measurement interviews - training
        group_meeting survey pairs order
        first_meetings trial_meetings planning_meetings meetings survey final_meetings group_meeting survey
        event event survey measurement - publication -
    """,
    "three_years": """
        event event event event
        mentee_consents mentee_consents mentees
        - measurement mentor_consents mentors
        measurement interviews - training
        group_meeting survey pairs order
        first_meetings trial_meetings planning_meetings meetings survey final_meetings group_meeting survey
        event event survey - publication - -
    """,
    "with_sections": """
        - - event event event publication - - - - survey event -
        mentee_consents - - mentees mentees
        mentor_consents event mentors mentors
        - interviews - - training
        group_meeting survey pairs order - -
        first_meetings trial_meetings planning_meetings meetings final_meetings survey survey survey
        survey survey measurement - - - publication - -
    """,
    "kindergarten": """
        - - - - order -
        survey mentee_consents
        survey mentor_consents
        - training training
        pairs - - meetings - -
        survey event -
        publication
    """,
    "lost_columns": """
        - - order -
        survey mentee_consents
        survey mentor_consents
        - training
        pairs -
        survey event
        publication
    """,
}
"""By hand, stage by stage; a dash where nothing in the wording says what proves it."""


def guessed(outline: Outline) -> list[list[str]]:
    return [
        [kind_of(row.text, section=row.section or "", stage=stage.name) or "-" for row in stage.activities]
        for stage in outline.stages
    ]


def expected(name: str) -> list[list[str]]:
    return by_stage(EXPECTED[name].split(), TWINS[name][1])


def by_stage(kinds: list[str], counts: tuple[int, ...]) -> list[list[str]]:
    firsts = [sum(counts[:place]) for place in range(len(counts) + 1)]
    assert len(kinds) == firsts[-1]
    return [kinds[first:last] for first, last in pairwise(firsts)]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_twin_s_activities_are_known_by_their_wording(name: str) -> None:
    assert guessed(read_document(twin(name), f"{name}.txt").outline) == expected(name)


@pytest.mark.filterwarnings("default:the seeds are absent")
@pytest.mark.parametrize("name", EXPECTED)
def test_a_seed_s_activities_are_known_by_their_wording(name: str) -> None:
    assert guessed(read_document(seed(name), f"{name}.txt").outline) == expected(name)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Получение согласий родителей", "mentee_consents"),
        ("Сбор согласий наставников на обработку ПДн", "mentor_consents"),
        ("СБОР СОГЛАСИЙ НА ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ НАСТАВЛЯЕМЫХ", "mentee_consents"),
        ("Согласование плана с администрацией", ""),
        ("Пополнение банка данных наставников", "mentors"),
        ("Создание базы потенциальных наставляемых", "mentees"),
        ("Анализ базы наставников", ""),
        ("Формирование долгосрочной базы наставников", ""),
        ("Распределение наставников и наставляемых по парам", "pairs"),
        ("Подбор наставнических пар", "pairs"),
        ("Создание рабочей группы по внедрению", ""),
        ("Приказ о создании рабочей группы", ""),
        ("Закрепление наставнических пар приказом директора", "order"),
        ("Издание приказа о закреплении наставников", "order"),
        ("Приказ о назначении куратора", ""),
        ("Встреча-знакомство наставника и наставляемого", "first_meetings"),
        ("Первая встреча пары", "first_meetings"),
        ("Первая встреча с родителями", "event"),
        ("Пробная рабочая встреча", "trial_meetings"),
        ("Встреча – планирование", "planning_meetings"),
        ("Встречи наставников с наставляемыми по плану", "meetings"),
        ("Комплекс последовательных встреч", "meetings"),
        ("Итоговая встреча пар", "final_meetings"),
        ("Входная диагностика наставляемых", "measurement"),
        ("Собеседование с кандидатами в наставники", "interviews"),
        ("Школа наставника", "training"),
        ("Занятие по вопросам общения", ""),
        ("Работа школы наставников", "training"),
        ("Утверждение графика обучения наставников", ""),
        ("Опрос участников", "survey"),
        ("Совещание по вопросам наставничества", "event"),
        ("Круглый стол «Лучшие практики»", "event"),
        ("Размещение материалов на официальном сайте", "publication"),
        ("Посадка аллеи наставников", ""),
        ("", ""),
    ],
)
def test_other_schools_words_for_the_same(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("section", "stage", "kind"),
    [
        ("Сбор данных о наставниках", "Формирование базы наставляемых", "mentor_consents"),
        ("", "Формирование базы наставников", "mentor_consents"),
        ("", "Формирование базы наставляемых", "mentee_consents"),
        ("", "", "mentee_consents"),
    ],
)
def test_whose_consents_are_meant_is_looked_for_around_the_activity(section: str, stage: str, kind: str) -> None:
    assert kind_of("Сбор согласий на обработку персональных данных", section=section, stage=stage) == kind
