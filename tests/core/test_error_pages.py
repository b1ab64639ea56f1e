"""What a person sees when something is refused or breaks."""

from typing import NoReturn

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from core.error_pages import bad_request, server_error
from core.middleware import BusyDatabaseMiddleware
from core.models import Role
from tests.factories import actor_of

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there(client: Client) -> None:
    answer = client.get("/nowhere/")

    assert (answer.status_code, "Такой страницы нет" in answer.content.decode()) == (404, True)


def test_a_page_of_another_role(client: Client) -> None:
    user = actor_of(Role.MENTEE).user
    assert user is not None
    client.force_login(user)

    answer = client.get("/people/")

    assert (answer.status_code, "Эта страница не для вашей роли" in answer.content.decode()) == (403, True)


def test_a_form_whose_token_is_old() -> None:
    answer = Client(enforce_csrf_checks=True).post("/log-in/", {"login": "a"})

    assert (answer.status_code, "Страница устарела" in answer.content.decode()) == (403, True)


def test_too_many_fields(client: Client) -> None:
    answer = client.post("/log-in/", {f"field{number}": "" for number in range(2100)})

    assert (answer.status_code, "Это слишком много для одной отправки" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (RequestDataTooBig(), "Это слишком много"),
        (TooManyFieldsSent(), "Это слишком много"),
        (ValueError(), "Запрос не удалось разобрать"),
        (None, "Запрос не удалось разобрать"),
    ],
)
def test_what_can_not_be_taken_is_told_apart(rf: RequestFactory, error: Exception | None, text: str) -> None:
    answer = bad_request(rf.get("/"), error)

    assert (answer.status_code, text in answer.content.decode()) == (400, True)


def test_a_breakdown_is_told_without_database_or_request(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))

    assert (answer.status_code, "У нас что-то сломалось" in answer.content.decode()) == (500, True)


def test_a_database_that_is_busy_is_told_as_such_and_anything_else_is_not(rf: RequestFactory) -> None:
    answer = BusyDatabaseMiddleware.process_exception(rf.post("/"), OperationalError("canceling statement due to lock"))

    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Отправьте ещё раз" in answer.content.decode()
    assert "canceling" not in answer.content.decode()
    assert BusyDatabaseMiddleware.process_exception(rf.post("/"), ValueError()) is None


def test_a_database_that_fails_before_any_view_is_told_as_busy_too(client: Client) -> None:
    user = actor_of(Role.CURATOR).user
    assert user is not None
    client.force_login(user)
    client.raise_request_exception = False

    with connection.execute_wrapper(_fail):
        answer = client.get("/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def _fail(*_args: object) -> NoReturn:
    raise OperationalError("sorry, too many clients already")
