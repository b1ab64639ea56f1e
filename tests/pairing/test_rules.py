from __future__ import annotations

from dataclasses import replace

import pytest

from pairing.hours import common_hours, hours_in_words
from pairing.rules import Party, against_pair, against_party

MENTOR = Party(
    person=1,
    name="Орешникова А. С.",
    cycle=1,
    form=1,
    is_mentor=True,
    is_enrolled=True,
    is_paused=False,
    is_refused=False,
    has_processing_consent=True,
    has_labour_consent=True,
    is_filled=True,
    places=2,
    proposed=0,
    standing=0,
)
MENTEE = replace(MENTOR, person=2, name="Ольхин М. З.", is_mentor=False, places=1)
NO_PROCESSING = "согласие на обработку персональных данных не действует"


def test_nothing_speaks_against_two_who_fit() -> None:
    assert against_pair(MENTOR, MENTEE) == []


@pytest.mark.parametrize(
    ("party", "words"),
    [
        (replace(MENTEE, is_enrolled=False), ["больше не участвует в программе"]),
        (replace(MENTEE, is_paused=True), ["сейчас на паузе"]),
        (replace(MENTOR, is_enrolled=False, is_refused=True), ["после собеседования не допущен к работе"]),
        (replace(MENTEE, has_processing_consent=False), [NO_PROCESSING]),
        (
            replace(MENTOR, has_labour_consent=False),
            ["согласие на наставничество (ст. 351.8 ТК РФ) не действует"],
        ),
        (replace(MENTEE, is_filled=False), ["запрос ещё не записан"]),
        (
            replace(MENTOR, is_filled=False, places=0),
            ["ещё не указано, сколько наставляемых можно взять"],
        ),
        (replace(MENTOR, proposed=1, standing=1), ["свободных мест нет: занято 2 из 2"]),
        (replace(MENTEE, proposed=1), ["наставник уже предложен"]),
        (replace(MENTEE, standing=1), ["наставник в этой форме уже есть"]),
        (replace(MENTOR, proposed=1), []),
    ],
)
def test_what_speaks_against_one_side_is_said_in_words(party: Party, words: list[str]) -> None:
    assert against_party(party) == words


@pytest.mark.parametrize(
    ("party", "words"),
    [
        (replace(MENTOR, proposed=1, standing=1), []),
        (replace(MENTOR, proposed=2, standing=1), ["свободных мест нет: занято 3 из 2"]),
        (replace(MENTEE, proposed=1), []),
        (replace(MENTEE, proposed=1, standing=1), ["наставник в этой форме уже есть"]),
    ],
)
def test_a_match_that_holds_its_place_needs_no_other(party: Party, words: list[str]) -> None:
    assert against_party(party, holds=True) == words


@pytest.mark.parametrize(
    ("mentor", "mentee", "words"),
    [
        (MENTEE, MENTOR, ["Пара – это наставник и наставляемый."]),
        (MENTOR, replace(MENTEE, person=1), ["Никто не может быть наставником самому себе."]),
        (MENTOR, replace(MENTEE, cycle=2), ["Эти двое участвуют в разных учебных годах или программах."]),
        (MENTOR, replace(MENTEE, form=2), ["Эти двое участвуют в разных формах наставничества."]),
        (
            replace(MENTOR, places=1, standing=1),
            replace(MENTEE, has_processing_consent=False, is_filled=False),
            [
                "Орешникова А. С.: свободных мест нет: занято 1 из 1.",
                f"Ольхин М. З.: {NO_PROCESSING}; запрос ещё не записан.",
            ],
        ),
    ],
)
def test_what_speaks_against_a_pair_names_whom_it_is_about(mentor: Party, mentee: Party, words: list[str]) -> None:
    assert against_pair(mentor, mentee) == words


def test_a_side_has_as_many_free_places_as_are_not_taken_and_never_fewer_than_none() -> None:
    assert [replace(MENTOR, standing=taken).free for taken in range(4)] == [2, 1, 0, 0]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([], ""),
        ([116], "пн\u00a016–17"),
        ([318, 116, 115], "пн\u00a015–17, ср\u00a018–19"),
        ([115, 117], "пн\u00a015–16, пн\u00a017–18"),
        ([623, 700], "сб\u00a023–24, вс\u00a00–1"),
    ],
)
def test_hours_of_the_week_are_read_as_people_say_them(hours: list[int], words: str) -> None:
    assert hours_in_words(hours) == words


def test_common_hours_are_those_of_both() -> None:
    assert common_hours([116, 318, 117], [318, 116]) == [116, 318]
