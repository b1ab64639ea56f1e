"""The history of a plan as its readers see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Role
from roadmap.editing.wishes import PersonWish
from roadmap.models import Activity, Change, Duty, Programme
from roadmap.services.editing import delete_activity
from roadmap.services.evidence import choose_evidence
from roadmap.services.rearranging import move_activity
from roadmap.services.undoing import undo_change
from tests.factories import ChangeFactory, MembershipFactory, actor_of
from tests.roadmap.plans import activity_of, curator_of, rewrite, small_plan, stage_of

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]


@pytest.fixture
def plan() -> Programme:
    return small_plan(columns=[{"kind": "result", "title": "Итог работы"}])


@pytest.fixture
def curator(plan: Programme) -> Actor:
    return curator_of(plan)


def told(browser: Client, plan: Programme) -> list[tuple[str, str, str]]:
    """What the latest change did, as the page says it."""
    lines = browser.get(f"/programmes/{plan.pk}/history/").context["lines"]
    return [(fact.label, fact.was, fact.became) for fact in lines[0].facts]


def test_each_field_is_told_as_it_was_and_became(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    member = MembershipFactory(school=plan.school, role=Role.PSYCHOLOGIST, user__surname="Орлова")
    people = (PersonWish(None, "", "", Duty.PSYCHOLOGIST, member.pk),)
    fields: dict[str, Any] = {
        "number": "7",
        "extra": {"result": "Протокол"},
        "people": people,
        "stage": stage_of(plan, "2").pk,
    }

    rewrite(activity_of(plan, "1.1"), **fields, by=curator)

    assert told(log_in(curator), plan) == [
        ("Этап", f"1 {stage_of(plan, '1').name}", f"2 {stage_of(plan, '2').name}"),
        ("Место по порядку", "1", "3"),
        ("Номер", "1.1", "7"),
        ("Кто отвечает", "Куратор", ""),
        ("Итог работы", "", "Протокол"),
        ("Ответственные по одному", "Куратор", f"психолог {member.user.short_name}"),
    ]


def test_what_is_gone_is_told_with_its_days_and_people(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    delete_activity(activity=activity_of(plan, "1.1"), by=curator)

    assert told(log_in(curator), plan) == [
        ("Мероприятие", "1.1 Провести мероприятие 1.1", ""),
        ("Дни в плане", "1–31\xa0октября", ""),
        ("Ответственные по одному", "Куратор", ""),
    ]


def test_who_made_it_and_who_put_it_back_is_told(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    change = rewrite(activity_of(plan, "1.1"), text="Другое", by=curator)
    assert change is not None
    undo_change(change=change, by=curator)

    page = log_in(actor_of(Role.PSYCHOLOGIST, plan.school)).get(f"/programmes/{plan.pk}/history/").content.decode()

    assert curator.user is not None
    assert page.count(curator.user.short_name) == 2
    assert "Возвращено:" in page


def test_only_the_curator_is_offered_the_way_back(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    change = rewrite(activity_of(plan, "1.1"), text="Другое", by=curator)
    assert change is not None
    url = f"/changes/{change.pk}/undo/"

    seen = [
        url in log_in(actor).get(f"/programmes/{plan.pk}/history/").content.decode()
        for actor in (curator, actor_of(Role.ADMINISTRATOR, plan.school))
    ]

    assert seen == [True, False]


def test_one_comes_back_to_the_place_in_the_history(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    change = rewrite(activity, text="Другое", by=curator)
    assert change is not None
    here = f"/programmes/{plan.pk}/history/?activity={activity.pk}"

    answer = log_in(curator).post(f"/changes/{change.pk}/undo/", {"next": here})

    assert answer["Location"] == here


def test_what_cannot_be_put_back_is_told_in_one_sentence(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    activity = activity_of(plan, "1.1")
    change = rewrite(activity, text="Другое", by=curator)
    activity.refresh_from_db()
    rewrite(activity, text="Третье", by=curator)
    assert change is not None

    page = log_in(curator).post(f"/changes/{change.pk}/undo/", follow=True).content.decode()

    assert (
        "Позже это место меняли ещё раз. Сначала верните более позднее изменение или поправьте текст вручную." in page
    )


def test_the_history_of_one_activity_is_shown_alone(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    first, second = activity_of(plan, "1.1"), activity_of(plan, "1.2")
    rewrite(first, text="Другое", by=curator)
    move_activity(activity=second, step=1, by=curator)
    browser = log_in(curator)

    shown = browser.get(f"/programmes/{plan.pk}/history/", {"activity": str(first.pk)}).context
    partial = browser.get(f"/programmes/{plan.pk}/history/", {"activity": "junk"}, headers={"HX-Request": "true"})

    assert [line.change.activity for line in shown["lines"]] == [first]
    assert {key for key, _name, _wanted in shown["activities"]} == {first.pk, second.pk}
    assert partial.content.decode().lstrip().startswith('<div id="history">')
    assert len(partial.context["lines"]) == 2


def test_a_page_holds_thirty_changes(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    for revision in range(2, 33):
        ChangeFactory(programme=plan, revision=revision)
    browser = log_in(curator)

    pages = [
        browser.get(f"/programmes/{plan.pk}/history/", {"page": page}).context["lines"] for page in ("1", "2", "x")
    ]

    assert [len(lines) for lines in pages] == [30, 1, 30]


@pytest.mark.parametrize("changes", [1, 3])
def test_the_page_asks_the_same_of_the_database_however_long_the_history(
    log_in: LogIn, plan: Programme, curator: Actor, django_assert_num_queries: DjangoAssertNumQueries, changes: int
) -> None:
    for number in range(changes):
        rewrite(Activity.objects.order_by("pk")[number], text=f"Текст {number}", by=curator)
    browser = log_in(curator)
    browser.get(f"/programmes/{plan.pk}/history/")

    with django_assert_num_queries(9):
        browser.get(f"/programmes/{plan.pk}/history/")


def test_an_empty_history_says_what_will_be_here(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    choose_evidence(activity=activity_of(plan, "1.1"), kind="", by=curator)

    page = log_in(curator).get(f"/programmes/{plan.pk}/history/").content.decode()

    assert not Change.objects.exists()
    assert "С тех пор как программу создали, её не меняли." in page


def test_doors(log_in: LogIn, plan: Programme, curator: Actor) -> None:
    url = f"/programmes/{plan.pk}/history/"

    assert log_in(actor_of()).get(url).status_code == 404
    assert log_in(actor_of(Role.MENTOR, plan.school)).get(url).status_code == 403
    assert log_in(curator).post(url).status_code == 405
    assert Client().get(url)["Location"].startswith("/log-in/")
