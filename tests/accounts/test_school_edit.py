"""The requisites and the calendar of one's own school."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Event, Role, School
from tests.accounts.filled import REQUISITES, school_form
from tests.factories import SchoolFactory, SchoolPeriodFactory, actor_of

pytestmark = pytest.mark.django_db
PAGE = "/school/"
LogIn = Callable[[Actor], Client]


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_requisites_and_calendar_are_saved_for_the_own_school_alone(log_in: LogIn, role: Role) -> None:
    actor, other = actor_of(role), SchoolFactory()
    SchoolPeriodFactory(school=actor.school)

    answer = log_in(actor).post(PAGE, school_form())

    school = School.objects.get(pk=actor.school_id)
    assert (answer.status_code, {name: getattr(school, name) for name in REQUISITES}) == (302, REQUISITES)
    assert (school.periods.count(), School.objects.get(pk=other.pk).name) == (8, other.name)
    event = Event.objects.get(verb="change")
    assert (event.school_id, event.detail["columns"]) == (school.pk, sorted(set(REQUISITES) - {"head_post", "place"}))


def test_the_form_shows_what_there_is(log_in: LogIn) -> None:
    school = SchoolFactory(**REQUISITES)
    SchoolPeriodFactory(school=school)

    page = log_in(actor_of(Role.CURATOR, school)).get(PAGE).content.decode()

    assert [text in page for text in ('value="7707083893"', 'value="2026-10-25"', 'value="Озёрная Вера Павловна"')] == [
        True
    ] * 3


def test_bad_input_saves_nothing(log_in: LogIn) -> None:
    actor = actor_of()

    answer = log_in(actor).post(PAGE, school_form(ogrn="1"))

    assert (answer.status_code, School.objects.get(pk=actor.school_id).founder) == (400, "")
    assert 'value="Управление образования города Заречный"' in answer.content.decode()


def test_the_number_of_an_inn_may_be_typed_in_groups(log_in: LogIn) -> None:
    actor = actor_of()

    log_in(actor).post(PAGE, school_form(inn="77 0708 3893"))

    assert School.objects.get(pk=actor.school_id).inn == "7707083893"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CURATOR, Role.ADMINISTRATOR}))
def test_other_roles_do_not_change_the_school(log_in: LogIn, role: Role) -> None:
    assert [
        log_in(actor_of(role)).get(PAGE).status_code,
        log_in(actor_of(role)).post(PAGE, school_form()).status_code,
    ] == [403, 403]


def test_a_form_sent_under_another_role_changes_nothing(log_in: LogIn) -> None:
    actor = actor_of()

    answer = log_in(actor).post(PAGE, school_form() | {"acting_as": "0"})

    assert (answer.status_code, School.objects.get(pk=actor.school_id).founder) == (409, "")
    assert "Сейчас вы в другой роли" in answer.content.decode()
