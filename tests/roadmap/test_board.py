"""Where a programme stands: treads, headline, lists; plain values only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.actors import SYSTEM, Actor, user_actor
from core.models import Membership, Role, User
from roadmap.board.board import year_of
from roadmap.board.filters import Wanted, kept, mine_of, narrowed, wanted, who_choices
from roadmap.board.lines import lines_of
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.staircase import StageRow, current_stage, short_name, staircase
from roadmap.board.standing import coming_rows, figures, headline, late_rows, personal_headline
from roadmap.board.words import day_words, span_words

TODAY = date(2026, 11, 22)
STAGES = [
    StageRow(1, "1.", "Подготовка условий", "", "", ""),
    StageRow(2, "", "Отбор и обучение наставников", "", "", ""),
]
EMPTY = WindowRow(
    1, 1, 9, 2026, 1, "1", "", "Дело", "", "", None, None, None, "", "дело", "дело", "", "planned", Standing.UNDATED
)


def row(standing: Standing, first: date | None = None, last: date | None = None, **more: Any) -> WindowRow:
    return EMPTY._replace(standing=standing, starts_on=first, ends_on=last, **more)


LATE = row(Standing.LATE, date(2026, 10, 1), date(2026, 10, 31))
NOW = row(Standing.NOW, date(2026, 11, 1), date(2026, 11, 30), stage=2)
SOON = row(Standing.COMING, date(2026, 12, 1), date(2026, 12, 31), stage=2)
FAR = row(Standing.COMING, date(2027, 5, 1), date(2027, 5, 31), stage=2)
DONE = row(Standing.DONE, date(2026, 9, 1), date(2026, 9, 30), done_on=date(2026, 9, 28))
UNDATED = row(Standing.UNDATED)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([LATE, NOW, FAR], "Отбор и обучение: до 30\u00a0ноября"),
        ([FAR], "Отбор и обучение: с 1\u00a0мая 2027"),
        ([LATE, LATE, DONE], "Просрочено 2 мероприятия"),
        ([UNDATED, DONE], "Мероприятия ждут сроков"),
        ([DONE], "Выполнено всё: 1 мероприятие"),
        ([DONE] * 35, "Выполнены все 35 мероприятий"),
        ([], "Мероприятий пока нет"),
    ],
)
def test_the_headline_says_the_state(rows: list[WindowRow], said: str) -> None:
    assert headline(rows, STAGES, TODAY) == said


@pytest.mark.parametrize(
    ("rows", "stage"),
    [
        ([LATE, NOW], 2),
        ([LATE, FAR], 2),
        ([LATE, DONE], 1),
        ([UNDATED._replace(stage=2)], 2),
        ([DONE], None),
        ([], None),
    ],
)
def test_the_current_stage_is_that_of_the_nearest_deadline(rows: list[WindowRow], stage: int | None) -> None:
    assert current_stage(rows) == stage


def test_treads_count_what_is_done_and_late() -> None:
    first, second = staircase(STAGES, [DONE, LATE, NOW], TODAY, {})

    assert (first.number, first.done, first.total, first.late, first.filled, first.look) == ("1", 1, 2, 1, 5, "ahead")
    assert (second.number, second.done, second.total, second.late, second.look) == ("2", 0, 1, 0, "now")
    assert second.when == "1–30\u00a0ноября"


def test_a_finished_stage_says_when() -> None:
    (tread,) = staircase(STAGES[:1], [DONE], TODAY, {})

    assert (tread.look, tread.when) == ("done", "завершён 28\u00a0сентября")


def test_a_stage_without_activities_is_told() -> None:
    assert staircase(STAGES[:1], [], TODAY, {})[0].when == "мероприятий нет"


def test_figures_and_lists() -> None:
    rows = [DONE, LATE, NOW, SOON, FAR, UNDATED]

    shown = figures(rows, TODAY)

    assert (shown.total, shown.done, shown.late, shown.soon, shown.undated) == (6, 1, 1, 2, 1)
    assert (late_rows(rows), coming_rows(rows, TODAY)) == ([LATE], [NOW, SOON])


def test_what_waits_for_one_person() -> None:
    assert personal_headline([LATE, NOW], TODAY) == "У вас просрочено 1 дело"
    assert personal_headline([NOW, SOON], TODAY) == "Ваш ближайший срок – 30\u00a0ноября"
    assert personal_headline([FAR, DONE], TODAY) == "Сейчас вас ничего не ждёт"


@pytest.mark.parametrize(
    ("found", "day", "small"),
    [
        (LATE, "31\u00a0октября", "22 дня назад"),
        (NOW, "30\u00a0ноября", "ещё 8 дней"),
        (NOW._replace(ends_on=TODAY), "22\u00a0ноября", "последний день – сегодня"),
        (NOW._replace(ends_on=date(2026, 11, 23)), "23\u00a0ноября", "до завтра"),
        (SOON, "31\u00a0декабря", "с 1\u00a0декабря"),
        (SOON._replace(starts_on=date(2026, 11, 23)), "31\u00a0декабря", "с завтрашнего дня"),
        (UNDATED._replace(term="по графику"), "по графику", ""),
        (UNDATED, "–", ""),
        (DONE._replace(term="Сентябрь 2026"), "28\u00a0сентября", "Сентябрь 2026"),
    ],
)
def test_a_line_says_the_day_that_matters(found: WindowRow, day: str, small: str) -> None:
    (line,) = lines_of([found], TODAY, {})

    assert (line.day, line.small) == (day, small)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), "1–30\u00a0сентября"),
        (date(2026, 9, 1), date(2026, 10, 31), "1\u00a0сентября – 31\u00a0октября"),
        (date(2026, 9, 1), date(2027, 5, 31), "1\u00a0сентября – 31\u00a0мая 2027"),
        (date(2023, 9, 1), date(2024, 5, 31), "1\u00a0сентября 2023 – 31\u00a0мая 2024"),
        (date(2026, 9, 1), date(2026, 9, 1), "1\u00a0сентября"),
    ],
)
def test_a_span_is_said_shortly(first: date, last: date, words: str) -> None:
    assert span_words(first, last, TODAY) == words


def test_a_day_of_another_year_carries_the_year() -> None:
    assert day_words(date(2027, 1, 9), TODAY) == "9\u00a0января 2027"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Формирование базы наставников", "База наставников"),
        ("ФОРМИРОВАНИЕ БАНКА НАСТАВЛЯЕМЫХ", "База наставляемых"),
        ("Формирование наставнических пар / групп", "Пары и группы"),
        ("Организация и осуществление работы наставнических пар/групп", "Работа пар"),
        ("Праздник двора", "Праздник двора"),
    ],
)
def test_standard_stages_have_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


PEOPLE = [(1, "curator", "", 0), (2, "deputy", "Белова И.В.", 0), (3, "other", "И. В. Белова", 0)]


def test_people_are_offered_by_duty_and_by_name_once() -> None:
    duties, names = who_choices(PEOPLE)

    assert [value for value, _label in duties] == ["curator", "deputy", "other"]
    assert [value for value, _label in names] == ["name:белова в и"]


def test_a_name_is_found_in_every_spelling() -> None:
    rows = [EMPTY._replace(activity=activity) for activity in (1, 2, 3)]

    found = narrowed(rows, Wanted(who="name:белова в и"), PEOPLE, SYSTEM)

    assert [one.activity for one in found] == [2, 3]


def test_mine_is_what_names_me_or_a_duty_of_my_role_that_names_nobody() -> None:
    me = actor_of_role(Role.PSYCHOLOGIST)
    people = [(1, "psychologist", "", 0), (2, "other", "Я", me.user_id), (3, "psychologist", "Не я", 77)]

    assert mine_of(people, me) == {1, 2}


def actor_of_role(role: Role) -> Actor:
    user = User(pk=5)
    return user_actor(user, [Membership(pk=1, user=user, role=role)])


def test_this_month_is_what_has_days_in_it() -> None:
    want = wanted({"state": "month", "year": "all"}, (), None, TODAY)

    assert narrowed([LATE, NOW, SOON, FAR, UNDATED], want, [], SYSTEM) == [NOW]


def test_the_filters_of_an_address_are_carried_on_and_nothing_else_is() -> None:
    asked = {"stage": "2", "who": "me", "page": "3", "order": "text", "q": "", "month": "2026-11"}

    assert (kept(asked), kept({})) == ("?stage=2&who=me", "")


def test_orders() -> None:
    rows = [FAR._replace(sort_key="б"), UNDATED._replace(sort_key="а"), LATE._replace(sort_key="в")]

    assert [one.sort_key for one in narrowed(rows, Wanted(order="deadline"), [], SYSTEM)] == ["в", "б", "а"]
    assert [one.sort_key for one in narrowed(rows, Wanted(order="text"), [], SYSTEM)] == ["а", "б", "в"]
    assert narrowed(rows, Wanted(), [], SYSTEM) == rows


@pytest.mark.parametrize(
    ("asked", "want"),
    [
        ({}, Wanted(year=2026)),
        ({"year": "all"}, Wanted(year=None)),
        ({"year": "2025"}, Wanted(year=2025)),
        ({"year": "1812", "stage": "x", "state": "drunk", "order": "random"}, Wanted(year=2026)),
        ({"stage": "2", "state": "late", "who": "curator"}, Wanted(2026, 2, "late", "curator")),
        ({"state": "month"}, Wanted(2026, touching=(date(2026, 11, 1), date(2026, 11, 30)))),
        ({"q": " ЁЛКА  Двор "}, Wanted(2026, words=("елка", "двор"))),
    ],
)
def test_an_address_is_read_and_nonsense_passed_over(asked: dict[str, str], want: Wanted) -> None:
    assert wanted(asked, (2025, 2026), 2026, TODAY) == want


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 11, 22), 2026), (date(2026, 8, 31), 2025), (date(2020, 1, 1), 2025), (date(2030, 1, 1), 2026)],
)
def test_the_year_under_way_is_shown(today: date, year: int) -> None:
    assert year_of((2025, 2026), today) == year
