"""The lines and the subject of the letter of the day, by plain values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from roadmap.digest import (
    ALL_STEPS,
    MOST_LATE,
    STEPS,
    Happening,
    OpenWindow,
    groups_of,
    is_news,
    items_of,
    news_days,
    steps_of,
    subject_of,
)

TODAY = date(2026, 10, 24)


def window(opens: int, closes: int, text: str = "Обучение наставников") -> OpenWindow:
    """A window by its distance in days from TODAY."""
    return OpenWindow(1, text, TODAY + timedelta(days=opens), TODAY + timedelta(days=closes))


@pytest.mark.parametrize("days", [14, 7, 1, 0])
def test_a_window_that_opens_in_so_many_days_is_told(days: int) -> None:
    [item] = items_of([window(days, days + 40)], TODAY)

    assert (item.happening, item.day) == (Happening.OPENS, TODAY + timedelta(days=days))


@pytest.mark.parametrize("days", [14, 7, 1, 0])
def test_a_window_that_closes_in_so_many_days_is_told(days: int) -> None:
    [item] = items_of([window(-40, days)], TODAY)

    assert (item.happening, item.day) == (Happening.CLOSES, TODAY + timedelta(days=days))


@pytest.mark.parametrize("days", [15, 13, 8, 6, 2])
def test_on_other_days_nothing_is_told(days: int) -> None:
    assert items_of([window(days, days + 40), window(-40, days)], TODAY) == []


def test_a_deadline_of_one_day_is_told_as_its_end() -> None:
    [item] = items_of([window(7, 7)], TODAY)

    assert item.happening is Happening.CLOSES


@pytest.mark.parametrize(("days", "told"), [(1, True), (2, False), (7, True), (8, False), (14, True), (15, False)])
def test_lateness_alone_is_told_after_a_day_a_week_and_two(days: int, told: bool) -> None:
    assert bool(items_of([window(-60, -days)], TODAY)) is told


def test_a_letter_with_something_new_lists_all_that_is_late() -> None:
    items = items_of([window(-60, -30), window(1, 40)], TODAY)

    assert [item.happening for item in items] == [Happening.LATE, Happening.OPENS]


def test_the_days_asked_of_the_database_are_the_days_that_are_news() -> None:
    opens, closes = news_days(TODAY)

    for offset in range(-40, 41):
        day = TODAY + timedelta(days=offset)
        alone = OpenWindow(1, "", day, TODAY + timedelta(days=400), ALL_STEPS)
        ending = OpenWindow(1, "", TODAY - timedelta(days=400), day, ALL_STEPS)
        assert (is_news(alone, TODAY), is_news(ending, TODAY)) == (day in opens, day in closes)


def test_an_activity_is_told_on_the_days_it_has_chosen() -> None:
    chosen = steps_of([30, 3])

    told = [
        days for days in range(61) if is_news(OpenWindow(1, "", TODAY, TODAY + timedelta(days=days), chosen), TODAY)
    ]

    assert (told, steps_of(None)) == ([3, 30], STEPS)


def test_what_is_late_names_who_answers_to_the_one_who_answers_for_everything() -> None:
    late = OpenWindow(1, "Обучение", TODAY - timedelta(days=9), TODAY - timedelta(days=1), who="Психолог")

    [group] = groups_of(items_of([late], TODAY), TODAY)

    assert group.lines == ("нужно было сделать до 23 октября: Обучение (отвечает: Психолог)",)


def test_a_subject_leads_with_the_day_and_counts_the_rest() -> None:
    items = items_of(
        [window(-30, 7, "Закрепление пар приказом. Информирование участников"), window(14, 40), window(-60, -3)], TODAY
    )
    with translation.override("ru"):
        assert subject_of(items) == "31 октября: закрепление пар приказом и ещё 2 дела"
    with translation.override("en"):
        assert subject_of(items) == "31 October: закрепление пар приказом and 2 more things"


def test_a_subject_of_one_late_thing_says_so() -> None:
    with translation.override("ru"):
        assert subject_of(items_of([window(-60, -1)], TODAY)) == "срок вышел 23 октября: обучение наставников"


def test_a_subject_is_one_short_line() -> None:
    items = items_of([window(-30, 0, "Приглашение на торжественное\nмероприятие " + "всех участников " * 20)], TODAY)

    with translation.override("ru"):
        subject = subject_of(items)

    assert subject == "24 октября: приглашение на торжественное мероприятие всех участников…"


def test_a_name_in_capitals_stays_so_in_a_subject() -> None:
    with translation.override("ru"):
        assert subject_of(items_of([window(-30, 0, "МБОУ принимает гостей")], TODAY)) == (
            "24 октября: МБОУ принимает гостей"
        )


def test_lines_stand_under_their_days() -> None:
    windows = [
        window(-60, -30, "Опоздавшее"),
        window(-30, 0, "Сегодняшнее"),
        window(1, 37, "Завтрашнее"),
        window(-30, 14, "Далёкое"),
    ]
    with translation.override("ru"):
        groups = groups_of(items_of(windows, TODAY), TODAY)

    assert [(group.heading, group.lines) for group in groups] == [
        ("Срок вышел", ("до 24 сентября: Опоздавшее",)),
        ("Сегодня, 24 октября", ("последний день: Сегодняшнее",)),
        ("Завтра, 25 октября", ("начинается, до 30 ноября: Завтрашнее",)),
        ("Через 14 дней, 7 ноября", ("последний день: Далёкое",)),
    ]


def test_a_long_list_of_late_things_is_cut_and_counted() -> None:
    late = [window(-90, -60 + number) for number in range(MOST_LATE + 3)]
    with translation.override("ru"):
        [group, _today] = groups_of(items_of([*late, window(-1, 0)], TODAY), TODAY)

    assert (len(group.lines), group.lines[-1]) == (MOST_LATE + 1, "и ещё 3")
