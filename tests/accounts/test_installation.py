"""What the installation's administrator sees and does: schools with counts, never a person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.heartbeat import note_round
from accounts.models import Invitation
from core.actors import Actor
from core.models import Event, JobState, NoticeState, Role, School
from core.sweep import run_sweep
from tests.accounts.filled import first_people, school_form
from tests.accounts.test_invitation_new import invite
from tests.factories import (
    JobFactory,
    MembershipFactory,
    NoticeFactory,
    SchoolFactory,
    UserFactory,
    actor_of,
    installation_admin,
)

pytestmark = pytest.mark.django_db
PAGE, NEW, HEALTH = "/installation/", "/installation/schools/new/", "/installation/health/"
LogIn = Callable[[Actor], Client]


def test_schools_are_listed_with_counts_and_no_person(log_in: LogIn) -> None:
    school = SchoolFactory(short_name="Лицей № 7")
    person = UserFactory(surname="Тайный", email="secret@school.test")
    for role in (Role.CURATOR, Role.ADMINISTRATOR, Role.MENTOR):
        MembershipFactory(school=school, role=role, user=person)
    MembershipFactory(school=school, role=Role.MENTEE)
    MembershipFactory(school=school, role=Role.MENTEE, ended_at=timezone.now())
    invite(school, email="invited@school.test")

    page = log_in(installation_admin()).get(PAGE).content.decode()

    row = page.split("<tbody>")[1].split("</tr>")[0]
    figures = [cell.split(">")[1].split("<")[0] for cell in row.split('<td class="num"')[1:5]]
    assert figures == ["3", "2", "1", "1"]
    assert [word for word in ("Тайный", "secret@", "invited@") if word in page] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        MembershipFactory()
    browser = log_in(installation_admin())
    browser.get(PAGE)

    with django_assert_num_queries(4):
        answer = browser.get(PAGE)

    assert answer.content.decode().count("<tr>") == number + 1


def test_a_school_is_added_and_its_first_people_invited(log_in: LogIn, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "mentoring.mail.FolderBackend"

    answer = log_in(installation_admin()).post(NEW, school_form() | first_people(), follow=True)

    school = School.objects.get()
    assert (school.short_name, school.periods.count(), Invitation.objects.filter(school=school).count()) == (
        "Школа № 5",
        8,
        2,
    )
    assert answer.content.decode().count("/invited/") == 2


def test_bad_input_adds_nothing_and_loses_nothing(log_in: LogIn) -> None:
    answer = log_in(installation_admin()).post(NEW, school_form(inn="1") | first_people())

    assert (answer.status_code, School.objects.count(), 'value="Озёрная Вера Павловна"' in answer.content.decode()) == (
        400,
        0,
        True,
    )


def test_a_school_that_lost_its_curator_gets_a_new_invitation(log_in: LogIn) -> None:
    school, fields = (
        SchoolFactory(),
        {"email": "new@school.test", "surname": "Громова", "given_name": "Ева", "role": "curator"},
    )
    browser, url = log_in(installation_admin()), f"{PAGE}schools/{SchoolFactory().pk - 1}/invite/"

    answers = [browser.post(url, fields), browser.post(url, fields), browser.post(url, fields | {"role": "mentor"})]

    assert url == f"{PAGE}schools/{school.pk}/invite/"
    assert [answer.status_code for answer in answers] == [302, 400, 400]
    assert list(Invitation.objects.values_list("school", "role")) == [(school.pk, "curator")]
    assert browser.get(f"{PAGE}schools/999999/invite/").status_code == 404


def test_health_tells_counts_and_whether_the_worker_is_there(log_in: LogIn) -> None:
    NoticeFactory.create_batch(2)
    NoticeFactory(state=NoticeState.FAILED, finished_at=timezone.now())
    JobFactory(state=JobState.FAILED, finished_at=timezone.now())
    browser = log_in(installation_admin())

    before = browser.get(HEALTH).content.decode()
    note_round()
    after = browser.get(HEALTH).content.decode()

    assert ("Рабочий процесс не отвечает" in before, "Рабочий процесс не отвечает" in after) == (True, False)
    assert "Что-то не получилось" in after
    assert [part.split("</b>")[0] for part in after.split("<div><b>")[1:]] == ["2", "1", "0", "1"]


def test_every_sweep_is_noted(log_in: LogIn) -> None:
    assert run_sweep()["round noted"] is None

    assert "Всё в порядке" in log_in(installation_admin()).get(HEALTH).content.decode()


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("url", [PAGE, NEW, HEALTH, "/installation/schools/1/invite/"])
def test_no_role_in_a_school_opens_the_installation(log_in: LogIn, role: Role, url: str) -> None:
    assert log_in(actor_of(role)).get(url).status_code == 403


@pytest.mark.parametrize("url", ["/people/", "/people/invitations/", "/people/new/", "/school/"])
def test_the_installation_s_administrator_opens_no_school(log_in: LogIn, url: str) -> None:
    SchoolFactory()

    assert log_in(installation_admin()).get(url).status_code == 403


def test_strangers_and_other_methods(browser: Client, log_in: LogIn) -> None:
    assert browser.get(PAGE)["Location"] == f"/log-in/?next={PAGE}"
    assert [log_in(installation_admin()).post(url).status_code for url in (PAGE, HEALTH)] == [405, 405]


def test_adding_a_school_is_journaled_without_names(log_in: LogIn) -> None:
    log_in(installation_admin()).post(NEW, school_form() | first_people())

    assert sorted(Event.objects.values_list("verb", flat=True)) == [
        "give_areas",
        "give_forms",
        "give_parameters",
        "give_questionnaires",
        "invite",
        "invite",
        "open",
    ]
    assert "Соколова" not in str(list(Event.objects.values()))
    assert Event.objects.filter(at__gt=timezone.now() - timedelta(minutes=1)).count() == 7
