"""One's own name, password and address."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.services.people import change_address
from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Notice, Role, User
from core.notices import send_due_notices
from tests.factories import UserFactory, actor_of, installation_admin
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
PAGE, PASSWORD, ADDRESS, CODE = "/me/", "/me/password/", "/me/address/", "/me/address/check/"
LogIn = Callable[[Actor], Client]


def with_password(role: Role = Role.CURATOR, password: str = "тихий-берег-38") -> Actor:
    actor = actor_of(role)
    assert actor.user is not None
    actor.user.set_password(password)
    actor.user.save()
    return actor


def code_to(office: PostOffice, address: str) -> str:
    send_due_notices()
    (letter,) = [letter for letter in office.letters if letter["To"] == address]
    return str(letter.get_content().split("почту: ")[1].split()[0])


@pytest.mark.parametrize("role", sorted(Role))
def test_everyone_sees_his_own_page(log_in: LogIn, role: Role) -> None:
    actor = actor_of(role)
    assert actor.user is not None

    page = log_in(actor).get(PAGE).content.decode()

    assert [text in page for text in (actor.user.full_name, actor.user.email, actor.user.login)] == [True] * 3


def test_the_installation_s_administrator_has_such_a_page_too(log_in: LogIn) -> None:
    assert log_in(installation_admin()).get(PAGE).status_code == 200


@pytest.mark.parametrize("url", [PAGE, PASSWORD, ADDRESS, CODE])
def test_strangers_are_sent_to_the_log_in_page(browser: Client, url: str) -> None:
    assert [browser.get(url)["Location"], browser.put(url)["Location"]] == [f"/log-in/?next={url}"] * 2


def test_a_name_is_changed_and_found_under_the_new_one_and_the_journal_does_not_tell_it(log_in: LogIn) -> None:
    actor = actor_of()

    answer = log_in(actor).post(PAGE, {"surname": "Ёлкина", "given_name": "Анна", "patronymic": ""})

    user = User.objects.get(pk=actor.user_id)
    assert (answer.status_code, user.full_name, user.search_key) == (302, "Ёлкина Анна", "елкина анна")
    assert "лкина" not in str(list(Event.objects.values()))


def test_a_name_can_not_be_emptied(log_in: LogIn) -> None:
    actor = actor_of()

    assert log_in(actor).post(PAGE, {"surname": "", "given_name": "Анна"}).status_code == 400
    assert User.objects.get(pk=actor.user_id).given_name == "Тихон"


def test_a_new_password_ends_the_other_sessions_and_is_told_by_letter(log_in: LogIn, post_office: PostOffice) -> None:
    actor = with_password()
    here, elsewhere = log_in(actor), log_in(actor)

    answer = here.post(PASSWORD, {"old": "тихий-берег-38", "secret": "ласточка-у-реки"})
    send_due_notices()

    assert (answer["Location"], here.get(PAGE).status_code, elsewhere.get(PAGE).status_code) == (PAGE, 200, 302)
    assert User.objects.get(pk=actor.user_id).check_password("ласточка-у-реки")
    assert [letter["Subject"] for letter in post_office.letters] == ["Ваш пароль изменён"]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"old": "неверный", "secret": "ласточка-у-реки"}, "Это не нынешний ваш пароль."),
        ({"old": "тихий-берег-38", "secret": "коротко"}, "10"),
        ({"old": "тихий-берег-38", "secret": ""}, "Обязательное поле."),
        ({"secret": "ласточка-у-реки"}, "Обязательное поле."),
    ],
)
def test_a_bad_change_of_password_changes_nothing(log_in: LogIn, fields: dict[str, str], text: str) -> None:
    actor = with_password()

    answer = log_in(actor).post(PASSWORD, fields)

    assert (answer.status_code, text in answer.content.decode()) == (400, True)
    assert User.objects.get(pk=actor.user_id).check_password("тихий-берег-38")


@pytest.mark.parametrize(("seconds_ago", "status"), [(60, 302), (16 * 60, 400)])
def test_one_who_has_just_come_by_a_code_need_not_know_the_old_password(
    log_in: LogIn, seconds_ago: int, status: int
) -> None:
    browser = log_in(with_password())
    session = browser.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - seconds_ago}]
    session.save()

    assert browser.post(PASSWORD, {"secret": "ласточка-у-реки"}).status_code == status


def test_a_pupil_takes_a_short_code(log_in: LogIn) -> None:
    actor = with_password(Role.MENTEE, "407193")

    assert log_in(actor).post(PASSWORD, {"old": "407193", "secret": "918264"}).status_code == 302


def test_guessing_the_old_password_is_limited(log_in: LogIn) -> None:
    browser = log_in(with_password())

    answers = [browser.post(PASSWORD, {"old": "неверный", "secret": "ласточка-у-реки"}).status_code for _ in range(11)]

    assert answers == [400] * 10 + [429]


def test_a_new_address_is_taken_once_its_code_is_typed(log_in: LogIn, post_office: PostOffice) -> None:
    actor = actor_of()
    assert actor.user is not None
    before, browser = actor.user.email, log_in(actor)

    asked = browser.post(ADDRESS, {"email": "New@School.test"})
    code = code_to(post_office, "new@school.test")
    not_yet = User.objects.get(pk=actor.user_id).email
    answer = browser.post(CODE, {"code": f" {code.replace('-', ' ')} "})
    send_due_notices()

    assert (asked["Location"], not_yet, answer["Location"]) == (CODE, before, PAGE)
    assert User.objects.get(pk=actor.user_id).email == "new@school.test"
    assert [letter["To"] for letter in post_office.letters] == ["new@school.test", before]
    assert "school.test" not in str(list(Event.objects.values())) + str(
        list(Notice.objects.values("payload", "key", "secret"))
    )
    assert browser.post(CODE, {"code": code})["Location"] == ADDRESS


def test_an_address_of_somebody_else_answers_alike_and_gets_no_letter(log_in: LogIn, post_office: PostOffice) -> None:
    UserFactory(email="taken@school.test")
    browser = log_in(actor_of())

    answers = [browser.post(ADDRESS, {"email": email}) for email in ("taken@school.test", "fresh@school.test")]
    send_due_notices()

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, CODE)] * 2
    assert [letter["To"] for letter in post_office.letters] == ["fresh@school.test"]


def test_three_wrong_codes_end_the_attempt(log_in: LogIn, post_office: PostOffice) -> None:
    browser = log_in(actor_of())
    browser.post(ADDRESS, {"email": "new@school.test"})
    code = code_to(post_office, "new@school.test")

    answers = [browser.post(CODE, {"code": "wrong"}).status_code for _ in range(3)]
    late = browser.post(CODE, {"code": code})

    assert (answers, late["Location"]) == ([400] * 3, ADDRESS)


def test_an_address_taken_meanwhile_is_refused() -> None:
    actor = actor_of()
    assert actor.user is not None
    UserFactory(email="new@school.test")

    with pytest.raises(DomainError):
        change_address(user=actor.user, email="new@school.test", by=actor)


def test_letters_with_codes_are_limited(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    answers = [browser.post(ADDRESS, {"email": "new@school.test"}).status_code for _ in range(7)]

    assert answers == [302] * 6 + [429]
