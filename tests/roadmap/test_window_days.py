"""Other days from a page: what follows is shown before anything is moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Role
from roadmap.models import Change, Window
from roadmap.services.moving import set_days
from tests.factories import ActivityFactory, CycleFactory, WindowFactory, actor_of

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}
MEETING = "Организация групповой встречи наставников и наставляемых"
SURVEY = "Проведение анкетирования на предмет предпочитаемого наставника после завершения групповой встречи"


@pytest.fixture(autouse=True)
def _in_autumn() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 9, 10, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def meeting() -> Window:
    return plan_of(1)


def plan_of(surveys: int) -> Window:
    """A group meeting on 12 October and surveys that follow it two days later."""
    cycle = CycleFactory()

    def row(text: str, number: str, first: date, last: date) -> Window:
        activity = ActivityFactory(stage__programme=cycle.programme, text=text, number=number)
        return WindowFactory(cycle=cycle, activity=activity, starts_on=first, ends_on=last)

    for number in range(surveys):
        row(SURVEY, f"5.{number + 2}", date(2026, 10, 14), date(2026, 10, 16))
    return row(MEETING, "5.1", date(2026, 10, 12), date(2026, 10, 12))


def curator_of(window: Window) -> Actor:
    return actor_of(school=window.cycle.programme.school)


def address(window: Window) -> str:
    return f"/windows/{window.pk}/days/"


def typed(first: str, last: str = "", **more: object) -> dict[str, object]:
    return {"starts_on": first, "ends_on": last or first, **more}


def survey_days() -> tuple[date | None, date | None]:
    found = Window.objects.get(activity__number="5.2")
    return found.starts_on, found.ends_on


def test_days_are_set_at_once_where_nothing_follows(log_in: LogIn) -> None:
    window = WindowFactory(starts_on=None, ends_on=None)
    browser = log_in(curator_of(window))

    refused = browser.post(address(window), typed("2026-11-02", "2026-11-01"))
    taken = browser.post(address(window), typed("2026-11-02", "30.11.2026"))

    window.refresh_from_db()
    assert (refused.status_code, refused.context["form"].errors) == (
        400,
        {"ends_on": ["Последний день раньше первого."]},
    )
    assert (taken.status_code, taken["Location"]) == (302, f"/programmes/{window.cycle.programme_id}/")
    assert (window.starts_on, window.ends_on) == (date(2026, 11, 2), date(2026, 11, 30))


def test_what_follows_is_shown_and_nothing_is_moved_yet(log_in: LogIn, meeting: Window) -> None:
    response = log_in(curator_of(meeting)).post(address(meeting), typed("2026-10-19"))

    (line,) = response.context["lines"]
    assert response.status_code == 200
    assert (line.number, line.old, line.new, line.is_ticked) == (
        "5.2",
        "14–16\u00a0октября",
        "21–23\u00a0октября",
        True,
    )
    assert line.why == "Анкета предпочтений идёт после групповой встречи (№\u00a05.1)"
    assert Change.objects.count() == 0


@pytest.mark.parametrize(
    ("do", "is_ticked", "expected"),
    [
        ("all", True, date(2026, 10, 21)),
        ("all", False, date(2026, 10, 14)),
        ("only", True, date(2026, 10, 14)),
    ],
)
def test_one_says_yes_to_all_or_moves_the_one_alone(
    log_in: LogIn, meeting: Window, do: str, is_ticked: bool, expected: date
) -> None:
    browser = log_in(curator_of(meeting))
    shown = browser.post(address(meeting), typed("2026-10-19"))
    along = [line.value for line in shown.context["lines"] if is_ticked]

    response = browser.post(address(meeting), typed("2026-10-19", do=do, along=along))

    meeting.refresh_from_db()
    assert (response.status_code, meeting.starts_on, survey_days()[0]) == (302, date(2026, 10, 19), expected)


def test_one_may_choose_other_days_after_all(log_in: LogIn, meeting: Window) -> None:
    response = log_in(curator_of(meeting)).post(address(meeting), typed("2026-10-19", do="change"))

    assert response.status_code == 200
    assert 'value="2026-10-19"' in response.content.decode()
    assert Change.objects.count() == 0


def test_moved_back_the_followers_are_offered_and_not_ticked(log_in: LogIn, meeting: Window) -> None:
    response = log_in(curator_of(meeting)).post(address(meeting), typed("2026-10-05"))

    assert [line.is_ticked for line in response.context["lines"]] == [False]
    assert "1 мероприятие можно подтянуть следом" in response.content.decode()


def test_holidays_and_days_outside_the_year_are_told_before(log_in: LogIn, meeting: Window) -> None:
    browser = log_in(curator_of(meeting))

    holidays = browser.post(address(meeting), typed("2026-10-25"))
    after = browser.post(address(meeting), typed("2027-09-06"))

    assert holidays.context["doubts"] == ["В эти дни школа не учится: каникулы или воскресенье."]
    assert after.context["doubts"] == [
        "Эти дни за пределами учебного года программы: 1\u00a0сентября – 31\u00a0августа 2027."
    ]
    assert [(line.is_ticked, line.is_after_end) for line in after.context["lines"]] == [(False, True)]


def test_a_move_before_what_it_stands_on_is_told(log_in: LogIn, meeting: Window) -> None:
    survey = Window.objects.get(activity__number="5.2")

    response = log_in(curator_of(survey)).post(address(survey), typed("2026-10-09"))

    assert response.context["doubts"] == [
        "Анкета предпочтений идёт после групповой встречи (№\u00a05.1), а это запланировано позже: 12\u00a0октября."
    ]


def test_a_page_that_is_out_of_date_says_so_and_keeps_what_was_typed(log_in: LogIn, meeting: Window) -> None:
    browser = log_in(curator_of(meeting))
    seen = browser.get(address(meeting)).context["form"].initial["seen"]
    set_days(window=meeting, starts_on=date(2026, 10, 13), ends_on=date(2026, 10, 13), by=curator_of(meeting))

    stale = browser.post(address(meeting), typed("2026-11-09", seen=seen, do="only"))
    page = stale.content.decode()
    fresh = browser.post(address(meeting), typed("2026-11-09", seen=stale.context["form"].data["seen"], do="only"))

    assert (stale.status_code, stale.context["now"], fresh.status_code) == (400, "13\u00a0октября", 302)
    assert "Пока страница была открыта, план изменили." in page
    assert 'value="2026-11-09"' in page


@pytest.mark.parametrize("made_up", ["x", "1:2", "1:2026-13-01:2026-01-01", "9999999999999:2026-10-21:2026-10-23"])
def test_a_made_up_tick_moves_nothing(log_in: LogIn, meeting: Window, made_up: str) -> None:
    response = log_in(curator_of(meeting)).post(address(meeting), typed("2026-10-19", do="all", along=[made_up]))

    assert (response.status_code, Change.objects.count()) == (400, 0)


def test_what_is_done_says_so(log_in: LogIn) -> None:
    window = WindowFactory(done=True)

    response = log_in(curator_of(window)).post(address(window), typed("2026-11-02"))

    assert response.status_code == 400
    assert "Сначала снимите отметку" in response.content.decode()


def test_htmx_gets_the_forms_alone_and_is_led_back(log_in: LogIn, meeting: Window) -> None:
    browser = log_in(curator_of(meeting))

    opened = browser.get(address(meeting), headers=HTMX)
    form = opened.content.decode()
    shown = browser.post(address(meeting), typed("2026-10-19"), headers=HTMX).content.decode()
    there = HTMX | {"HX-Current-URL": "http://testserver/programmes/1/?stage=3"}
    done = browser.post(address(meeting), typed("2026-10-19", do="only", next="/programmes/1/?stage=2"), headers=there)

    assert opened["HX-Push-Url"] == "false"
    assert form.lstrip().startswith('<form class="mark-form"')
    assert shown.lstrip().startswith('<form class="mark-form"')
    assert '"path": "/programmes/1/?stage=2"' in done["HX-Location"]


def test_from_the_page_of_its_own_htmx_is_led_to_the_whole_page(log_in: LogIn, meeting: Window) -> None:
    here = HTMX | {"HX-Current-URL": f"http://testserver{address(meeting)}"}

    done = log_in(curator_of(meeting)).post(address(meeting), typed("2026-10-19", do="only"), headers=here)

    assert done["HX-Redirect"] == f"/programmes/{meeting.cycle.programme_id}/"


def test_an_administrator_moves_too(log_in: LogIn, meeting: Window) -> None:
    browser = log_in(actor_of(Role.ADMINISTRATOR, meeting.cycle.programme.school))

    assert browser.post(address(meeting), typed("2026-10-19", do="only")).status_code == 302


def test_doors(log_in: LogIn, meeting: Window) -> None:
    assert log_in(actor_of()).post(address(meeting)).status_code == 404
    assert log_in(actor_of(Role.PSYCHOLOGIST, meeting.cycle.programme.school)).post(address(meeting)).status_code == 403
    assert log_in(curator_of(meeting)).delete(address(meeting)).status_code == 405
    assert Client().post(address(meeting))["Location"].startswith("/log-in/")


@pytest.mark.parametrize("surveys", [1, 3])
def test_looking_ahead_takes_as_many_queries_for_one_as_for_three(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, surveys: int
) -> None:
    meeting = plan_of(surveys)
    browser = log_in(curator_of(meeting))
    browser.get("/")

    with django_assert_num_queries(6):
        response = browser.post(address(meeting), typed("2026-10-19"))

    assert len(response.context["lines"]) == surveys


@pytest.mark.parametrize(
    ("first", "last", "status"), [("2026-10-19", "2026-10-19", 200), ("2026-10-19", "", 400), ("x", "2026-10-18", 400)]
)
def test_an_address_with_days_shows_what_would_follow_and_moves_nothing(
    log_in: LogIn, meeting: Window, first: str, last: str, status: int
) -> None:
    answer = log_in(curator_of(meeting)).get(address(meeting), {"starts_on": first, "ends_on": last})

    assert (answer.status_code, len(answer.context.get("lines", []))) == (status, int(status == 200))
    assert Change.objects.count() == 0
