"""Sentences about a pair: who named whom, hours, quotations, and what is said where little is known."""

from __future__ import annotations

from typing import Any

import pytest

from core.typography import untied
from pairing.rules import FormRules
from pairing.scoring import Part, Tone, Weights, reasons_for, score_table
from pairing.scoring.phrases import hours_together, listing, quotation, uncapital
from pairing.scoring.reason import Reason
from pairing.scoring.reasons import objections
from pairing.scoring.subjects import in_area, on_days
from pairing.scoring.words import Lexicon
from tests.pairing.profiles import mentee_of, mentor_of


def said(part: Part, mentee: dict[str, Any], mentor: dict[str, Any]) -> list[tuple[str, Tone]]:
    reasons = reasons_for(score_table([mentee_of(**mentee)], [mentor_of(**mentor)]), 0, 0)
    return [(untied(one.words), one.tone) for one in reasons if one.part is part]


GIRL, BOY, CHILD = ({"first_name": name, "sex": sex} for name, sex in (("Вера", "f"), ("Павел", "m"), ("Саша", "")))
TEACHER = {"first_name": "Нина", "patronymic": "Андреевна", "sex": "f"}


@pytest.mark.parametrize(
    ("mentee", "mentor", "place", "back", "words"),
    [
        (BOY, GIRL, 1, None, ["Павел назвал Веру первой"]),
        (GIRL, BOY, 4, None, ["Вера назвала Павла четвёртым"]),
        (GIRL, BOY, None, 2, ["Павел назвал Веру второй"]),
        (BOY, TEACHER, 5, None, ["Павел назвал Нину Андреевну пятой"]),
        (BOY, GIRL, 7, None, ["Павел назвал Веру на 7-м месте"]),
        (BOY, GIRL, 1, 1, ["Павел и Вера назвали друг друга первыми"]),
        (BOY, GIRL, 2, 3, ["Павел назвал Веру второй, а Вера Павла – третьим"]),
        (CHILD, GIRL, 3, None, ["Саша: третий выбор – Вера"]),
        (GIRL, CHILD, 1, None, ["Вера: первый выбор – Саша"]),
        (CHILD, GIRL, 2, 6, ["Саша и Вера выбрали друг друга: второй выбор и выбор № 6"]),
        (BOY, GIRL, None, None, []),
    ],
)
def test_who_named_whom_stands_in_the_right_case_and_gender(
    mentee: Any, mentor: Any, place: int | None, back: int | None, words: list[str]
) -> None:
    mentee |= {"chosen": {100: place} if place else {}}
    mentor |= {"chosen": {1: back} if back else {}}

    assert said(Part.CHOICES, mentee, mentor) == [(one, Tone.FOR) for one in words]


@pytest.mark.parametrize(
    ("mentee", "mentor", "words"),
    [
        (BOY | {"chosen": {100: 1}}, GIRL | {"chosen": {9: 1}}, ["Павел назвал Веру первой", "Вера не называла Павла"]),
        (BOY | {"chosen": {9: 1}}, GIRL | {"chosen": {1: 1}}, ["Вера назвала Павла первым", "Павел не называл Веру"]),
        (BOY | {"chosen": {9: 1}}, GIRL | {"chosen": {9: 1}}, ["Павел и Вера друг друга не называли"]),
        (BOY | {"chosen": {9: 1}}, GIRL | {"chosen": {}}, ["Павел не называл Веру"]),
        (CHILD | {"chosen": {9: 1}}, GIRL | {"chosen": {}}, ["Саша: в анкете другие имена"]),
    ],
)
def test_who_was_passed_over_is_said_of_those_who_chose(mentee: Any, mentor: Any, words: list[str]) -> None:
    assert [one for one, _tone in said(Part.CHOICES, mentee, mentor)] == words


def test_the_share_of_a_choice_is_each_ones_own_voice() -> None:
    table = score_table([mentee_of(chosen={100: 1})], [mentor_of(chosen={9: 1})])

    assert [(one.points, one.tone) for one in reasons_for(table, 0, 0) if one.part is Part.CHOICES] == [
        (15, Tone.FOR),
        (0, Tone.AGAINST),
    ]


@pytest.mark.parametrize(
    ("mentee", "mentor", "words"),
    [
        ({"areas": {1: "Химия"}}, {"areas": {1: "Химия"}}, ["Общее направление: химия"]),
        (
            {"areas": {1: "Химия", 2: "Физика", 3: "История", 4: "ОГЭ"}},
            {"areas": {1: "Химия", 2: "Физика", 3: "История"}},
            ["Общие направления: химия, физика и история", "Среди направлений наставника нет: ОГЭ"],
        ),
        ({"request": "Химия"}, {}, ["Умения наставника не записаны"]),
        (
            {"request": "Научиться вязать."},
            {"competences": "История"},
            ["Запрос «научиться вязать», а среди умений наставника этого нет"],
        ),
        ({}, {"competences": "История"}, []),
    ],
)
def test_areas_and_what_is_missing_are_said(mentee: Any, mentor: Any, words: list[str]) -> None:
    assert [one for one, _tone in said(Part.REQUEST, mentee, mentor)] == words


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 завершённая пара"), (3, "3 завершённые пары"), (11, "11 завершённых пар")]
)
def test_experience_is_counted_in_the_right_plural(number: int, words: str) -> None:
    assert said(Part.EXPERIENCE, {}, {"experience": number}) == [(f"Опыт: {words}", Tone.FOR)]


@pytest.mark.parametrize(
    ("age", "wish", "words"),
    [
        (21, (18, None), "Возраст подходит: 21 год, пожелание наставника – от 18"),
        (12, (None, 13), "Возраст подходит: 12 лет, пожелание наставника – до 13"),
        (13, (13, 13), "Возраст подходит: 13 лет, пожелание наставника – 13"),
        (22, (11, 13), "Возраст: 22 года, а пожелание наставника – 11–13"),
    ],
)
def test_ages_are_said_with_the_wish(age: int, wish: tuple[int | None, int | None], words: str) -> None:
    mentor = {"wanted_age_from": wish[0], "wanted_age_to": wish[1]}

    assert [one for one, _tone in said(Part.AGE, {"age": age}, mentor)] == [words]


@pytest.mark.parametrize(
    ("mentee", "mentor", "words"),
    [
        ({"building": "Ленина, 5"}, {"building": "ленина, 5"}, ["Обоим удобно встречаться в одном здании: Ленина, 5"]),
        ({"is_remote": True}, {"is_remote": True}, ["Оба могут встречаться по видеосвязи"]),
        (
            {"building": "Ленина, 5"},
            {"building": "Мира, 12", "is_remote": True},
            ["Удобно встречаться в разных зданиях: Ленина, 5 и Мира, 12"],
        ),
        ({"building": "Ленина, 5"}, {}, []),
    ],
)
def test_where_they_can_meet_is_said(mentee: Any, mentor: Any, words: list[str]) -> None:
    assert [one for one, _tone in said(Part.BUILDING, mentee, mentor)] == words


@pytest.mark.parametrize(
    ("is_for", "words", "tone"),
    [(True, "Куратор за эту пару", Tone.FOR), (False, "Куратор против этой пары", Tone.AGAINST)],
)
def test_the_curators_word_is_said_and_not_quoted(is_for: bool, words: str, tone: Tone) -> None:
    assert said(Part.NOTE, {"notes": {100: is_for}}, {}) == [(words, tone)]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([215, 216, 415, 416], "вт и чт 15–17"),
        ([215, 216, 310, 415, 416, 615, 616], "вт, чт и сб 15–17, ср 10–11"),
        ([115, 117], "пн 15–16 и 17–18"),
        ([*range(215, 222), *range(415, 422)], "вт и чт после 15"),
        ([*range(608, 622)], "сб весь день"),
    ],
)
def test_hours_of_the_same_days_are_said_together(hours: list[int], words: str) -> None:
    assert untied(hours_together(hours)) == words


def test_hours_nobody_gave_are_said_and_bind_nothing() -> None:
    assert said(Part.HOURS, GIRL, BOY) == [("Свободные часы не указаны: Вера и Павел", Tone.UNKNOWN)]
    assert said(Part.HOURS, GIRL, BOY | {"hours": frozenset({115})}) == [
        ("Свободные часы не указаны: Вера", Tone.UNKNOWN)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Догнать математику.", "догнать математику"),
        ("ОГЭ по химии", "ОГЭ по химии"),
        ("Я хочу знать химию", "я хочу знать химию"),
        ("Книга «Химия»", "книга „Химия“"),
        ("", ""),
        (
            "Мне нравится, когда рассказывают спокойно и подробно. Нужна химия к олимпиаде. И ещё я люблю ходить в походы.",
            "нужна химия к олимпиаде",
        ),
        (
            "прошу помочь моему ребёнку разобраться наконец с химией которую он забросил ещё весной из-за болезни",
            "…наконец с химией которую он забросил ещё весной…",
        ),
    ],
)
def test_of_a_long_text_the_piece_that_matters_is_quoted(text: str, words: str) -> None:
    lexicon = Lexicon()

    assert quotation([text], lexicon.roots_of("химия"), lexicon) == words


def test_lists_and_first_letters_are_written_as_in_a_sentence() -> None:
    assert [listing(words) for words in ([], ["химия"], ["химия", "физика"])] == ["", "химия", "химия и физика"]
    assert [uncapital(text) for text in ("Python", "ЕГЭ", "Химия", "")] == ["Python", "ЕГЭ", "химия", ""]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Математика", "по математике"),
        ("Химия и биология", "по химии и биологии"),
        ("Русский язык и литература", "по русскому языку и литературе"),
        ("Робототехника и техническое творчество", "по робототехнике и техническому творчеству"),
        ("Проекты и исследования", "по проектам и исследованиям"),
        ("Выступления перед людьми", "по выступлениям перед людьми"),
        ("Уверенность в себе", "по уверенности в себе"),
        ("Высшая математика", "по высшей математике"),
        ("Английский", "по английскому"),
        ("ОГЭ", "по ОГЭ"),
        ("Умение учиться и планировать время", "по направлению «Умение учиться и планировать время»"),
        ("Рисунок", "по направлению «Рисунок»"),
    ],
)
def test_an_area_stands_in_the_dative_or_where_in_doubt_as_it_is_written(name: str, words: str) -> None:
    assert in_area(name) == words


def test_days_are_said_as_long_as_they_are_few() -> None:
    assert [on_days(days) for days in ([], [2], [3, 2], [1, 2, 4], [1, 2, 3, 4])] == [
        "",
        "во вторник",
        "во вторник или в среду",
        "в понедельник, во вторник или в четверг",
        "в подходящие часы",
    ]


@pytest.mark.parametrize(
    ("mentee", "mentor", "gap", "words"),
    [
        ({"age": 13}, {"age": 14}, 2, ["Наставник старше на 1 год, а нужно хотя бы на 2."]),
        ({"age": 13}, {"age": 13}, 1, ["Наставник не старше наставляемого, а должен быть старше хотя бы на 1 год."]),
        ({"age": 14}, {"age": 13}, 0, ["Наставник младше наставляемого."]),
        ({"party": {"proposed": 1}}, {}, 0, ["Ольхин 1.: наставник уже предложен."]),
        ({}, {"is_ready": False}, 0, ["Ольхин 100.: собеседование и обучение ещё не пройдены."]),
        (
            {"party": {"is_paused": True}},
            {"party": {"is_paused": True}},
            0,
            ["Ольхин 100.: сейчас на паузе. Ольхин 1.: сейчас на паузе."],
        ),
    ],
)
def test_objections_are_sentences(mentee: Any, mentor: Any, gap: int, words: list[str]) -> None:
    table = score_table([mentee_of(**mentee)], [mentor_of(**mentor)], rules=FormRules(least_age_gap=gap))

    assert [one.words for one in objections(table, 0, 0)] == words


def test_reasons_stand_with_most_points_first_and_are_kept_as_plain_values() -> None:
    table = score_table(
        [mentee_of(request="Химия", notes={100: False}, hours=frozenset({115, 116}))],
        [mentor_of(competences="Химия", hours=frozenset({115, 116}))],
        Weights(note=5),
    )

    reasons = reasons_for(table, 0, 0)

    assert [(one.part, one.points) for one in reasons] == [(Part.REQUEST, 40), (Part.HOURS, 8), (Part.NOTE, -5)]
    assert reasons[2].as_json() == {"part": "note", "points": -5, "words": "Куратор против этой пары"}
    assert all(isinstance(one, Reason) and type(one.points) is int for one in reasons)
