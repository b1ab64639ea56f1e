"""`people_import`: a spreadsheet into the register of a school, by the command alone."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from core.models import School
from participants.models import Enrolment, Guardian, Guardianship, PeopleSheet, Person
from tests.factories import ConsentFactory, EnrolmentFactory, MentoringFormFactory, PersonFactory, SchoolFactory
from tests.participants.spreadsheets import HEAD, ROW, xlsx
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory()


def run(path: Path, data: bytes, school: School, *more: str, side: str = "mentee") -> dict[str, Any]:
    file, said = path / "people.xlsx", io.StringIO()
    file.write_bytes(data)
    call_command("people_import", str(file), "--school", str(school.pk), "--as", side, "--json", *more, stdout=said)
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def test_the_answer_has_exactly_the_published_shape(tmp_path: Path, school: School) -> None:
    answer = run(
        tmp_path, xlsx([(*HEAD, "Телефон", "Кружки"), (*ROW, "8 900 123-45-67", "шахматы")]), school, "--dry-run"
    )

    assert answer == {
        "columns": [
            {"header": "Фамилия", "field": "surname"},
            {"header": "Имя", "field": "given_name"},
            {"header": "Отчество", "field": "patronymic"},
            {"header": "Дата рождения", "field": "birth_date"},
            {"header": "Класс", "field": "class_name"},
            {"header": "Телефон", "field": "phone"},
            {"header": "Кружки", "field": None},
        ],
        "rows": [
            {
                "row": 2,
                "status": "new",
                "person": None,
                "changes": [
                    {"field": "surname", "old": "", "new": "Ёлкина"},
                    {"field": "given_name", "old": "", "new": "Зоя"},
                    {"field": "kind", "old": "", "new": "pupil"},
                    {"field": "patronymic", "old": "", "new": "Петровна"},
                    {"field": "birth_date", "old": "", "new": "2012-03-05"},
                    {"field": "class_name", "old": "", "new": "7 «Б»"},
                ],
                "left_out": ["phone"],
                "errors": [],
            }
        ],
    }
    assert (Person.objects.count(), PeopleSheet.objects.count()) == (0, 0)


def test_a_sheet_is_written_and_the_same_file_again_changes_nothing(tmp_path: Path, school: School) -> None:
    data = xlsx([(*HEAD, "ФИО матери", "Телефон матери"), (*ROW, "Ёлкина Анна Ивановна", "89001234567")])

    first, second = run(tmp_path, data, school), run(tmp_path, data, school)

    person = Person.objects.get()
    assert (person.full_name, person.birth_date, person.class_name) == (
        "Ёлкина Зоя Петровна",
        date(2012, 3, 5),
        "7 «Б»",
    )
    assert (Guardian.objects.get().phone, Guardianship.objects.get().authority) == ("+7 900 123-45-67", "mother")
    assert [(row["status"], row["person"]) for row in (*first["rows"], *second["rows"])] == [
        ("new", person.pk),
        ("same", person.pk),
    ]
    assert PeopleSheet.objects.count() == 1


def test_people_are_enrolled_in_the_form_that_is_named(tmp_path: Path, school: School) -> None:
    form = MentoringFormFactory(school=school)
    this_year(school)

    answer = run(tmp_path, xlsx([HEAD, ROW]), school, "--form", form.name.upper())

    assert [row["status"] for row in answer["rows"]] == ["new"]
    assert Enrolment.objects.get().form == form


def test_what_waits_for_the_consent_is_written_once_it_is_in_force(tmp_path: Path, school: School) -> None:
    enrolment = EnrolmentFactory(person__school=school, form__school=school, cycle=this_year(school), request="")
    person = enrolment.person
    data = xlsx([("ФИО", "Дата рождения", "Запрос"), (person.full_name, person.birth_date, "Помощь с алгеброй")])
    before = run(tmp_path, data, school)

    ConsentFactory(person=person, in_force=True)
    after = run(tmp_path, data, school)

    enrolment.refresh_from_db()
    assert [(row["status"], row["left_out"]) for row in (*before["rows"], *after["rows"])] == [
        ("same", ["request"]),
        ("changed", []),
    ]
    assert enrolment.request == "Помощь с алгеброй"
    assert enrolment.filled_at is not None


def test_a_wrong_row_is_told_at_its_cell_and_the_others_come_in(tmp_path: Path, school: School) -> None:
    answer = run(tmp_path, xlsx([HEAD, ROW, ("Иванов", "Иван", "", "32.13.2012", "7Б")]), school)

    assert [(row["row"], row["status"], row["errors"]) for row in answer["rows"]] == [
        (2, "new", []),
        (3, "wrong", [{"column": "Дата рождения", "text": "Такого дня нет: «32.13.2012»."}]),
    ]
    assert Person.objects.count() == 1


def test_nothing_is_written_while_a_row_is_wrong_where_the_whole_is_asked_for(tmp_path: Path, school: School) -> None:
    run(tmp_path, xlsx([HEAD, ROW, ("Иванов", "Иван", "", "32.13.2012", "7Б")]), school, "--whole")

    assert (Person.objects.count(), PeopleSheet.objects.count()) == (0, 0)


def test_a_person_of_the_register_is_found_whatever_the_letters(tmp_path: Path, school: School) -> None:
    person = PersonFactory(
        school=school, surname="Семёнов", given_name="Пётр", patronymic="", birth_date=date(2012, 3, 5)
    )

    answer = run(tmp_path, xlsx([HEAD, ("СЕМЕНОВ", "Петр", "Ильич", "5 марта 2012 г.", "")]), school)

    person.refresh_from_db()
    assert [(row["status"], row["person"]) for row in answer["rows"]] == [("changed", person.pk)]
    assert person.full_name == "Семёнов Пётр Ильич"


def test_a_staff_list_brings_adults_with_their_own_address_and_without_what_waits(
    tmp_path: Path, school: School
) -> None:
    head = ("№", "Ф.И.О. педагога", "Должность", "Стаж", "E-mail", "Телефон")
    data = xlsx(
        [
            head,
            (1, "ЛЕСНАЯ АННА ПЕТРОВНА", "учитель математики", 12, "Lesnaya@School.test", "89001234567"),
            (2, "Полевой Лев"),
        ]
    )

    answer = run(tmp_path, data, school, side="person")

    first, second = Person.objects.order_by("pk")
    assert (first.full_name, first.kind, first.post) == ("Лесная Анна Петровна", "teacher", "учитель математики")
    assert (first.email, first.phone, first.teaching_since) == ("lesnaya@school.test", "", None)
    assert second.kind == "teacher"
    assert [row["left_out"] for row in answer["rows"]] == [["phone", "teaching_since"], []]


def test_of_two_people_of_one_name_none_is_guessed(tmp_path: Path, school: School) -> None:
    for day in (1, 2):
        PersonFactory(
            school=school,
            surname="Ёлкина",
            given_name="Зоя",
            patronymic="",
            birth_date=date(2012, 3, day),
            class_name="7 «Б»",
        )

    answer = run(tmp_path, xlsx([("ФИО", "Класс"), ("Ёлкина Зоя", "7Б")]), school)

    assert [(row["status"], row["person"]) for row in answer["rows"]] == [("wrong", None)]
    assert "несколько человек с таким именем" in answer["rows"][0]["errors"][0]["text"]


@pytest.mark.parametrize(
    "second",
    [
        ("ЕЛКИНА", *ROW[1:]),
        (*ROW[:2], "", *ROW[3:]),
        (*ROW[:3], "", ROW[4]),
        (*ROW[:3], "2012", ROW[4]),
        (*ROW[:4], ""),
        (*ROW[:4], "8Б"),
    ],
)
@pytest.mark.parametrize("is_turned", [False, True])
def test_of_two_rows_of_a_new_person_the_first_comes_in_and_the_second_says_so(
    tmp_path: Path, school: School, second: tuple[str, ...], is_turned: bool
) -> None:
    data = xlsx([HEAD, *((second, ROW) if is_turned else (ROW, second))])

    first, again = run(tmp_path, data, school), run(tmp_path, data, school)

    told = [
        [(row["status"], [error["text"] for error in row["errors"]]) for row in one["rows"]] for one in (first, again)
    ]
    twice = ("wrong", ["Этот человек уже есть в строке 2."])
    assert told == [[("new", []), twice], [("same", []), twice]]
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "second",
    [
        (*ROW[:2], "Ильинична", *ROW[3:]),
        (*ROW[:3], "05.04.2012", ROW[4]),
        (*ROW[:3], "2011", ROW[4]),
        (*ROW[:3], "2012", "8Б"),
    ],
)
def test_two_of_one_name_who_are_told_apart_by_a_cell_both_come_in(
    tmp_path: Path, school: School, second: tuple[str, ...]
) -> None:
    answer = run(tmp_path, xlsx([HEAD, ROW, second]), school)

    assert [row["status"] for row in answer["rows"]] == ["new", "new"]


def test_a_second_form_of_a_new_person_comes_in_once_he_is_in_the_register(tmp_path: Path, school: School) -> None:
    forms = [MentoringFormFactory(school=school, mentee_kind="", name=name) for name in ("Ученик – ученик", "Клуб")]
    this_year(school)
    data = xlsx([(*HEAD, "Форма наставничества"), *((*ROW, form.name) for form in forms)])

    first, again = run(tmp_path, data, school), run(tmp_path, data, school)

    assert [row["status"] for row in (*first["rows"], *again["rows"])] == ["new", "wrong", "same", "changed"]
    assert "загрузите эту строку ещё раз" in first["rows"][1]["errors"][0]["text"]
    assert (Person.objects.count(), Enrolment.objects.count()) == (1, 2)


def test_a_mother_of_two_comes_in_once(tmp_path: Path, school: School) -> None:
    mother = ("Ёлкина Анна Ивановна", "89001234567")
    rows = [(*ROW, *mother), ("Ёлкин", "Лев", "Петрович", "01.02.2014", "5А", *mother)]

    run(tmp_path, xlsx([(*HEAD, "ФИО матери", "Телефон матери"), *rows]), school)

    assert (Guardian.objects.count(), Guardianship.objects.count()) == (1, 2)


def test_columns_of_health_and_papers_are_never_taken(tmp_path: Path, school: School) -> None:
    head = (*HEAD, "Группа здоровья", "ОВЗ", "СНИЛС", "Паспорт", "Адрес проживания")

    answer = run(tmp_path, xlsx([head, (*ROW, "II", "да", "1", "2", "3")]), school)

    assert [one["field"] for one in answer["columns"][5:]] == [None] * 5
    assert answer["rows"][0]["left_out"] == []
