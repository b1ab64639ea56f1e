"""What waits for a person, on the first page: things of other apps and of the roadmap in one list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.models import Role
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.waiting import MOST_LATE, WaitList, wait_list, waiting_headline
from roadmap.day import Fact, Panel, Waiting, register_facts, register_panel, register_waiting
from roadmap.evidence import Evidence
from roadmap.models import Activity, Duty
from tests.factories import ResponsibleFactory, actor_of, full_programme

LogIn = Callable[[Actor], Client]
TODAY = date(2026, 11, 22)
EMPTY = WindowRow(
    1, 1, 9, 2026, 1, "19", "", "Дело", "", "", None, None, None, "", "дело", "дело", "", "planned", Standing.UNDATED
)
LATE = EMPTY._replace(standing=Standing.LATE, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
STAFF = (Role.CURATOR, Role.ADMINISTRATOR)


def thing(text: str, day: date | None = None, tone: str = "") -> Waiting:
    return Waiting(text, "/people/", "Открыть", day=day, tone=tone)


def found(waiting: list[Waiting], *windows: WindowRow, **proofs: Evidence) -> WaitList:
    places = {(kind, 9): proof for kind, proof in proofs.items()}
    return wait_list(waiting, windows, places, "/programmes/1/", TODAY)


def test_what_is_late_stands_first_and_the_rest_by_its_day() -> None:
    waiting = [
        thing("без дня"),
        thing("завтра", date(2026, 11, 23)),
        thing("давно", date(2026, 9, 1), "late"),
        thing("вчера", date(2026, 11, 21)),
    ]

    waits = found(waiting, LATE, EMPTY)

    assert [row.text for row in waits.rows] == [
        "давно",
        "Дело",
        "вчера",
        "завтра",
        "без дня",
        "1 мероприятие без сроков",
    ]
    assert (waits.count, waits.late) == (6, 2)


def test_of_many_overdue_activities_the_oldest_are_named() -> None:
    windows = [LATE._replace(key=day, text=f"Дело {day}", ends_on=date(2026, 10, day)) for day in range(12, 0, -1)]

    waits = found([], *windows)

    assert [row.text for row in waits.rows] == [
        *[f"Дело {day}" for day in range(1, MOST_LATE + 1)],
        "Просрочено ещё 6 мероприятий",
    ]
    assert (waits.count, waits.late) == (12, 12)
    assert waits.rows[-1].url == "/programmes/1/?state=late#all"


@pytest.mark.parametrize(
    ("proof", "deed", "url"),
    [
        (Evidence("3 из 4", "/people/", 3, 4), "Подобрать пары", "/people/"),
        (Evidence("пока нет", "/people/", 0, 0), "Подобрать пары", "/people/"),
        (Evidence("3 из 4", "", 3, 4), "Выполнено", "/windows/1/done/?next=%2F"),
    ],
)
def test_the_button_leads_to_the_work_until_the_work_is_done(proof: Evidence, deed: str, url: str) -> None:
    (row,) = found([], LATE._replace(evidence="pairs"), pairs=proof).rows

    assert (row.deed, row.url, row.proof) == (deed, url, proof.words)
    assert (row.in_place, bool(row.aside_url)) == ((True, False) if deed == "Выполнено" else (False, True))


def test_overdue_work_that_is_complete_is_marked_at_once() -> None:
    (row,) = found([], LATE._replace(evidence="pairs"), pairs=Evidence("4 из 4", "/people/", 4, 4)).rows

    assert (row.deed, row.url, row.at_once) == ("Отметить", "/windows/1/complete/", True)
    assert (row.proof, row.tone, row.small) == ("Готово – 4 из 4", "late", "22 дня назад")


@pytest.mark.parametrize(
    ("kind", "deed"),
    [
        ("mentee_consents", "Открыть согласия"),
        ("mentors", "Открыть участников"),
        ("order", "Открыть приказы"),
        ("trial_meetings", "Открыть встречи"),
        ("survey", "Перейти"),
    ],
)
def test_the_button_says_where_it_leads(kind: str, deed: str) -> None:
    (row,) = found([], LATE._replace(evidence=kind), **{kind: Evidence("3 из 4", "/people/", 3, 4)}).rows

    assert row.deed == deed


@pytest.mark.parametrize(
    ("count", "late", "said"),
    [
        (0, 0, ""),
        (1, 0, "Вас ждёт 1 дело"),
        (5, 2, "Вас ждут 5 дел, просрочено 2"),
        (1, 1, "Вас ждёт 1 просроченное дело"),
        (3, 3, "Вас ждут 3 просроченных дела"),
    ],
)
def test_the_headline_counts_what_waits(count: int, late: int, said: str) -> None:
    assert waiting_headline(WaitList([], count, late)) == said


# ---------------------------------------------------------------- on the pages


def given(panel: Panel, _actor: Actor, _today: date) -> Panel:
    return panel


def begun(by: Actor) -> None:
    full_programme(by.school, activities=3, starts_on=timezone.localdate() - timedelta(days=40))


@pytest.mark.django_db
@pytest.mark.parametrize("role", STAFF)
def test_those_who_decide_see_things_figures_and_panels(log_in: LogIn, role: Role) -> None:
    by = actor_of(role)
    begun(by)
    register_waiting(STAFF, lambda actor, today: [thing("Утвердите <51> пару")], place=10)
    register_facts(STAFF, lambda actor, today: [Fact("51 из 64", "в парах", "/people/")], place=10)
    register_panel(STAFF, lambda actor, today: Panel("components/empty.html", {"text": "Панель"}), place=10)

    page = log_in(by).get("/").content.decode()

    assert "Утвердите &lt;51&gt; пару" in page
    assert '<a href="/people/"><b>51 из 64</b>' in page
    assert "<p>Панель</p>" in page
    assert page.count("btn-primary") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted({*Role} - {*STAFF, Role.OBSERVER}))
@pytest.mark.parametrize("is_begun", [True, False])
def test_everyone_else_sees_his_things_and_panels_first(log_in: LogIn, role: Role, is_begun: bool) -> None:
    by = actor_of(role)
    if is_begun:
        begun(by)
    register_waiting([role], lambda actor, today: [thing("Запишите встречу", today, "late")], place=10)
    register_panel([role], lambda actor, today: Panel("components/empty.html", {"text": "Панель"}), place=10)

    response = log_in(by).get("/")

    page = response.content.decode()
    assert "Вас ждёт 1 просроченное дело" in page
    assert page.index("Запишите встречу") < page.index("<p>Панель</p>")
    assert "Когда что будет" not in page


@pytest.mark.django_db
def test_things_of_one_role_are_not_for_another(log_in: LogIn) -> None:
    curator = actor_of()
    begun(curator)
    register_waiting([Role.ADMINISTRATOR], lambda actor, today: [thing("Только директору")], place=10)

    pages = [log_in(by).get("/").content.decode() for by in (curator, actor_of(Role.ADMINISTRATOR, curator.school))]

    assert ["Только директору" in page for page in pages] == [False, True]


@pytest.mark.django_db
def test_overdue_activities_wait_for_the_curator_and_for_those_who_answer_for_them(log_in: LogIn) -> None:
    curator, director = actor_of(), actor_of(Role.ADMINISTRATOR)
    for by in (curator, director):
        begun(by)
    mine = Activity.objects.filter(stage__programme__school=director.school).earliest("pk")
    ResponsibleFactory(activity=mine, place=2, duty=Duty.HEAD)

    waits = [log_in(by).get("/").context["waits"] for by in (curator, director)]

    assert [found.count for found in waits] == [2, 1]
    assert [row.text for row in waits[1].rows] == [mine.text]


@pytest.mark.django_db
def test_a_panel_brings_its_style_sheet_and_leaves_the_pages_values_alone(log_in: LogIn) -> None:
    by = actor_of(Role.MENTEE)
    for text in ("Первая", "Вторая"):
        panel = Panel("components/empty.html", {"text": text, "headline": "чужой"}, style="css/lists.css")
        register_panel([Role.MENTEE], partial(given, panel), place=10)
    register_panel([Role.MENTEE], lambda actor, today: None, place=20)

    page = log_in(by).get("/").content.decode()

    assert page.index("<p>Первая</p>") < page.index("<p>Вторая</p>")
    assert "Сейчас вас ничего не ждёт" in page
    assert "чужой" not in page


@pytest.mark.django_db
def test_before_the_first_programme_things_wait_too(log_in: LogIn) -> None:
    register_waiting(STAFF, lambda actor, today: [thing("Проверьте согласие")], place=10)

    page = log_in(actor_of()).get("/").content.decode()

    assert "Проверьте согласие" in page
    assert page.count("btn-primary") == 1


@pytest.mark.django_db
def test_when_nothing_waits_the_page_says_so(log_in: LogIn) -> None:
    by = actor_of()
    full_programme(by.school, activities=1, done=1)

    response = log_in(by).get("/")

    assert response.context["headline"] == response.context["board"].headline()
    assert "Ничего не просрочено" in response.content.decode()
