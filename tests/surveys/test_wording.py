"""What is said of the figures, in Russian, with right plurals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from surveys.statistics.change import Figures, change_of
from surveys.statistics.comparison import Group
from surveys.statistics.paired import Pair
from surveys.statistics.wording import Compared, chance, counts, figure, hidden, reading_of, signed, warnings_of


def people(*changes: int, before: int = 5) -> list[Pair]:
    return [(Decimal(before), Decimal(before + change)) for change in changes]


ANXIETY = people(*[-2] * 15, *[-1] * 6, *[0] * 3, *[1] * 6)
"""21 of 30 fell. The changes are -30 in all, so -1 in the mean; the squares 72, the variance 42 / 29."""


def test_a_fall_is_told_as_the_method_wants_it() -> None:
    said = reading_of(change_of(Figures(ANXIETY, people=30), None), "down", None)

    assert said == [
        "Значение снизилось у 21 из 30 человек, выросло у 6, не изменилось у 3.",
        "Среднее изменение: −1; с надёжностью 95 % оно лежит между −1,45 и −0,55.",
        "Случайно такое изменение маловероятно (p\u00a0<\u00a00,001).",
        "Изменение в желаемую сторону.",
        "Величина эффекта большая (g Хеджеса для парных данных: −0,81).",
    ]


def test_the_same_change_is_the_wrong_way_where_a_rise_is_good() -> None:
    said = reading_of(change_of(Figures(ANXIETY, people=30), None), "up", None)

    assert said[0] == "Значение выросло у 6 из 30 человек, снизилось у 21, не изменилось у 3."
    assert "Изменение в нежелательную сторону." in said


def test_where_neither_is_good_the_way_is_not_judged() -> None:
    said = reading_of(change_of(Figures(ANXIETY, people=30), None), "none", None)

    assert said[0].startswith("Значение снизилось у 21 из 30 человек")
    assert not any("сторону" in sentence for sentence in said)


def test_what_may_be_chance_is_called_so() -> None:
    said = reading_of(change_of(Figures(people(1, -1, 2, -1, 1, 0), people=6), None), "up", None)

    assert said[2] == "Такое изменение вполне может быть случайным (p\u00a0=\u00a00,53)."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([1] * 20 + [-1], "Значение выросло у 20 из 21 человека, снизилось у 1."),
        ([1] * 22, "Значение выросло у 22 из 22 человек."),
        ([-1] * 5, "Значение не выросло ни у кого из 5 человек, снизилось у 5."),
        ([0] * 5, "Значение не изменилось ни у кого."),
    ],
)
def test_the_counts_have_right_plurals(changes: list[int], words: str) -> None:
    paired = change_of(Figures(people(*changes), people=5), None).paired

    assert paired is not None
    assert counts(paired, "up") == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "Дважды пока никого не измерили."),
        (1, "Дважды измерен 1 человек. Значения групп меньше пяти человек не показываются."),
        (4, "Дважды измерены 4 человека. Значения групп меньше пяти человек не показываются."),
    ],
)
def test_why_nothing_is_shown(size: int, words: str) -> None:
    assert hidden(size) == words
    assert reading_of(change_of(Figures(people(*[1] * size)), None), "up", None) == [words]


def test_the_group_that_takes_no_part_is_told_of() -> None:
    group = Group(21, 0.1, 1)

    said = reading_of(
        change_of(Figures(ANXIETY, people=30), group), "down", Compared("7 «В», который не участвует", group)
    )

    assert said[-2:] == [
        "В группе сравнения (7 «В», который не участвует, 21 человек) среднее изменение: +0,1.",
        (
            "Разница между двумя изменениями: −1,1 (с надёжностью 95 % между −1,72 и −0,48); случайно она маловероятна "
            "(p\u00a0<\u00a00,001)."
        ),
    ]


def test_a_group_that_changed_alike_explains_the_change() -> None:
    group = Group(21, -1, 1.2)

    said = reading_of(change_of(Figures(ANXIETY, people=30), group), "down", Compared("7 «В»", group))

    assert said[-1].endswith("она вполне может быть случайной (p\u00a0=\u00a01).")


def test_each_warning_is_a_sentence() -> None:
    gone = [Decimal(1)] * 5

    said = warnings_of(change_of(Figures(ANXIETY, only_before=gone, people=61), None))

    assert said == [
        (
            "Группы сравнения нет: неизвестно, как за это же время изменились те, кто не участвует, поэтому приписать "
            "изменение одному наставничеству нельзя."
        ),
        "Дважды измерены 30 из 61 участника, меньше половины: остальные могли измениться иначе.",
        (
            "Те, кого измерили только на входе, уже тогда отличались от измеренных дважды, поэтому итог может быть завышен "
            "или занижен."
        ),
    ]


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [
        (-1.255, "−1,26", "−1,26"),
        (0.004, "0", "0"),
        (-0.004, "0", "0"),
        (3.0, "3", "+3"),
        (120, "120", "+120"),
        (0.5, "0,5", "+0,5"),
    ],
)
def test_a_figure_is_written_as_it_is_read(value: float, plain: str, with_sign: str) -> None:
    assert (figure(value), signed(value)) == (plain, with_sign)


def test_a_chance_is_never_nought() -> None:
    assert [chance(value) for value in (0.0, 0.0304, 0.5)] == [
        "p\u00a0<\u00a00,001",
        "p\u00a0=\u00a00,03",
        "p\u00a0=\u00a00,5",
    ]


def test_before_the_exit_it_is_said_how_many_were_measured_at_the_entry() -> None:
    figures = Figures([], only_before=[Decimal(5)] * 7, people=9)

    assert reading_of(change_of(figures, None), "up", None) == [
        "Дважды пока никого не измерили.",
        "На входе измерено: 7 из 9.",
    ]


def test_a_change_that_is_the_same_for_all_has_no_interval() -> None:
    said = reading_of(change_of(Figures(people(*[1] * 6), people=6), None), "up", None)

    assert said == [
        "Значение выросло у 6 из 6 человек.",
        "У каждого изменение одно и то же: +1.",
        "Случайно такое изменение маловероятно (p\u00a0=\u00a00,031).",
        "Изменение в желаемую сторону.",
    ]


def test_of_what_stayed_in_all_nothing_more_is_said() -> None:
    assert reading_of(change_of(Figures(people(*[0] * 6), people=6), None), "up", None) == [
        "Значение не изменилось ни у кого."
    ]
