"""The first start of an empty installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import START_CODE_LIVES, Invitation, StartCode
from accounts.services.invitations import Invitee
from accounts.services.schools import Keeper, start_installation
from core.errors import DomainError
from core.models import Event, Role, School, SchoolPeriod, User
from tests.accounts.filled import REQUISITES, first_people, school_form
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db
PAGE, FORM = "/start/", "/start/school/"
KEEPER = {
    "keeper-surname": "Ветрова",
    "keeper-given_name": "Лидия",
    "keeper-patronymic": "Олеговна",
    "keeper-email": "Keeper@school.test",
    "keeper-secret": "тихий-берег-38",
}


def printed_code() -> str:
    out = StringIO()
    call_command("first_start_code", stdout=out)
    address, code = out.getvalue().split()
    assert address == "http://127.0.0.1:8000/start/"
    return code


def opened(browser: Client) -> Client:
    assert browser.post(PAGE, {"code": printed_code()})["Location"] == FORM
    return browser


def everything(**changes: str) -> dict[str, str]:
    return school_form() | first_people() | KEEPER | changes


def test_the_command_prints_address_and_code_and_keeps_only_the_digest() -> None:
    code = printed_code()

    assert (len(code), StartCode.objects.count(), code in str(list(StartCode.objects.values()))) == (14, 1, False)


def test_a_new_code_replaces_the_old(browser: Client) -> None:
    old, new = printed_code(), printed_code()

    assert [browser.post(PAGE, {"code": code}).status_code for code in (old, new)] == [400, 302]


@pytest.mark.parametrize("change", [str.upper, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_the_code_may_be_typed_as_people_type(browser: Client, change: object) -> None:
    assert browser.post(PAGE, {"code": change(printed_code())}).status_code == 302  # type: ignore[operator]


def test_an_old_code_opens_nothing(browser: Client) -> None:
    code = printed_code()
    StartCode.objects.update(created_at=timezone.now() - START_CODE_LIVES)

    assert browser.post(PAGE, {"code": code}).status_code == 400


def test_a_code_opens_nothing_once_there_is_a_school(browser: Client) -> None:
    opened(browser)
    SchoolFactory()

    assert browser.post(FORM, everything())["Location"] == "/log-in/"
    assert School.objects.count() == 1


def test_guessing_is_limited(browser: Client) -> None:
    answers = [browser.post(PAGE, {"code": "aaaa-bbbb-cccc"}).status_code for _ in range(11)]

    assert answers == [400] * 10 + [429]


def test_without_the_code_the_form_is_not_shown(browser: Client) -> None:
    printed_code()

    answers = [browser.get(FORM), browser.post(FORM, everything())]

    assert [answer["Location"] for answer in answers] == [PAGE, PAGE]
    assert School.objects.count() == 0


def test_the_form_makes_the_school_its_calendar_its_keeper_and_two_invitations(
    browser: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "mentoring.mail.FolderBackend"

    answer = opened(browser).post(FORM, everything(), follow=True)

    school, keeper = School.objects.get(), User.objects.get()
    assert {name: getattr(school, name) for name in REQUISITES} == REQUISITES
    assert (SchoolPeriod.objects.filter(school=school).count(), str(SchoolPeriod.objects.first())) == (
        8,
        "term 1: 2026-09-01–2026-10-23",
    )
    assert (keeper.email, keeper.is_installation_admin, keeper.check_password("тихий-берег-38")) == (
        "keeper@school.test",
        True,
        True,
    )
    assert sorted(Invitation.objects.values_list("role", "email")) == [
        ("administrator", "administrator@school.test"),
        ("curator", "curator@school.test"),
    ]
    assert answer.redirect_chain == [("/installation/", 302)]
    assert answer.content.decode().count("http://127.0.0.1:8000/invited/") == 2
    assert [word for word in ("Ветрова", "Соколова", "школа") if word in str(list(Event.objects.values()))] == []


def test_one_person_may_be_curator_and_administrator(browser: Client) -> None:
    opened(browser).post(FORM, everything(**{"administrator-email": "curator@school.test"}))

    assert sorted(Invitation.objects.values_list("role", "email")) == [
        ("administrator", "curator@school.test"),
        ("curator", "curator@school.test"),
    ]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"school-inn": "7707083894"}, "Это не ИНН"),
        ({"school-ogrn": "102770013219"}, "Это не ОГРН"),
        ({"school-name": ""}, "Обязательное поле."),
        ({"school-time_zone": "Europe/Paris"}, "Выберите корректный вариант."),
        ({"school-site": "школа"}, "Введите правильный URL."),
        ({"calendar-0-ends_on": "2026-08-01"}, "Последний день раньше первого."),
        ({"calendar-0-ends_on": ""}, "Укажите оба дня"),
        ({"calendar-0-ends_on": "31.02.2026"}, "Введите правильную дату."),
        ({"calendar-0-ends_on": "2028-10-23"}, "Это дольше года."),
        ({"calendar-2-starts_on": "2026-10-20"}, "накладываются"),
        ({"curator-email": "куратор"}, "Введите правильный адрес"),
        ({"keeper-secret": "коротко"}, "10"),
    ],
)
def test_bad_input_is_told_makes_nothing_and_loses_nothing(browser: Client, change: dict[str, str], text: str) -> None:
    answer = opened(browser).post(FORM, everything(**change))

    page = answer.content.decode()
    assert (answer.status_code, text in page, School.objects.count(), User.objects.count()) == (400, True, 0, 0)
    assert [
        kept in page for kept in ('value="Управление образования города Заречный"', 'value="Ветрова"', "тихий-берег-38")
    ] == [True, True, False]


def test_an_empty_row_of_the_calendar_is_dropped(browser: Client) -> None:
    opened(browser).post(FORM, everything(**{"calendar-7-starts_on": "", "calendar-7-ends_on": ""}))

    assert SchoolPeriod.objects.count() == 7


def test_a_calendar_without_its_management_form_is_bad_input(browser: Client) -> None:
    fields = {name: value for name, value in everything().items() if not name.startswith("calendar-")}

    assert opened(browser).post(FORM, fields).status_code == 400


def test_the_start_happens_once(browser: Client) -> None:
    second = opened(Client())
    first = Client()
    code = printed_code()
    first.post(PAGE, {"code": code})
    second.post(PAGE, {"code": code})

    first.post(FORM, everything())
    late = second.post(FORM, everything(**{"keeper-email": "second@school.test"}), follow=True)

    assert (School.objects.count(), User.objects.count()) == (1, 1)
    assert "Первая школа уже создана" in late.content.decode()
    assert browser.get(PAGE).status_code == 404
    with pytest.raises(CommandError, match="уже есть школа"):
        call_command("first_start_code")


def test_of_two_at_once_who_both_hold_the_code_one_succeeds() -> None:
    printed_code()
    keeper = Keeper(email="keeper@school.test", password="тихий-берег-38", surname="", given_name="", patronymic="")
    invitees = [Invitee(role=Role.CURATOR, email="curator@school.test")]
    start_installation(keeper=keeper, requisites=REQUISITES, periods=[], invitees=invitees)

    with pytest.raises(DomainError):
        start_installation(keeper=keeper, requisites=REQUISITES, periods=[], invitees=invitees)

    assert (School.objects.count(), User.objects.count()) == (1, 1)


def test_where_there_is_a_school_there_is_no_first_start(browser: Client) -> None:
    SchoolFactory()

    assert [browser.get(PAGE).status_code, browser.post(PAGE, {"code": "x"}).status_code] == [404, 404]
    assert browser.get(FORM)["Location"] == "/log-in/"
