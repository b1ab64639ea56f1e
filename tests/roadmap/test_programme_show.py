"""The page of a programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role
from roadmap.models import Activity, Duty, Programme, WindowState
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.programmes import make_programme
from tests.factories import (
    ActivityFactory,
    CycleFactory,
    ProgrammeFactory,
    ResponsibleFactory,
    StageFactory,
    VersionFactory,
    WindowFactory,
    actor_of,
    full_programme,
)
from tests.roadmap.samples import ROADMAP, opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


def url_of(programme: Programme) -> str:
    return f"/programmes/{programme.pk}/"


@pytest.fixture
def small(log_in: LogIn) -> tuple[Client, Programme]:
    """A programme of two stages with one late, one open, one undated and one done activity."""
    by = actor_of()
    today = timezone.localdate()
    programme = ProgrammeFactory(school=by.school, starts_on=today - timedelta(90), ends_on=today + timedelta(200))
    cycle = CycleFactory(programme=programme, year=programme.starts_on.year)
    stages = [StageFactory(programme=programme, place=place) for place in (1, 2)]
    plan: list[tuple[int, str, date | None, date | None, bool]] = [
        (0, "Ёлочный базар", today - timedelta(60), today - timedelta(30), False),
        (0, "Берёзовая роща", today - timedelta(80), today - timedelta(70), True),
        (1, "ВСТРЕЧА НАСТАВНИКОВ", today - timedelta(5), today + timedelta(5), False),
        (1, "Аллея выпускников", None, None, False),
    ]
    for place, (stage, text, first, last, done) in enumerate(plan, 1):
        activity = ActivityFactory(stage=stages[stage], place=place, text=text, number=str(place), term_text="")
        ResponsibleFactory(activity=activity, place=1, duty=Duty.CURATOR if place % 2 else Duty.MENTOR, name="")
        state = {"state": WindowState.DONE, "done_on": last, "done_by": by.user} if done else {}
        WindowFactory(activity=activity, cycle=cycle, starts_on=first, ends_on=last, **state)
    return log_in(by), programme


def shown(browser: Client, programme: Programme, **asked: str) -> list[str]:
    """The numbers of the activities in the list."""
    context = browser.get(url_of(programme), asked).context
    return [line.number for block in context["blocks"] for line in block.lines] or [
        line.number for line in context["lines"]
    ]


def test_the_page_says_where_the_programme_stands(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    response = browser.get(url_of(programme))

    figures = response.context["figures"]
    assert (figures.total, figures.done, figures.late, figures.soon, figures.undated) == (4, 1, 1, 1, 1)
    assert [tread.look for tread in response.context["treads"]] == ["ahead", "now"]
    assert [line.number for line in response.context["late"]] == ["1"]
    assert [line.number for line in response.context["coming"]] == ["3"]
    assert response.content.decode().count('aria-current="step"') == 1


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["1", "2", "3", "4"]),
        ({"stage": "2"}, ["3", "4"]),
        ({"state": "late"}, ["1"]),
        ({"state": "now"}, ["3"]),
        ({"state": "coming"}, []),
        ({"state": "undated"}, ["4"]),
        ({"state": "done"}, ["2"]),
        ({"who": "me"}, ["1", "3"]),
        ({"who": "mentor"}, ["2", "4"]),
        ({"q": "елочный"}, ["1"]),
        ({"q": "ЁЛОЧНЫЙ базар"}, ["1"]),
        ({"q": "Березовая"}, ["2"]),
        ({"q": "встреча"}, ["3"]),
        ({"q": "встреча базар"}, []),
        ({"order": "deadline"}, ["2", "1", "3", "4"]),
        ({"order": "text"}, ["4", "2", "3", "1"]),
        ({"stage": "1", "state": "done"}, ["2"]),
    ],
)
def test_filters_search_and_order(small: tuple[Client, Programme], asked: dict[str, str], numbers: list[str]) -> None:
    browser, programme = small

    assert shown(browser, programme, **asked) == numbers


def test_a_year_is_chosen_and_all_years_are_shown(log_in: LogIn) -> None:
    draft, by = opened(
        text=ROADMAP.replace("2026-2027", "2024-2027").replace("Октябрь 2026", "Октябрь 2024, 2025, 2026")
    )
    programme = make_programme(draft=draft, by=by)
    browser = log_in(by)

    counts = [len(shown(browser, programme, year=year)) for year in ("2024", "2026", "all")]

    assert counts == [2, 3, 7]


def test_htmx_gets_the_list_or_the_board_and_a_restored_page_is_whole(small: tuple[Client, Programme]) -> None:
    browser, programme = small
    url = url_of(programme)

    part = browser.get(url, headers=HTMX | {"HX-Target": "list"}).content.decode()
    board = browser.get(url, headers=HTMX | {"HX-Target": "board"}).content.decode()
    restored = browser.get(url, headers=HTMX | {"HX-History-Restore-Request": "true"}).content.decode()

    assert part.lstrip().startswith('<div id="list"')
    assert board.lstrip().startswith('<div id="board"')
    assert "</html>" in restored


def test_what_fits_no_filter_offers_the_way_back(small: tuple[Client, Programme]) -> None:
    browser, programme = small

    assert "Показать все мероприятия" in browser.get(url_of(programme), {"q": "нетакого"}).content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_readers_of_the_roadmap_come_in_and_others_do_not(log_in: LogIn, role: Role) -> None:
    programme = full_programme(activities=1)

    response = log_in(actor_of(role, programme.school)).get(url_of(programme))

    assert response.status_code == (200 if role in ROADMAP_READERS else 403)


def test_only_those_who_may_mark_see_the_buttons(log_in: LogIn) -> None:
    programme = full_programme(activities=1)

    pages = [
        log_in(actor_of(role, programme.school)).get(url_of(programme)).content.decode()
        for role in (Role.ADMINISTRATOR, Role.PSYCHOLOGIST)
    ]

    assert ["/done/?next=" in page for page in pages] == [True, False]


def test_another_schools_programme_is_not_found(log_in: LogIn) -> None:
    programme = full_programme(activities=1)

    assert log_in(actor_of()).get(url_of(programme)).status_code == 404


def test_another_method_is_refused(log_in: LogIn) -> None:
    programme = full_programme(activities=1)

    assert log_in(actor_of(school=programme.school)).post(url_of(programme)).status_code == 405


def test_markup_in_a_document_stays_text(log_in: LogIn) -> None:
    by = actor_of()
    programme = full_programme(by.school, activities=1)
    programme.stages.get(place=1).activities.update(text="<b>жирно</b>", responsible_text="<script>")

    page = log_in(by).get(url_of(programme)).content.decode()

    assert "&lt;b&gt;жирно&lt;/b&gt;" in page
    assert "<script>" not in page


def test_the_document_is_given_out_and_journaled(log_in: LogIn) -> None:
    draft, by = opened()
    programme = make_programme(draft=draft, by=by)

    response = log_in(by).get(f"{url_of(programme)}source/")

    assert response.content == ROADMAP.encode()
    assert Event.objects.filter(verb="download", thing=f"storedfile:{draft.source_id}").count() == 1
    assert log_in(actor_of()).get(f"{url_of(programme)}source/").status_code == 404


@pytest.mark.parametrize(("state", "queries"), [("new", 9), ("approved", 8), ("changed since", 10)])
@pytest.mark.parametrize("activities", [7, 21])
def test_the_page_asks_at_most_ten_questions_however_long_the_plan_and_whatever_became_of_it(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, activities: int, state: str, queries: int
) -> None:
    programme = full_programme(activities=activities)
    if state != "new":
        VersionFactory(programme=programme, revision=programme.revision)
    if state == "changed since":
        Activity.objects.filter(stage__programme=programme, number="1.1").update(text="Иное дело")
        Programme.objects.update(revision=programme.revision + 1)
    browser = log_in(actor_of(school=programme.school))
    browser.get(url_of(programme))

    with django_assert_num_queries(queries):
        response = browser.get(url_of(programme))

    assert ("после неё изменено" in response.content.decode()) == (state == "changed since")
