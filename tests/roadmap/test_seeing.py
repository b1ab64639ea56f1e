"""The calendar and the timeline of a programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import Actor
from core.models import PeriodKind, Role, SchoolPeriod
from roadmap.models import Duty, Programme, Window, WindowState
from roadmap.models.programme import ROADMAP_READERS
from tests.factories import (
    ActivityFactory,
    CycleFactory,
    ProgrammeFactory,
    ResponsibleFactory,
    StageFactory,
    WindowFactory,
    actor_of,
    full_programme,
)

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}
PAGES = ("calendar", "timeline")


def url_of(programme: Programme, page: str) -> str:
    return f"/programmes/{programme.pk}/{page}/".replace("//", "/")


@pytest.fixture
def small(log_in: LogIn) -> tuple[Client, Programme]:
    """Two years from September 2026 on: one activity in both, one day of November, one without days."""
    by = actor_of()
    programme = ProgrammeFactory(school=by.school, starts_on=date(2026, 9, 1), ends_on=date(2028, 5, 31))
    cycles = [
        CycleFactory(programme=programme, year=year, starts_on=date(year, 9, 1), ends_on=date(year + 1, 5, 31))
        for year in (2026, 2027)
    ]
    stages = [StageFactory(programme=programme, place=place) for place in (1, 2)]
    texts = ["Педсовет <о ёлке>", "Встреча", "Без срока"]
    activities = [
        ActivityFactory(stage=stages[place // 2], place=place, text=text, number=str(place), term_text="зимой")
        for place, text in enumerate(texts, 1)
    ]
    ResponsibleFactory(activity=activities[0], place=1, duty=Duty.CURATOR, name="", member=None)
    ResponsibleFactory(activity=activities[1], place=1, duty=Duty.PSYCHOLOGIST, name="", member=None)
    for cycle in cycles:
        year = cycle.year
        WindowFactory(activity=activities[0], cycle=cycle, starts_on=date(year, 10, 1), ends_on=date(year, 12, 10))
    WindowFactory(activity=activities[1], cycle=cycles[0], starts_on=date(2026, 11, 5), ends_on=date(2026, 11, 5))
    WindowFactory(activity=activities[2], cycle=cycles[0], starts_on=None, ends_on=None)
    return log_in(by), programme


def test_a_month_shows_what_begins_ends_and_lasts(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    response = browser.get(url_of(programme, "calendar"), {"month": "2026-11"})

    sheet = response.context["sheet"]
    assert [row.number for row in sheet.whole] == ["1"]
    assert [(day.on.day, [entry.row.number for entry in day.entries]) for day in sheet.days if day.entries] == [
        (5, ["2"])
    ]
    page = response.content.decode()
    assert page.count("<caption>Ноябрь 2026</caption>") == 1
    assert page.count('<th scope="col"') == 7
    assert "Педсовет &lt;о ёлке&gt;" in page
    assert "У 1 мероприятия нет дней" in page


@pytest.mark.parametrize(
    ("asked", "month"),
    [("2027-10", date(2027, 10, 1)), ("1812-06", date(2026, 9, 1)), ("2026-13", date(2026, 12, 1))],
)
def test_a_month_that_is_not_there_shows_the_nearest(small: tuple[Client, Programme], asked: str, month: date) -> None:
    browser, programme = small

    assert browser.get(url_of(programme, "calendar"), {"month": asked}).context["sheet"].first == month


def test_a_month_leads_to_its_neighbours_and_to_the_other_year(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    first, last = (
        browser.get(url_of(programme, "calendar"), {"month": month}).context["turns"]
        for month in ("2026-09", "2028-05")
    )

    assert (first["previous"], first["next"]) == (None, date(2026, 10, 1))
    assert (last["previous"], last["next"]) == (date(2028, 4, 1), None)
    assert first["years"] == {2026: date(2026, 9, 1), 2027: date(2027, 9, 1)}
    assert [month.month for month, _count in first["months"]] == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]


def test_links_to_other_months_keep_the_filters(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    page = browser.get(url_of(programme, "calendar"), {"month": "2026-11", "stage": "1"}).content.decode()

    assert 'href="?month=2026-12&amp;stage=1"' in page
    assert f'href="/programmes/{programme.pk}/timeline/?stage=1"' in page


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [({}, {"1", "2"}), ({"stage": "2"}, {"2"}), ({"who": "me"}, {"1"}), ({"who": "psychologist"}, {"2"})],
)
@pytest.mark.parametrize("page", PAGES)
def test_filters_hold_on_every_page(
    small: tuple[Client, Programme], page: str, asked: dict[str, str], numbers: set[str]
) -> None:
    browser, programme = small

    context = browser.get(url_of(programme, page), asked | {"month": "2026-11", "year": "2026"}).context

    if page == "calendar":
        sheet = context["sheet"]
        found = {row.number for row in sheet.whole} | {entry.row.number for day in sheet.days for entry in day.entries}
    else:
        found = {track.rows[0].number for _stage, _tread, tracks in context["bands"] for track in tracks}
    assert found == numbers


def test_own_holidays_stand_for_the_usual_ones(small: tuple[Client, Programme]) -> None:
    browser, programme = small
    SchoolPeriod.objects.create(
        school=programme.school,
        kind=PeriodKind.HOLIDAY,
        number=1,
        starts_on=date(2026, 11, 3),
        ends_on=date(2026, 11, 4),
    )

    own, usual = (browser.get(url_of(programme, "calendar"), {"month": month}) for month in ("2026-11", "2027-11"))

    assert [day.on.day for day in own.context["sheet"].days if day.is_holiday] == [3, 4]
    assert [response.context["is_own_calendar"] for response in (own, usual)] == [True, False]
    assert "своих на этот учебный год школа не указала" in usual.content.decode()


def test_the_timeline_lays_out_a_year_or_all_of_them(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    year, every = (browser.get(url_of(programme, "timeline"), {"year": asked}) for asked in ("2026", "all"))

    bars = [[len(track.bars) for track in response.context["timeline"].tracks] for response in (year, every)]
    assert bars == [[1, 1], [2, 1]]
    assert [len(response.context["timeline"].months) for response in (year, every)] == [9, 21]
    assert [row.text for row in year.context["timeline"].undated] == ["Без срока"]
    page = year.content.decode()
    assert page.count('role="img"') == 2
    assert "Педсовет &lt;о ёлке&gt;" in page
    assert "<о ёлке>" not in page


def test_how_a_window_stands_is_told_in_words(small: tuple[Client, Programme]) -> None:
    browser, programme = small
    by = actor_of(school=programme.school)
    Window.objects.filter(starts_on=date(2026, 11, 5)).update(
        state=WindowState.DONE, done_on=date(2026, 11, 6), done_by=by.user
    )

    page = browser.get(url_of(programme, "timeline"), {"year": "2026"}).content.decode()

    year = "" if timezone.localdate().year == 2026 else " 2026"
    assert f"5\u00a0ноября{year}, выполнено 6\u00a0ноября{year}" in page


def test_nothing_found_offers_the_way_back(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    timeline = browser.get(url_of(programme, "timeline"), {"q": "нетакого"}).content.decode()
    calendar = browser.get(url_of(programme, "calendar"), {"month": "2027-02", "stage": "1"}).content.decode()

    assert "По этим условиям нет мероприятий с днями." in timeline
    assert "В этом месяце по этим условиям ничего нет." in calendar


@pytest.mark.parametrize("page", PAGES)
def test_htmx_gets_the_part_and_a_restored_page_is_whole(small: tuple[Client, Programme], page: str) -> None:
    browser, programme = small
    url = url_of(programme, page)

    part = browser.get(url, headers=HTMX).content.decode()
    restored = browser.get(url, headers=HTMX | {"HX-History-Restore-Request": "true"}).content.decode()

    assert part.lstrip().startswith(f'<div id="{page}"')
    assert "</html>" in restored


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_readers_of_the_roadmap_come_in_and_others_do_not(log_in: LogIn, role: Role, page: str) -> None:
    programme = full_programme(activities=1)

    response = log_in(actor_of(role, programme.school)).get(url_of(programme, page))

    assert response.status_code == (200 if role in ROADMAP_READERS else 403)


@pytest.mark.parametrize("page", PAGES)
def test_another_schools_programme_is_not_found_and_another_method_is_refused(log_in: LogIn, page: str) -> None:
    programme = full_programme(activities=1)

    assert log_in(actor_of()).get(url_of(programme, page)).status_code == 404
    assert log_in(actor_of(school=programme.school)).post(url_of(programme, page)).status_code == 405


@pytest.mark.parametrize("activities", [1, 3])
@pytest.mark.parametrize(("page", "count"), [("", 9), ("calendar", 9), ("timeline", 10)])
def test_the_number_of_queries_stays(log_in: LogIn, page: str, count: int, activities: int) -> None:
    by = actor_of()
    programme = full_programme(by.school, activities=activities)
    browser = log_in(by)

    browser.get(url_of(programme, page))  # stamps the session
    with CaptureQueriesContext(connection) as queries:
        browser.get(url_of(programme, page))

    assert len(queries) == count


@pytest.mark.parametrize("page", ["", "timeline/"])
def test_a_long_programme_comes_in_pages_or_all_at_once(log_in: LogIn, page: str) -> None:
    by = actor_of()
    programme = full_programme(by.school, activities=230)
    browser = log_in(by)
    url = f"/programmes/{programme.pk}/{page}"

    pages = [browser.get(url, {"page": number}).context["page"] for number in ("1", "3", "99", "all", "x")]

    assert [len(page.object_list) for page in pages] == [100, 30, 30, 230, 100]


def test_a_programme_of_several_years_shows_each_year(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    context = browser.get(f"/programmes/{programme.pk}/", {"year": "2027"}).context

    assert [(year, [tread.total for tread in treads]) for year, treads in context["years"]] == [
        (2026, [1, 2]),
        (2027, [1, 0]),
    ]
    assert context["year_asked"] == "&year=2027"


def test_a_programme_of_one_year_shows_no_years(log_in: LogIn) -> None:
    by = actor_of()
    programme = full_programme(by.school, activities=1)

    assert log_in(by).get(f"/programmes/{programme.pk}/").context["years"] == []


@pytest.mark.parametrize("page", ["", *PAGES])
@pytest.mark.parametrize(
    "asked", [{}, {"stage": "9" * 30, "page": "-1", "year": "٢٠٢٦", "month": "٩٩٩٩-٩٩", "q": "\0", "who": "name:"}]
)
def test_a_programme_without_anything_and_a_senseless_address_are_shown(
    log_in: LogIn, page: str, asked: dict[str, str]
) -> None:
    by = actor_of()
    programme = ProgrammeFactory(school=by.school)

    assert log_in(by).get(url_of(programme, page), asked).status_code == 200
