"""The list of people, and ending a role."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import PassState
from accounts.services.members import end_membership
from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.models import Event, Membership, Role, School
from tests.accounts.test_cards import card_for, pupil
from tests.factories import MembershipFactory, UserFactory, actor_of, installation_admin

pytestmark = pytest.mark.django_db
PAGE = "/people/"
LogIn = Callable[[Actor], Client]


def people(school: School, *surnames: str, role: Role = Role.MENTEE) -> list[Membership]:
    return [MembershipFactory(school=school, role=role, user=UserFactory(surname=name)) for name in surnames]


def shown(page: bytes, *names: str) -> list[str]:
    text = page.decode()
    return sorted((name for name in names if f">{name} " in text), key=text.index)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = actor_of()
    people(actor.school, *["Белых"] * number)  # type: ignore[arg-type]
    browser = log_in(actor)
    browser.get(PAGE)

    with django_assert_num_queries(9):
        answer = browser.get(PAGE)

    assert answer.content.decode().count(">Белых ") == number


def test_the_list_shows_this_school_s_active_people_alone(log_in: LogIn) -> None:
    actor = actor_of()
    assert actor.school is not None
    people(actor.school, "Белых", "Громова")
    gone = people(actor.school, "Ушедшая")[0]
    end_membership(membership=gone, by=actor)
    MembershipFactory(user=UserFactory(surname="Чужая"))

    page = log_in(actor).get(PAGE).content

    assert shown(page, "Белых", "Громова", "Ушедшая", "Чужая") == ["Белых", "Громова"]


@pytest.mark.parametrize("words", ["семен", "СЕМЁН", "Семён", "мёно", "семёнов тих"])
def test_people_are_found_in_any_letter_case_with_e_or_yo(log_in: LogIn, words: str) -> None:
    actor = actor_of()
    people(actor.school, "Семёнов", "Громова")  # type: ignore[arg-type]

    page = log_in(actor).get(PAGE, {"q": words}).content

    assert shown(page, "Семёнов", "Громова") == ["Семёнов"]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ({}, ["Елагин", "Ёлкин", "Яшин"]),
        ({"sort": "new"}, ["Ёлкин", "Яшин", "Елагин"]),
        ({"sort": "role"}, ["Яшин", "Елагин", "Ёлкин"]),
        ({"role": "mentor"}, ["Ёлкин"]),
        ({"role": "mentee", "sort": "name"}, ["Елагин"]),
        ({"sort": "password", "role": "user__password"}, ["Елагин", "Ёлкин", "Яшин"]),
        ({"page": "nonsense"}, ["Елагин", "Ёлкин", "Яшин"]),
    ],
)
def test_the_list_is_sorted_and_filtered_and_passes_nonsense_over(
    log_in: LogIn, query: dict[str, str], order: list[str]
) -> None:
    actor = actor_of()
    assert actor.school is not None
    people(actor.school, "Елагин", role=Role.MENTEE)
    people(actor.school, "Яшин", role=Role.CLASS_TEACHER)
    people(actor.school, "Ёлкин", role=Role.MENTOR)

    page = log_in(actor).get(PAGE, query).content

    assert shown(page, "Елагин", "Ёлкин", "Яшин") == order


def test_fifty_people_stand_on_a_page_and_the_filter_is_kept(log_in: LogIn) -> None:
    actor = actor_of()
    people(actor.school, *[f"Белых{number:03}" for number in range(60)])  # type: ignore[arg-type]
    browser = log_in(actor)

    first, second = (
        browser.get(PAGE, {"role": "mentee"}).content.decode(),
        browser.get(PAGE, {"role": "mentee", "page": "2"}).content.decode(),
    )

    assert [first.count(">Белых"), second.count(">Белых")] == [50, 10]
    assert 'href="?role=mentee&amp;page=2"' in first
    assert "61 человек в школе" in first


def test_nobody_found_is_told_with_a_way_back(log_in: LogIn) -> None:
    page = log_in(actor_of()).get(PAGE, {"q": "Никого"}).content.decode()

    assert ("Таких людей нет" in page, "Показать всех" in page) == (True, True)


def test_htmx_gets_the_rows_alone(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    part, whole = browser.get(PAGE, headers={"hx-request": "true"}).content.decode(), browser.get(PAGE).content.decode()

    assert [("<html" in text, "<table" in text) for text in (part, whole)] == [(False, True), (True, True)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CURATOR, Role.ADMINISTRATOR}))
def test_other_roles_see_no_list(log_in: LogIn, role: Role) -> None:
    assert log_in(actor_of(role)).get(PAGE).status_code == 403


def test_strangers_and_the_installation_s_administrator_see_no_list(browser: Client, log_in: LogIn) -> None:
    assert browser.get(PAGE)["Location"] == f"/log-in/?next={PAGE}"
    assert log_in(installation_admin()).get(PAGE).status_code == 403
    assert log_in(actor_of()).post(PAGE).status_code == 405


def test_ending_a_role_asks_first_and_acts_at_once(log_in: LogIn) -> None:
    actor = actor_of()
    teacher = actor_of(Role.PSYCHOLOGIST, actor.school)
    assert teacher.membership is not None
    her, browser, url = log_in(teacher), log_in(actor), f"{PAGE}{teacher.membership.pk}/end/"

    asked = browser.get(url)
    answer = browser.post(url)

    assert (asked.status_code, answer["Location"]) == (200, PAGE)
    assert (Membership.objects.active().filter(user=teacher.user).count(), her.get("/school/").status_code) == (0, 403)
    event = Event.objects.get(verb="end")
    assert (event.thing, event.actor, event.detail) == (
        f"membership:{teacher.membership.pk}",
        f"user:{actor.user_id}",
        {"role": "psychologist"},
    )
    assert browser.post(url).status_code == 404


def test_ending_the_last_role_closes_the_card() -> None:
    membership = pupil()
    card, _token = card_for(membership)

    end_membership(membership=membership, by=actor_of(Role.CURATOR, membership.school))

    card.refresh_from_db()
    assert card.state == PassState.REVOKED


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_the_last_curator_and_the_last_administrator_stay(role: Role) -> None:
    last = MembershipFactory(role=role)
    other = Role.ADMINISTRATOR if role == Role.CURATOR else Role.CURATOR

    with pytest.raises(DomainError):
        end_membership(membership=last, by=actor_of(other, last.school))

    last.refresh_from_db()
    assert last.ended_at is None


def test_one_of_two_curators_may_go() -> None:
    first = actor_of()
    second = MembershipFactory(school=first.school)

    end_membership(membership=second, by=first)

    second.refresh_from_db()
    assert second.ended_at is not None


def test_nobody_ends_his_own_role(log_in: LogIn) -> None:
    actor = actor_of()
    MembershipFactory(school=actor.school)
    assert actor.membership is not None

    page = log_in(actor).post(f"{PAGE}{actor.membership.pk}/end/", follow=True).content.decode()

    assert "Снять собственную роль нельзя" in page
    assert Membership.objects.active().count() == 2


def test_of_two_at_once_one_ends_it() -> None:
    actor = actor_of()
    row = MembershipFactory(school=actor.school, role=Role.MENTOR)
    end_membership(membership=row, by=actor)

    with pytest.raises(TransitionRefused):
        end_membership(membership=row, by=actor)


def test_people_of_another_school_are_not_there(log_in: LogIn) -> None:
    stranger = MembershipFactory(role=Role.MENTOR)
    url = f"{PAGE}{stranger.pk}/end/"

    answers = [log_in(actor_of(role)).post(url) for role in (Role.CURATOR, Role.ADMINISTRATOR)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_form_of_a_role_that_was_switched_meanwhile_does_nothing(log_in: LogIn) -> None:
    actor = actor_of()
    row = MembershipFactory(school=actor.school, role=Role.MENTOR)

    answer = log_in(actor).post(f"{PAGE}{row.pk}/end/", {"acting_as": "999999"})

    assert (answer.status_code, Membership.objects.active().count()) == (409, 2)
