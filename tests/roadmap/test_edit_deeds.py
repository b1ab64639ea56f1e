"""The buttons of the page on which a plan is edited: what they do, and how little of the page is sent anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from roadmap.editing.sheet import ROWS
from roadmap.models import Activity, Change, Programme, Window, WindowState
from tests.factories import StageFactory
from tests.roadmap.plans import activity_of, curator_of, order_of, rewrite, small_plan, stage_of

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def plan() -> Programme:
    return small_plan()


@pytest.fixture
def browser(log_in: LogIn, plan: Programme) -> Client:
    return log_in(curator_of(plan))


@pytest.fixture
def long_plan(plan: Programme) -> Programme:
    """Two more pages of activities in a third stage; the first page ends within it."""
    stage = StageFactory(programme=plan, place=3)
    Activity.objects.bulk_create(
        Activity(stage=stage, place=place, number=f"3.{place}", text=f"Дело {place}")
        for place in range(1, 2 * ROWS + 1)
    )
    return plan


def page_url(plan: Programme) -> str:
    return f"/programmes/{plan.pk}/edit/"


def press(browser: Client, plan: Programme, do: str, *, page: int = 1, **sent: str) -> Any:
    """The button pressed with HTMX on a page that is up to date."""
    revision = Programme.objects.get(pk=plan.pk).revision
    given = {"do": do, "page": str(page), "revision": str(revision), **sent}
    return browser.post(page_url(plan), given, headers=HTMX)


def rows_in(answer: Any) -> list[str]:
    """The rows that are sent with what they say."""
    found: list[str] = re.findall(r'<article id="a(\d+)"\s+class', answer.content.decode())
    return found


# ---------------------------------------------------------------- without scripts


def test_without_scripts_a_deed_leads_back_with_the_hand_on_its_button(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")

    answer = browser.post(page_url(plan), {"do": f"down:{activity.pk}"}, follow=True)

    assert order_of(plan)[0] == ["1.2", "1.1"]
    assert re.search(rf'id="down-{activity.pk}"[^>]* autofocus', answer.content.decode())
    assert f"/changes/{Change.objects.get().pk}/undo/" in answer.content.decode()


def test_without_scripts_a_deed_leads_back_to_its_page_of_a_long_plan(browser: Client, long_plan: Programme) -> None:
    row = activity_of(long_plan, "3.150")

    moved = browser.post(page_url(long_plan), {"do": f"up:{row.pk}", "page": "2"}, follow=True)
    deleted = browser.post(page_url(long_plan), {"do": f"delete:{row.pk}", "page": "2"}, follow=True)

    assert [answer.context["sheet"].number for answer in (moved, deleted)] == [2, 2]


@pytest.mark.parametrize("do", ["", "up", "up:", "up:0", "up:99999999999999999999999", "fly:1", "delete:-1", "merge:x"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_no_button_sends_does_nothing(browser: Client, plan: Programme, do: str, headers: dict[str, str]) -> None:
    assert browser.post(page_url(plan), {"do": do}, headers=headers).status_code == (200 if headers else 302)
    assert not Change.objects.exists()


def test_a_deed_reaches_no_other_schools_plan(browser: Client, plan: Programme) -> None:
    other, own = activity_of(small_plan(), "1.1"), activity_of(plan, "1.1")

    for do in (f"delete:{other.pk}", f"stage_up:{other.stage_id}", f"put:{own.pk}:a{other.pk}", f"put:{other.pk}:s1"):
        browser.post(page_url(plan), {"do": do})

    assert Activity.objects.filter(pk=other.pk).exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refused_deed_is_told_in_one_sentence(browser: Client, plan: Programme, headers: dict[str, str]) -> None:
    activity = activity_of(plan, "1.1")
    Window.objects.filter(activity=activity).update(
        state=WindowState.DONE, done_on=date(2026, 10, 9), done_by=curator_of(plan).user
    )

    answer = browser.post(page_url(plan), {"do": f"delete:{activity.pk}"}, headers=headers, follow=True)

    assert "Это уже выполнено. Сначала снимите отметку и уберите подтверждения." in answer.content.decode()
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_put_back_from_the_message(browser: Client, plan: Programme) -> None:
    activity = activity_of(plan, "1.1")
    browser.post(page_url(plan), {"do": f"delete:{activity.pk}"})

    answer = browser.post(f"/changes/{Change.objects.get().pk}/undo/", {"next": page_url(plan)}, follow=True)

    assert order_of(plan)[0] == ["1.1", "1.2"]
    assert "Возвращено, как было: 1.1 Провести мероприятие 1.1" in answer.content.decode()


# ---------------------------------------------------------------- what is sent of the page


def test_a_move_sends_where_the_row_goes_and_no_row(browser: Client, plan: Programme) -> None:
    row, before = activity_of(plan, "1.2"), activity_of(plan, "2.1")

    answer = press(browser, plan, f"down:{row.pk}")

    text = answer.content.decode()
    assert order_of(plan) == [["1.1"], ["1.2", "2.1", "2.2"]]
    assert f'hx-swap-oob="afterend:#s{before.stage_id}"' in text
    assert f'<article id="a{row.pk}" hx-preserve></article>' in text
    assert (rows_in(answer), "HX-Retarget" in answer) == ([], False)
    assert (f"/changes/{Change.objects.get().pk}/undo/" in text, 'value="2"' in text) == (True, True)


@pytest.mark.parametrize(
    ("behind", "order"),
    [
        ("a:1.2", [["1.2", "1.1"], ["2.1", "2.2"]]),
        ("a:2.1", [["1.2"], ["2.1", "1.1", "2.2"]]),
        ("s:2", [["1.2"], ["1.1", "2.1", "2.2"]]),
        ("s:1", [["1.1", "1.2"], ["2.1", "2.2"]]),
        ("a:1.1", [["1.1", "1.2"], ["2.1", "2.2"]]),
    ],
)
def test_a_row_is_put_behind_another_part(
    browser: Client, plan: Programme, behind: str, order: list[list[str]]
) -> None:
    kind, number = behind.split(":")
    part = activity_of(plan, number) if kind == "a" else stage_of(plan, number)

    press(browser, plan, f"put:{activity_of(plan, '1.1').pk}:{kind}{part.pk}")

    assert (order_of(plan), Change.objects.count()) == (order, int(number not in {"1", "1.1"}))
    places = [list(stage.activities.values_list("place", flat=True)) for stage in plan.stages.all()]
    assert places == [list(range(1, len(row) + 1)) for row in order]


def test_a_row_put_behind_one_further_up_stands_right_behind_it(browser: Client, plan: Programme) -> None:
    press(browser, plan, f"put:{activity_of(plan, '2.2').pk}:a{activity_of(plan, '1.1').pk}")

    assert order_of(plan) == [["1.1", "2.2", "1.2"], ["2.1"]]


def test_what_a_row_was_to_be_put_behind_may_be_gone(browser: Client, plan: Programme) -> None:
    for behind in ("a0", "s0", "x1", "", "a", f"a{'9' * 5000}"):
        press(browser, plan, f"put:{activity_of(plan, '1.1').pk}:{behind}")

    assert not Change.objects.exists()


def test_joining_sends_the_joined_row_and_takes_the_other_away(browser: Client, plan: Programme) -> None:
    one, other = activity_of(plan, "1.1"), activity_of(plan, "1.2")

    answer = press(browser, plan, f"merge:{one.pk}")

    text = answer.content.decode()
    assert rows_in(answer) == [str(one.pk)]
    assert f'<div id="a{other.pk}" hx-swap-oob="delete">' in text
    assert re.search(rf'id="edit-{one.pk}"[^>]* autofocus', text)


def test_a_deleted_row_lets_the_first_of_the_next_page_in(browser: Client, long_plan: Programme) -> None:
    gone, last = activity_of(long_plan, "1.1"), activity_of(long_plan, f"3.{ROWS - 4}")

    answer = press(browser, long_plan, f"delete:{gone.pk}")

    came = activity_of(long_plan, f"3.{ROWS - 3}")
    assert f'<div id="a{gone.pk}" hx-swap-oob="delete">' in answer.content.decode()
    assert f'hx-swap-oob="afterend:#a{last.pk}"' in answer.content.decode()
    assert rows_in(answer) == [str(came.pk)]


def test_a_row_that_leaves_the_page_takes_the_curator_along(browser: Client, long_plan: Programme) -> None:
    row = activity_of(long_plan, f"3.{ROWS - 4}")

    answer = press(browser, long_plan, f"down:{row.pk}")

    assert (answer["HX-Retarget"], answer["HX-Push-Url"]) == ("#sheet", f"{page_url(long_plan)}?page=2")
    assert re.search(rf'id="down-{row.pk}"[^>]* autofocus', answer.content.decode())


@pytest.mark.parametrize("do", ["down", "stage_down"])
def test_a_page_that_lacks_somebody_elses_change_is_sent_whole(browser: Client, plan: Programme, do: str) -> None:
    rewrite(activity_of(plan, "2.2"), text="Чужой текст", by=curator_of(plan))
    key = (activity_of(plan, "1.1") if do == "down" else stage_of(plan, "1")).pk

    answer = press(browser, plan, f"{do}:{key}", revision="1")

    assert (answer["HX-Retarget"], "Чужой текст" in answer.content.decode()) == ("#sheet", True)


def test_a_moved_stage_is_shown_in_its_place(browser: Client, plan: Programme) -> None:
    answer = press(browser, plan, f"stage_down:{stage_of(plan, '1').pk}")

    shown = re.findall(r'<article id="s(\d+)"', answer.content.decode())
    assert shown == [str(stage_of(plan, number).pk) for number in ("2", "1")]


def test_a_move_asks_the_same_however_long_the_plan(
    browser: Client, long_plan: Programme, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pressed = [(activity_of(long_plan, number).pk, page) for number, page in (("1.1", "1"), ("3.150", "2"))]
    press(browser, long_plan, f"up:{pressed[1][0]}", page=2)

    for revision, (row, page) in enumerate(pressed, 2):
        with django_assert_num_queries(25):
            sent = {"do": f"down:{row}", "page": page, "revision": str(revision)}
            browser.post(page_url(long_plan), sent, headers=HTMX)


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("2", 2), ("99", 3), ("-1", 1), ("x", 1), ("9" * 5000, 1)])
def test_a_long_plan_has_pages(browser: Client, long_plan: Programme, asked: str, number: int) -> None:
    sheet = browser.get(page_url(long_plan), {"page": asked}).context["sheet"]

    assert (sheet.number, sheet.total, len(sheet.rows)) == (number, 3, [ROWS, ROWS, 4][number - 1])


def test_a_part_is_opened_on_its_page(browser: Client, long_plan: Programme) -> None:
    row, stage = activity_of(long_plan, "3.150"), stage_of(long_plan, "3")
    addresses = {
        f"/activities/{row.pk}/edit/": 2,
        f"{page_url(long_plan)}?at=edit-{row.pk}": 2,
        f"{page_url(long_plan)}?at=edit-s{stage.pk}": 1,
        f"{page_url(long_plan)}?at=stage_up-{stage.pk}": 1,
        f"/stages/{stage.pk}/edit/": 1,
        f"/stages/{stage.pk}/add/": 3,
        f"/stages/{stage.pk}/add/?after={row.pk}": 2,
        f"/programmes/{long_plan.pk}/stages/new/": 3,
        f"/programmes/{long_plan.pk}/head/": 1,
        f"/programmes/{long_plan.pk}/approvals/": 1,
    }

    answers = {url: browser.get(url) for url in addresses}

    assert {url: answer.context["sheet"].number for url, answer in answers.items()} == addresses
    opened = {url for url, answer in answers.items() if 'class="part-form"' in answer.content.decode()}
    assert opened == {url for url in addresses if "?at=" not in url}
