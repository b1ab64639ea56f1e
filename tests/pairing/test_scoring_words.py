"""Russian words that mean the same meet, and worn ones say nothing."""

from __future__ import annotations

import pytest

from pairing.scoring.words import Lexicon
from participants.register.standard import STANDARD_AREAS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("подготовка к олимпиаде по химии", "олимпиадная химия"),
        ("догнать математику", "математический кружок"),
        ("робототехника", "собираю роботов"),
        ("шахматы", "шахматист"),
        ("рисование", "рисую комиксы"),
        ("программирование", "программист"),
        ("английский язык", "англ"),
        ("танцы", "танцевальный кружок"),
        ("театр", "театральная студия"),
        ("защита проекта", "проектная деятельность"),
        ("спорт", "спортивные игры"),
        ("история", "исторический клуб"),
        ("чтение", "люблю читать"),
        ("музыка", "музыкальная школа"),
        ("волонтёр", "волонтерство"),
        ("фотография", "фотографирую"),
        ("журналистика", "журналист школьной газеты"),
        ("пение", "вокал"),
        ("ЕГЭ по биологии", "Биолог, сдал егэ"),
        ("PYTHON", "python"),
    ],
)
def test_words_of_one_root_meet(one: str, other: str) -> None:
    lexicon = Lexicon()

    assert lexicon.roots_of(one) & lexicon.roots_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("математика", "биология"),
        ("физика", "физическая культура"),
        ("подготовка к экзамену по истории", "подготовка к соревнованиям"),
        ("хочу научиться решать задачи", "хочу помогать учиться"),
        ("русский язык", "рисование"),
        ("химия", "хоккей"),
        ("", ""),
    ],
)
def test_other_words_do_not(one: str, other: str) -> None:
    lexicon = Lexicon()

    assert lexicon.roots_of(one) & lexicon.roots_of(other) == frozenset()


def test_a_word_worn_out_by_use_a_small_one_and_a_number_have_no_root() -> None:
    assert Lexicon().roots_of("Хочу подготовиться к урокам в 9 классе, помогите мне!") == frozenset()


def test_every_area_a_school_begins_with_says_something() -> None:
    lexicon = Lexicon()

    assert [name for name in STANDARD_AREAS if not lexicon.roots_of(name)] == []
