"""A spreadsheet of people on its pages: brought, settled, looked over, written, taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Role, School, StoredFile
from participants.models import ColumnMemory, Enrolment, Guardian, PeopleSheet, Person, SheetRow, SheetState
from tests.factories import ConsentFactory, MentoringFormFactory, PeopleSheetFactory, PersonFactory, actor_of
from tests.participants.spreadsheets import HEAD, ROW, xlsx
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
NEW = "/participants/sheets/"
LogIn = Callable[[Actor], Client]
WRONG = ("Иванов", "Иван", "", "32.13.2012", "7Б")


@pytest.fixture
def actor() -> Actor:
    return actor_of(Role.CURATOR)


@pytest.fixture
def school(actor: Actor) -> School:
    assert actor.school is not None
    return actor.school


@pytest.fixture
def browser(log_in: LogIn, actor: Actor) -> Client:
    return log_in(actor)


def bring(browser: Client, data: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("Ученики.xlsx", data)
    return browser.post(NEW, {"file": file, "side": "mentee", "once": "a", **more})


def settle(browser: Client, fields: dict[int, str] | None = None) -> Any:
    """Send the columns as they were guessed, save those named."""
    sheet = PeopleSheet.objects.get()
    columns = {f"column_{place}": one["field"] or "" for place, one in enumerate(sheet.columns)}
    columns |= {f"column_{place}": field for place, field in (fields or {}).items()}
    return browser.post(f"{NEW}{sheet.pk}/columns/", columns)


def compared(browser: Client, *rows: Any) -> PeopleSheet:
    bring(browser, xlsx([HEAD, *rows]))
    settle(browser)
    return PeopleSheet.objects.get()


def test_a_sheet_comes_in_over_three_pages(browser: Client, school: School) -> None:
    form = MentoringFormFactory(school=school)
    this_year(school)

    first = bring(browser, xlsx([HEAD, ROW]), form=form.pk)
    second = browser.get(first["Location"])
    third = browser.get(settle(browser)["Location"])
    sheet = PeopleSheet.objects.get()
    last = browser.post(f"{NEW}{sheet.pk}/write/", {"once": "b"}, follow=True)

    assert "Прочитана 1 строка: проверьте столбцы" in second.content.decode()
    assert "1 строку можно записать, ошибок нет" in third.content.decode()
    assert "1 строка записана в реестр" in last.content.decode()
    assert Person.objects.get().full_name == "Ёлкина Зоя Петровна"
    assert Enrolment.objects.get().form == form


def test_the_file_is_gone_once_its_rows_are_looked_over(browser: Client) -> None:
    bring(browser, xlsx([HEAD, ROW]))
    kept = StoredFile.objects.filter(purpose="people-sheet").count()

    settle(browser)

    assert (kept, StoredFile.objects.filter(purpose="people-sheet").count()) == (1, 0)


def test_a_file_that_is_no_spreadsheet_is_refused_at_its_field(browser: Client) -> None:
    answer = bring(browser, b"%PDF-1.4 nothing")

    assert answer.status_code == 400
    assert "Это не таблица." in answer.content.decode()
    assert PeopleSheet.objects.count() == 0


def test_a_form_sent_twice_takes_the_file_once(browser: Client) -> None:
    first, second = (bring(browser, xlsx([HEAD, ROW])) for _time in range(2))

    assert first["Location"] == second["Location"]
    assert PeopleSheet.objects.count() == 1


def test_a_corrected_column_is_remembered_for_the_school(browser: Client, school: School) -> None:
    head = ("Кто", "Д/Р", "Группа")
    bring(browser, xlsx([("ФИО", *head[1:]), ("Ёлкина Зоя", "05.03.2012", "7Б")]))
    settle(browser, {2: "class_name"})
    PeopleSheet.objects.all().delete()

    bring(browser, xlsx([("ФИО", *head[1:]), ("Ёлкина Ида", "05.03.2012", "7Б")]), once="c")

    assert list(ColumnMemory.objects.values_list("header_key", "field")) == [("группа", "class_name")]
    assert [one["field"] for one in PeopleSheet.objects.get().columns] == ["full_name", "birth_date", "class_name"]


def test_columns_without_names_are_refused_and_kept_as_chosen(browser: Client) -> None:
    bring(browser, xlsx([HEAD, ROW]))

    answer = settle(browser, {0: ""})

    assert answer.status_code == 400
    assert "Укажите, в каком столбце имена" in answer.content.decode()
    assert PeopleSheet.objects.get().state == SheetState.READ


def test_another_sheet_of_the_file_can_be_chosen(browser: Client) -> None:
    bring(browser, xlsx([HEAD, ROW], [HEAD, ("Белых", "Лев", "", "05.03.2012", "8А")]))
    sheet = PeopleSheet.objects.get()

    browser.post(f"{NEW}{sheet.pk}/columns/", {"sheet": "Лист2"})
    settle(browser)

    assert list(SheetRow.objects.values_list("cells__surname", flat=True)) == ["Белых"]


def test_wrong_rows_come_back_as_a_spreadsheet_with_the_reason(browser: Client) -> None:
    sheet = compared(browser, ROW, ("@Иванов", *WRONG[1:]))

    answer = browser.get(f"{NEW}{sheet.pk}/wrong/")

    page: Any = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == [*HEAD, "Почему не принято"]
    assert rows[1][:5] == ["@Иванов", "Иван", None, "32.13.2012", "7Б"]
    assert rows[1][5] == "Фамилия: Здесь не имя: «@Иванов».; Дата рождения: Такого дня нет: «32.13.2012»."
    assert page["A2"].data_type == "s"
    assert Event.objects.filter(verb="export", thing=f"peoplesheet:{sheet.pk}").count() == 1


def test_valid_rows_are_written_and_wrong_ones_are_not(browser: Client) -> None:
    sheet = compared(browser, ROW, WRONG)

    browser.post(f"{NEW}{sheet.pk}/write/", {"once": "b"})

    assert list(Person.objects.values_list("surname", flat=True)) == ["Ёлкина"]
    assert list(sheet.rows.values_list("status", "is_written")) == [("new", True), ("wrong", False)]


def test_a_sheet_is_written_once_however_often_it_is_sent(browser: Client) -> None:
    sheet = compared(browser, ROW)

    for token in ("b", "b", "c"):
        browser.post(f"{NEW}{sheet.pk}/write/", {"once": token})

    assert Person.objects.count() == 1


def test_nothing_is_written_where_the_register_has_changed_meanwhile(browser: Client, school: School) -> None:
    sheet = compared(browser, ROW)
    person = PersonFactory(
        school=school,
        surname="Ёлкина",
        given_name="Зоя",
        patronymic="Петровна",
        birth_date="2012-03-05",
        class_name="6 «Б»",
    )

    answer = browser.post(f"{NEW}{sheet.pk}/write/", {"once": "b"}, follow=True)

    assert "Реестр за это время изменился" in answer.content.decode()
    assert list(sheet.rows.values_list("status", "person")) == [("changed", person.pk)]
    assert Person.objects.count() == 1


def test_nothing_that_waits_for_the_consent_is_in_the_rows(browser: Client) -> None:
    bring(
        browser, xlsx([(*HEAD, "Запрос", "Телефон"), (*ROW, "тайный запрос", "89001234567"), (*WRONG, "тайный", "1")])
    )
    settle(browser)

    rows = str(list(SheetRow.objects.values()))
    assert "тайный" not in rows
    assert "900" not in rows
    assert [row.left_out for row in SheetRow.objects.all()] == [["phone", "request"], ["phone", "request"]]


def test_an_import_is_taken_back_as_a_whole(browser: Client, school: School) -> None:
    form = MentoringFormFactory(school=school)
    this_year(school)
    known = PersonFactory(
        school=school, surname="Белых", given_name="Лев", patronymic="", birth_date="2012-03-05", class_name="6 «Б»"
    )
    head, mother = (*HEAD, "ФИО матери", "Телефон матери"), ("Ёлкина Анна Ивановна", "89001234567")
    bring(browser, xlsx([head, (*ROW, *mother), ("Белых", "Лев", "Ильич", "05.03.2012", "7Б", "", "")]), form=form.pk)
    settle(browser)
    sheet = PeopleSheet.objects.get()
    browser.post(f"{NEW}{sheet.pk}/write/", {"once": "b"})
    written = (Person.objects.count(), Guardian.objects.count(), Enrolment.objects.count())

    browser.post(f"{NEW}{sheet.pk}/back/")

    known.refresh_from_db()
    sheet.refresh_from_db()
    assert written == (2, 1, 2)
    assert (Person.objects.count(), Guardian.objects.count(), Enrolment.objects.count()) == (1, 0, 0)
    assert (known.patronymic, known.class_name, known.class_key) == ("", "6 «Б»", "000006 б")
    assert sheet.state == SheetState.TAKEN_BACK


def asked_for_a_consent(browser: Client, person: Person) -> None:
    ConsentFactory(person=person)


def changed_by_hand(browser: Client, person: Person) -> None:
    columns = {
        "kind": "pupil",
        "surname": "Ёлкина",
        "given_name": "Зоя",
        "birth_date": "2012-03-05",
        "class_name": "8 «Б»",
    }
    answer = browser.post(f"/participants/{person.pk}/edit/", columns)
    assert answer.status_code == 302


def enrolled_further(browser: Client, person: Person) -> None:
    form = MentoringFormFactory(school=person.school)
    this_year(person.school)
    answer = browser.post(f"/participants/{person.pk}/enrol/", {"side": "mentee", "form": form.pk, "once": "z"})
    assert answer.status_code == 302


@pytest.mark.parametrize("use", [asked_for_a_consent, changed_by_hand, enrolled_further])
def test_an_import_whose_people_are_used_stays(browser: Client, use: Callable[[Client, Person], None]) -> None:
    sheet = compared(browser, ROW)
    browser.post(f"{NEW}{sheet.pk}/write/", {"once": "b"})
    use(browser, Person.objects.get())

    asked = browser.get(f"{NEW}{sheet.pk}/back/")
    browser.post(f"{NEW}{sheet.pk}/back/")

    sheet.refresh_from_db()
    assert "Отменить нельзя: 1 человек из таблицы уже в работе: Ёлкина" in asked.content.decode()
    assert (sheet.state, Person.objects.count()) == (SheetState.WRITTEN, 1)


def test_a_sheet_of_which_nothing_was_written_can_be_thrown_away(browser: Client) -> None:
    sheet = compared(browser, ROW)

    browser.post(f"{NEW}{sheet.pk}/drop/")

    assert (PeopleSheet.objects.count(), SheetRow.objects.count()) == (0, 0)


def test_a_written_sheet_can_not_be_thrown_away(browser: Client) -> None:
    sheet = compared(browser, ROW)
    browser.post(f"{NEW}{sheet.pk}/write/", {"once": "b"})

    browser.post(f"{NEW}{sheet.pk}/drop/")

    assert PeopleSheet.objects.count() == 1


def test_a_long_sheet_is_looked_over_and_written_by_the_worker(browser: Client) -> None:
    bring(
        browser,
        xlsx(
            [
                HEAD,
                *(
                    ("Ёлкина", "Зоя", "", f"{day:02}.{month:02}.2012", "7Б")
                    for day in range(1, 29)
                    for month in range(1, 13)
                ),
                *(
                    ("Белых", "Лев", "", f"{day:02}.{month:02}.2012", "7Б")
                    for day in range(1, 29)
                    for month in range(1, 13)
                ),
            ]
        ),
    )

    first = settle(browser)
    shown = browser.get(first["Location"])
    done = run_due_jobs()
    sheet = PeopleSheet.objects.get()
    second = browser.post(f"{NEW}{sheet.pk}/write/", {"once": "b"})
    done += run_due_jobs()

    assert shown.status_code == 200
    assert (first["Location"].startswith("/jobs/"), second["Location"].startswith("/jobs/")) == (True, True)
    assert (done, Person.objects.count()) == (2, 672)


@pytest.mark.parametrize("page", ["", "columns/", "back/", "wrong/"])
def test_another_school_s_sheet_is_not_there(browser: Client, page: str) -> None:
    sheet = PeopleSheetFactory(written=True)

    assert browser.get(f"{NEW}{sheet.pk}/{page}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_cost_the_same_queries(browser: Client, count: int, django_assert_num_queries: Any) -> None:
    people = [("Ёлкина", "Зоя", "", f"0{day}.03.2012", "7Б") for day in range(1, count + 1)]
    sheet = compared(browser, *people)
    browser.get(f"{NEW}{sheet.pk}/")

    with django_assert_num_queries(13):
        browser.get(f"{NEW}{sheet.pk}/")
