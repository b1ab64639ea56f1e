"""The log-in page: a code by e-mail, or a password."""

import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from core.models import Notice, NoticeState, Role, User
from core.notices import send_due_notices
from tests.factories import UserFactory, actor_of
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
PAGE, SEND, CHECK = "/log-in/", "/log-in/code/", "/log-in/code/check/"


def person(password: str = "тихий-берег-38", **columns: object) -> User:
    user = UserFactory(email="maria@school.test", login="abc-def-ghk", **columns)
    user.set_password(password)
    user.save()
    return user


def who(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


def code_of(letter: str) -> str:
    return next(line.rsplit(" ", 1)[1] for line in letter.splitlines() if line.startswith("Ваш код"))


def ask_for_code(browser: Client, office: PostOffice, email: str = "maria@school.test") -> str:
    browser.post(SEND, {"email": email})
    send_due_notices()
    return code_of(office.letters[-1].get_content())


def test_the_page_offers_both_ways_and_no_registration(browser: Client) -> None:
    page = browser.get(PAGE).content.decode()

    assert [
        page.count(text) for text in ("Прислать код", "По паролю или карточке", "signup", "Регистрации здесь нет")
    ] == [1, 1, 0, 1]


def test_a_code_from_the_letter_logs_in_once(browser: Client, post_office: PostOffice) -> None:
    user = person()

    code = ask_for_code(browser, post_office)
    answer = browser.post(CHECK, {"code": code})

    assert (answer.status_code, answer["Location"], who(browser)) == (302, "/", str(user.pk))
    assert Client().post(CHECK, {"code": code}).status_code == 302
    (letter,) = post_office.letters
    assert (letter["To"], letter["Subject"], len(code)) == ("maria@school.test", "Код для входа", 9)


def test_the_code_is_taken_without_its_dash_and_leads_to_the_page_that_was_wanted(
    browser: Client, post_office: PostOffice
) -> None:
    person()
    browser.post(f"{SEND}?next=/me/", {"email": "MARIA@school.test"})
    send_due_notices()

    answer = browser.post(
        f"{CHECK}?next=/me/", {"code": code_of(post_office.letters[0].get_content()).replace("-", " ")}
    )

    assert answer["Location"] == "/me/"


def test_three_wrong_codes_end_the_attempt(browser: Client, post_office: PostOffice) -> None:
    person()
    code = ask_for_code(browser, post_office)
    wrong = "0000-0000" if code != "0000-0000" else "0000-0001"

    answers = [browser.post(CHECK, {"code": wrong}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert "Это не код из письма" in answers[0].content.decode()
    assert browser.post(CHECK, {"code": code}).status_code == 302
    assert who(browser) is None


def test_the_code_works_in_the_browser_that_asked_for_it_alone(browser: Client, post_office: PostOffice) -> None:
    person()
    code = ask_for_code(browser, post_office)
    other = Client()
    other.post(SEND, {"email": "maria@school.test"})

    other.post(CHECK, {"code": code})

    assert who(other) is None


def test_an_unknown_address_gets_the_same_answer_and_no_letter(browser: Client, post_office: PostOffice) -> None:
    person()

    known, unknown = Client(), Client()
    answers = [known.post(SEND, {"email": "maria@school.test"}), unknown.post(SEND, {"email": "olga@school.test"})]
    pages = [known.get(CHECK), unknown.get(CHECK)]
    send_due_notices()

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, CHECK)] * 2
    assert len(pages[0].content) == len(pages[1].content.replace(b"olga", b"maria"))
    assert [letter["To"] for letter in post_office.letters] == ["maria@school.test"]
    assert sorted(Notice.objects.values_list("state", "secret")) == [
        (NoticeState.NEEDLESS, None),
        (NoticeState.SENT, None),
    ]


def test_a_person_who_was_shut_out_gets_no_code_and_no_entry(browser: Client, post_office: PostOffice) -> None:
    person(is_active=False)

    browser.post(SEND, {"email": "maria@school.test"})
    answer = browser.post(PAGE, {"login": "maria@school.test", "password": "тихий-берег-38"})
    send_due_notices()

    assert (answer.status_code, who(browser), post_office.letters) == (200, None, [])
    assert "не подходят друг к другу" in answer.content.decode()


def test_a_code_that_waited_too_long_is_not_sent(browser: Client, post_office: PostOffice) -> None:
    person()
    browser.post(SEND, {"email": "maria@school.test"})
    Notice.objects.update(created_at=timezone.now() - timedelta(minutes=16))

    send_due_notices()

    assert post_office.letters == []


@pytest.mark.parametrize("login", ["maria@school.test", "MARIA@school.test", "abc-def-ghk", " ABC-DEF-GHK "])
def test_a_password_logs_in_with_the_address_or_the_login_name(browser: Client, login: str) -> None:
    user = person()

    answer = browser.post(PAGE, {"login": login, "password": "тихий-берег-38"})

    assert (answer.status_code, who(browser)) == (302, str(user.pk))


@pytest.mark.parametrize("login", ["maria@school.test", "abc-def-ghk", "olga@school.test", "nobody-here"])
def test_a_wrong_password_and_an_unknown_person_get_one_answer(browser: Client, login: str) -> None:
    person()

    answer = browser.post(PAGE, {"login": login, "password": "другой-берег-38"})

    assert (answer.status_code, who(browser)) == (200, None)
    assert answer.content.decode().count("Адрес или имя для входа и пароль не подходят друг к другу.") == 1


@pytest.mark.parametrize(
    "login", ["maria@school.test", "abc-def-ghk", "olga@school.test", "nobody-here", "olga-no-password"]
)
def test_known_and_unknown_people_cost_one_hash_each(
    browser: Client, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    person()
    UserFactory(login="olga-no-password")
    hashes: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashes.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

    browser.post(PAGE, {"login": login, "password": "другой"})

    assert len(hashes) == 1


def test_an_address_elsewhere_is_not_followed(browser: Client) -> None:
    person()

    answer = browser.post(PAGE, {"login": "abc-def-ghk", "password": "тихий-берег-38", "next": "https://evil.test/"})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_eleventh_wrong_password_waits_and_another_address_of_the_network_does_not(browser: Client) -> None:
    person()
    for _ in range(10):
        browser.post(PAGE, {"login": "abc-def-ghk", "password": "неверный"})

    shut = browser.post(PAGE, {"login": "abc-def-ghk", "password": "тихий-берег-38"})
    elsewhere = Client(REMOTE_ADDR="10.0.0.7")
    elsewhere.post(PAGE, {"login": "abc-def-ghk", "password": "тихий-берег-38"})

    assert "Подождите четверть часа" in shut.content.decode()
    assert (who(browser), who(elsewhere) is None) == (None, False)


def test_letters_with_codes_to_one_address_are_limited(browser: Client) -> None:
    person()

    for _ in range(8):
        Client().post(SEND, {"email": "maria@school.test"})

    assert Notice.objects.count() == 6


def test_one_who_is_logged_in_is_sent_on(browser: Client) -> None:
    browser.force_login(person())

    answers = [browser.get(PAGE), browser.get(SEND)]

    assert [(answer.status_code, urlsplit(answer["Location"]).path) for answer in answers] == [(302, "/")] * 2


@pytest.mark.parametrize("url", [PAGE, SEND, CHECK])
def test_other_methods_are_refused(browser: Client, url: str) -> None:
    assert [browser.put(url).status_code, browser.delete(url).status_code] == [405, 405]


def test_an_idle_session_of_staff_ends_and_says_so(browser: Client) -> None:
    curator = actor_of(Role.CURATOR).user
    assert curator is not None
    browser.force_login(curator)
    session = browser.session
    session["seen"] = int(time.time()) - 31 * 60
    session.save()

    answer = browser.get("/me/", follow=True)

    assert (answer.redirect_chain, who(browser)) == ([("/log-in/?next=/me/", 302)], None)
    assert "Вас какое-то время не было" in answer.content.decode()
