"""Entering a person on one page."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from core.actors import Actor
from participants.models import Enrolment, Guardianship, MentoringForm, Person
from tests.factories import MentoringFormFactory, PersonFactory, actor_of
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
PAGE = "/participants/new/"
LogIn = Callable[[Actor], Client]
PUPIL = {
    "kind": "pupil",
    "surname": "Ёлкина",
    "given_name": "Зоя",
    "patronymic": "",
    "birth_date": "2013-05-06",
    "class_name": "7 «Б»",
    "post": "",
    "email": "",
}
PARENT = {
    "guardian-surname": "Ёлкин",
    "guardian-given_name": "Пётр",
    "guardian-authority": "father",
    "guardian-email": "petr@home.test",
}


@pytest.fixture
def form() -> MentoringForm:
    """A form of a school whose year is under way."""
    form = MentoringFormFactory()
    this_year(form.school)
    return form


def part_in(form: MentoringForm) -> dict[str, str]:
    return {"part-side": "mentee", "part-form": str(form.pk)}


def test_a_mentee_is_entered_on_one_screen(log_in: LogIn, form: MentoringForm) -> None:
    browser = log_in(actor_of(school=form.school))

    answer = browser.post(PAGE, PUPIL | PARENT | part_in(form))

    person = Person.objects.get()
    assert answer["Location"] == f"/participants/{person.pk}/"
    assert (person.full_name, person.birth_date, person.school) == ("Ёлкина Зоя", date(2013, 5, 6), form.school)
    assert (Guardianship.objects.get().guardian.email, Enrolment.objects.get().form) == ("petr@home.test", form)


def test_the_parent_and_the_part_may_come_later(log_in: LogIn, form: MentoringForm) -> None:
    log_in(actor_of(school=form.school)).post(PAGE, PUPIL | {"guardian-authority": "", "part-side": ""})

    assert (Person.objects.count(), Guardianship.objects.count(), Enrolment.objects.count()) == (1, 0, 0)


def test_the_next_one_begins_with_the_same_class_and_part(log_in: LogIn, form: MentoringForm) -> None:
    browser = log_in(actor_of(school=form.school))

    page = browser.post(PAGE, PUPIL | part_in(form) | {"another": "1"}, follow=True).content.decode()

    assert 'value="7 «Б»"' in page
    assert re.findall(r'<option value="([^"]*)" selected', page) == ["pupil", "", "mentee", str(form.pk)]


def test_a_double_click_enters_one(log_in: LogIn, form: MentoringForm) -> None:
    browser = log_in(actor_of(school=form.school))

    answers = [browser.post(PAGE, PUPIL | {"once": "one-sending"}) for _ in range(3)]

    assert len({answer["Location"] for answer in answers}) == 1
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"birth_date": ""}, "Ученику нужны дата рождения и класс."),
        ({"class_name": ""}, "Ученику нужны дата рождения и класс."),
        ({"surname": ""}, "Обязательное поле."),
        ({"birth_date": "2113-05-06"}, "Проверьте дату рождения"),
        ({"birth_date": "позавчера"}, "Введите правильную дату."),
        ({"email": "zoya@home.test"}, "связываются через родителей"),
        ({"post": "староста"}, "должности нет"),
        ({"guardian-surname": "Ёлкин"}, "Обязательное поле."),
        ({"part-side": "mentee"}, "Укажите и сторону, и форму"),
        ({"kind": "neighbour"}, "Выберите корректный вариант"),
        ({"surname": "Ё" * 101}, "не более 100 символов"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(
    log_in: LogIn, form: MentoringForm, changes: dict[str, str], words: str
) -> None:
    answer = log_in(actor_of(school=form.school)).post(PAGE, PUPIL | {"patronymic": "Петровна"} | changes)

    page = answer.content.decode()
    assert (answer.status_code, words in page, 'value="Петровна"' in page) == (400, True, True)
    assert Person.objects.count() == 0


def test_a_parent_of_an_adult_is_refused_and_nobody_is_entered(log_in: LogIn, form: MentoringForm) -> None:
    teacher = PUPIL | {"kind": "teacher", "class_name": "", "birth_date": "1980-01-01"}

    answer = log_in(actor_of(school=form.school)).post(PAGE, teacher | PARENT)

    assert (answer.status_code, "подписывает сам" in answer.content.decode()) == (400, True)
    assert Person.objects.count() == 0


def test_someone_of_the_same_name_is_shown_and_confirmed_once(log_in: LogIn, form: MentoringForm) -> None:
    known = PersonFactory(
        school=form.school, surname="ЕЛКИНА", given_name="Зоя", patronymic="", birth_date=date(2013, 5, 6)
    )
    browser = log_in(actor_of(school=form.school))

    asked = browser.post(PAGE, PUPIL)
    page = asked.content.decode()
    browser.post(PAGE, PUPIL | {"is_another": "on"})

    assert (asked.status_code, f'href="/participants/{known.pk}/"' in page) == (400, True)
    assert '<input type="checkbox" name="is_another"' in page
    assert Person.objects.count() == 2


def test_someone_of_the_same_name_elsewhere_is_not_told_of(log_in: LogIn, form: MentoringForm) -> None:
    PersonFactory(surname="Ёлкина", given_name="Зоя", patronymic="", birth_date=date(2013, 5, 6))

    answer = log_in(actor_of(school=form.school)).post(PAGE, PUPIL)

    assert answer.status_code == 302


def test_without_a_programme_people_are_entered_and_their_part_waits(log_in: LogIn) -> None:
    browser = log_in(actor_of())

    page = browser.get(PAGE).content.decode()
    answer = browser.post(PAGE, PUPIL)

    assert ("У школы ещё нет программы" in page, answer.status_code, Person.objects.count()) == (True, 302, 1)


def test_the_form_of_another_school_is_no_choice(log_in: LogIn, form: MentoringForm) -> None:
    answer = log_in(actor_of(school=form.school)).post(PAGE, PUPIL | part_in(MentoringFormFactory()))

    assert (answer.status_code, Person.objects.count()) == (400, 0)


@pytest.mark.parametrize("like", ["x", "999999", "foreign", ""])
def test_nothing_is_taken_over_from_someone_who_is_not_there(log_in: LogIn, like: str) -> None:
    stranger = PersonFactory(class_name="11 «Ъ»")

    page = log_in(actor_of()).get(PAGE, {"like": str(stranger.pk) if like == "foreign" else like}).content.decode()

    assert "11 «Ъ»" not in page
