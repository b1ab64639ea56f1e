"""Pages of those who represent minors."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from participants.models import Guardian, Guardianship
from tests.factories import ConsentFactory, GuardianshipFactory, PersonFactory, actor_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PARENT = {"surname": "Ёлкин", "given_name": "Пётр", "authority": "father", "email": "petr@home.test"}


def test_a_parent_is_entered_once_however_often_it_is_sent(log_in: LogIn) -> None:
    person = PersonFactory()
    url = f"/participants/{person.pk}/guardians/new/"
    browser = log_in(actor_of(school=person.school))

    wrong = browser.post(url, PARENT | {"authority": "neighbour"})
    answers = [browser.post(url, PARENT | {"once": "one-sending"}) for _ in range(2)]

    assert (wrong.status_code, [answer["Location"] for answer in answers]) == (400, [f"/participants/{person.pk}/"] * 2)
    assert Guardianship.objects.get().authority == "father"


def test_a_parent_who_is_entered_already_is_told_of(log_in: LogIn) -> None:
    row = GuardianshipFactory()
    sent = {name: getattr(row.guardian, name) for name in ("surname", "given_name", "patronymic", "email")}

    answer = log_in(actor_of(school=row.minor.school)).post(
        f"/participants/{row.minor_id}/guardians/new/", sent | {"authority": "mother"}
    )

    assert (answer.status_code, "уже записан" in answer.content.decode()) == (400, True)


def test_a_change_says_that_it_is_for_every_child(log_in: LogIn) -> None:
    row = GuardianshipFactory()
    url = f"/participants/guardians/{row.pk}/edit/"
    browser = log_in(actor_of(school=row.minor.school))

    alone = browser.get(url).content.decode()
    GuardianshipFactory(guardian=row.guardian, minor__school=row.minor.school)
    shared = browser.get(url).content.decode()
    answer = browser.post(url, PARENT)

    row.guardian.refresh_from_db()
    assert ["изменятся у всех" in page for page in (alone, shared)] == [False, True]
    assert (answer["Location"], row.guardian.email) == (f"/participants/{row.minor_id}/", "petr@home.test")


def test_removing_asks_first_and_refuses_in_words(log_in: LogIn) -> None:
    row = GuardianshipFactory()
    consent = ConsentFactory(person=row.minor, guardian=row.guardian)
    url = f"/participants/guardians/{row.pk}/remove/"
    browser = log_in(actor_of(school=row.minor.school))

    asked = browser.get(url).content.decode()
    refused = browser.post(url, follow=True).content.decode()
    consent.delete()
    browser.post(url)

    assert ("больше не представляет" in asked, "Сначала отмените запрос" in refused) == (True, True)
    assert (Guardianship.objects.count(), Guardian.objects.count()) == (0, 0)
