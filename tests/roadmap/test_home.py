"""The first page, role by role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import Actor
from core.models import Role, School
from roadmap.models import Activity, Duty, Responsible, Window
from roadmap.views.home import current_programme
from tests.factories import (
    MembershipFactory,
    ProgrammeFactory,
    ResponsibleFactory,
    UserFactory,
    actor_of,
    full_programme,
    installation_admin,
)
from tests.roadmap.samples import opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]


def begun(school: School | None, activities: int = 3) -> None:
    full_programme(school, activities=activities, starts_on=timezone.localdate() - timedelta(days=40))


@pytest.mark.parametrize("activities", [1, 3])
def test_a_curator_sees_what_waits_in_the_same_number_of_queries(log_in: LogIn, activities: int) -> None:
    by = actor_of()
    begun(by.school, activities)
    browser = log_in(by)

    browser.get("/")  # stamps the session
    with CaptureQueriesContext(connection) as queries:
        response = browser.get("/")

    assert len(queries) == 8
    assert len(response.context["late"]) == min(activities, 2)
    assert "/done/?next=%2F" in response.content.decode()


def test_open_drafts_wait_for_the_curator_alone(log_in: LogIn) -> None:
    draft, by = opened()
    begun(by.school)

    pages = [log_in(who).get("/").content.decode() for who in (by, actor_of(Role.ADMINISTRATOR, by.school))]

    assert [f'href="/drafts/{draft.pk}/"' in page for page in pages] == [True, False]


def test_before_the_first_programme_the_first_step_is_offered(log_in: LogIn) -> None:
    curator = actor_of()

    pages = [log_in(by).get("/").content.decode() for by in (curator, actor_of(Role.ADMINISTRATOR, curator.school))]

    assert ["/programmes/new/" in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("role", "duty"),
    [
        (Role.PSYCHOLOGIST, Duty.PSYCHOLOGIST),
        (Role.CLASS_TEACHER, Duty.CLASS_TEACHER),
        (Role.MENTOR, Duty.MENTOR),
    ],
)
def test_those_who_answer_see_their_own_activities(log_in: LogIn, role: Role, duty: Duty) -> None:
    by = actor_of(role)
    begun(by.school)
    mine, named, others = Activity.objects.order_by("pk")
    ResponsibleFactory(activity=mine, place=2, duty=duty)
    ResponsibleFactory(activity=named, place=2, duty=Duty.OTHER, member=by.membership)
    colleague = MembershipFactory(school=by.school, role=role, user=UserFactory())
    ResponsibleFactory(activity=others, place=2, duty=duty, member=colleague)
    begun(None)
    Responsible.objects.filter(activity__stage__programme__school__name__gt="").exclude(
        activity__in=[mine, named, others]
    ).update(duty=duty)

    context = log_in(by).get("/").context

    assert sorted(line.number for line in [*context["late"], *context["coming"]]) == sorted([mine.number, named.number])


@pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.MENTOR, Role.MENTEE, Role.GUARDIAN, Role.OBSERVER])
@pytest.mark.parametrize("is_begun", [True, False])
def test_nobody_meets_a_dead_end(log_in: LogIn, role: Role, is_begun: bool) -> None:
    by = actor_of(role)
    if is_begun:
        begun(by.school)

    assert log_in(by).get("/").status_code == 200


def test_the_notes_of_the_staff_are_not_for_mentors(log_in: LogIn) -> None:
    teacher = actor_of(Role.CLASS_TEACHER)
    mentor = actor_of(Role.MENTOR, teacher.school)
    begun(teacher.school, 2)
    for activity, duty in zip(Activity.objects.order_by("pk"), (Duty.CLASS_TEACHER, Duty.MENTOR), strict=True):
        ResponsibleFactory(activity=activity, place=2, duty=duty)
    Window.objects.update(note="Между нами")

    pages = [log_in(by).get("/").content.decode() for by in (teacher, mentor)]

    assert ["Между нами" in page for page in pages] == [True, False]


def test_an_observer_sees_totals_and_no_name(log_in: LogIn) -> None:
    by = actor_of(Role.OBSERVER)
    begun(by.school)
    Activity.objects.update(text="Тайное дело", responsible_text="Озёрная И.А.")
    Responsible.objects.update(name="Озёрная И.А.")

    response = log_in(by).get("/")

    page = response.content.decode()
    assert (response.context["figures"].total, len(response.context["treads"])) == (3, 7)
    assert "Озёрная" not in page
    assert "Тайное дело" not in page


def test_a_parent_sees_when_the_stages_are_and_no_activity(log_in: LogIn) -> None:
    by = actor_of(Role.GUARDIAN)
    begun(by.school)
    Activity.objects.update(text="Тайное дело")

    response = log_in(by).get("/")

    assert len(response.context["treads"]) == 7
    assert "Тайное дело" not in response.content.decode()


def test_the_installations_administrator_goes_to_the_installation(log_in: LogIn) -> None:
    assert log_in(installation_admin()).get("/").status_code == 302


def test_a_person_without_a_role_is_told_whom_to_ask(log_in: LogIn) -> None:
    by = actor_of()
    assert by.membership is not None
    by.membership.ended_at = timezone.now()
    by.membership.save()

    assert "Попросите у куратора" in log_in(by).get("/").content.decode()


def test_a_stranger_is_asked_to_log_in() -> None:
    assert Client().get("/")["Location"].startswith("/log-in/")


def test_another_method_is_refused(log_in: LogIn) -> None:
    assert log_in(actor_of()).post("/").status_code == 405


@pytest.mark.parametrize(
    ("today", "place"), [(date(2026, 10, 1), 1), (date(2025, 10, 1), 0), (date(2024, 1, 1), 0), (date(2030, 1, 1), 1)]
)
def test_the_current_programme_is_the_one_under_way(today: date, place: int) -> None:
    programmes = [ProgrammeFactory(starts_on=date(year, 9, 1), ends_on=date(year + 1, 8, 31)) for year in (2025, 2026)]

    assert current_programme(programmes, today) == programmes[place]


def test_without_a_programme_there_is_no_current_one() -> None:
    assert current_programme([], date(2026, 10, 1)) is None
