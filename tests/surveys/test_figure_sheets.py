"""A spreadsheet of figures: whom each row means, what is written, what goes back and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from core.actors import Actor
from core.models import Event, Role
from participants.models import Enrolment
from surveys.models import FigureSource, Measurement
from surveys.services.sheets_in import FiguresSheet, guess_parameters
from tests.factories import (
    CycleFactory,
    EnrolmentFactory,
    MeasurementFactory,
    MentoringFormFactory,
    ParameterFactory,
    PersonFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Any], Client]
SHEET = "/surveys/measurements/sheet/"


class Place:
    """A year with two pupils, and parameters for marks in two subjects."""

    def __init__(self) -> None:
        self.cycle: Any = CycleFactory(starts_on=date(2020, 9, 1), ends_on=date(2040, 8, 31))
        self.school = self.cycle.programme.school
        self.form: Any = MentoringFormFactory(school=self.school)
        self.russian: Any = ParameterFactory(school=self.school, name="Отметка по русскому языку", least=2, most=5)
        self.maths: Any = ParameterFactory(school=self.school, name="Отметка по математике", least=2, most=5)
        self.by: Actor = actor_of(Role.CURATOR, self.school)
        self.anna = self.pupil("Берёзова", "Анна", "7 «А»")
        self.ivan = self.pupil("Клёнов", "Иван", "8 «Б»")

    def pupil(self, surname: str, given_name: str, class_name: str) -> Enrolment:
        return cleared_enrolment(
            cycle=self.cycle,
            form=self.form,
            person__school=self.school,
            person__surname=surname,
            person__given_name=given_name,
            person__patronymic="",
            person__class_name=class_name,
        )


@pytest.fixture
def place() -> Place:
    return Place()


def book(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    file = BytesIO()
    made.save(file)
    return SimpleUploadedFile("marks.xlsx", file.getvalue())


HEAD = ("ФИО", "Класс", "Отметка по русскому языку", "Отметка по математике")


def sent(file: SimpleUploadedFile, **changed: str) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    return {"file": file, "side": "mentee", "wave": "entry", "measured_on": day} | changed


def carried(page: Any) -> dict[str, str]:
    """What the page sends on: the sheet, and what each column is taken for."""
    brought = page.context["brought"]
    columns = {
        f"column_{place}": str(key) for place, key in guess_parameters(brought.sheet, brought.parameters).items()
    }
    return {"sheet": brought.token, **columns}


def figures() -> set[tuple[str, str, Decimal]]:
    return set(Measurement.objects.values_list("enrolment__person__surname", "parameter__name", "value"))


def test_a_sheet_is_looked_over_then_written(place: Place, log_in: LogIn) -> None:
    browser = log_in(place.by)
    page = browser.post(SHEET, sent(book(HEAD, ("Берёзова Анна", "7а", 4, "4,5"), ("КЛЕНОВ ИВАН", "8-б", 3, None))))
    before = figures()

    answer = browser.post(f"{SHEET}write/", carried(page), follow=True)

    assert (page.status_code, before) == (200, set())
    assert "Можно записать 3 значения" in page.content.decode()
    assert "Измерение: до, " in page.content.decode()
    assert figures() == {
        ("Берёзова", "Отметка по русскому языку", Decimal(4)),
        ("Берёзова", "Отметка по математике", Decimal("4.5")),
        ("Клёнов", "Отметка по русскому языку", Decimal(3)),
    }
    assert set(Measurement.objects.values_list("source", "wave")) == {(FigureSource.SHEET, "entry")}
    assert "Записано 3 значения." in answer.content.decode()


def test_written_twice_it_is_written_once(place: Place, log_in: LogIn) -> None:
    browser = log_in(place.by)
    page = browser.post(SHEET, sent(book(HEAD, ("Берёзова Анна", "7а", 4, 5))))

    for _ in range(2):
        browser.post(f"{SHEET}write/", carried(page) | {"once": "one"})

    assert len(figures()) == 2
    assert Event.objects.filter(verb="measure").count() == 2, "one line for each parameter"


def test_wrong_rows_go_back_with_their_reasons(place: Place, log_in: LogIn) -> None:
    bare = EnrolmentFactory(
        cycle=place.cycle,
        form=place.form,
        person__school=place.school,
        person__surname="Ивов",
        person__given_name="Пётр",
    )
    PersonFactory(school=place.school, surname="Осин", given_name="Олег", class_name="5 «А»")
    browser = log_in(place.by)
    page = browser.post(
        SHEET,
        sent(
            book(
                HEAD,
                ("Берёзова Анна", "7а", 4, 6),
                ("Берёзова Анна", "7а", 4, 5),
                ("Сосновая Мария", "7а", 4, 5),
                ("Ивов Пётр", bare.person.class_name, 4, 5),
                ("Осин Олег", "5а", 4, 5),
                ("Клёнов Иван", "8б", "н/а", 4),
                ("", "8б", 4, 4),
            )
        ),
    )

    answer = browser.post(f"{SHEET}wrong/", carried(page))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)

    reasons = [str(row[-1]) for row in rows[1:]]
    assert rows[0][:4] == HEAD
    assert reasons == [
        "Отметка по математике: 6 – за пределами шкалы.",
        "Этот человек уже есть в строке 2.",
        "Человека с таким именем в реестре нет.",
        "Согласие не действует, поэтому об этом человеке ничего не записывается.",
        "В этом году этот человек с этой стороны не участвует.",
        "Отметка по русскому языку: «н/а» – не число.",
        "Нет фамилии.",
    ]
    browser.post(f"{SHEET}write/", carried(page))
    assert figures() == set(), "a row with one wrong cell is wrong as a whole"
    assert Event.objects.get(verb="export").detail == {"wrong figures": 7}


def test_namesakes_are_told_apart_by_their_class(place: Place, log_in: LogIn) -> None:
    other = place.pupil("Берёзова", "Анна", "9 «В»")
    browser = log_in(place.by)
    page = browser.post(SHEET, sent(book(HEAD, ("Берёзова Анна", "9в", 4, 5))))

    browser.post(f"{SHEET}write/", carried(page))

    assert set(Measurement.objects.values_list("enrolment", flat=True)) == {other.pk}


def test_namesakes_without_a_class_are_refused(place: Place, log_in: LogIn) -> None:
    place.pupil("Берёзова", "Анна", "9 «В»")

    page = log_in(place.by).post(SHEET, sent(book(("ФИО", "Отметка по математике"), ("Берёзова Анна", 5))))

    assert "В реестре несколько человек с таким именем" in page.content.decode()


def test_a_figure_there_was_is_shown_beside_the_new_one(place: Place, log_in: LogIn) -> None:
    MeasurementFactory(parameter=place.maths, enrolment=place.anna, wave="entry", value=3)
    MeasurementFactory(parameter=place.russian, enrolment=place.anna, wave="entry", value=4)

    page = log_in(place.by).post(SHEET, sent(book(HEAD, ("Берёзова Анна", "7а", 4, 5)))).content.decode()

    assert "<del>3</del>" in page
    assert "<ins>5</ins>" in page
    assert "Можно записать 1 значение" in page


def test_columns_are_chosen_by_hand(place: Place, log_in: LogIn) -> None:
    browser = log_in(place.by)
    page = browser.post(SHEET, sent(book(("ФИО", "Алгебра"), ("Берёзова Анна", 5))))
    assert "Нового для записи нет" in page.content.decode()
    given = {"sheet": page.context["brought"].token, "column_1": str(place.maths.pk)}

    again = browser.post(f"{SHEET}rows/", given)
    browser.post(f"{SHEET}write/", given)

    assert "Можно записать 1 значение" in again.content.decode()
    assert figures() == {("Берёзова", "Отметка по математике", Decimal(5))}


def test_two_columns_for_one_parameter_are_refused(place: Place, log_in: LogIn) -> None:
    browser = log_in(place.by)
    page = browser.post(SHEET, sent(book(HEAD, ("Берёзова Анна", "7а", 4, 5))))
    columns = {"column_2": str(place.maths.pk), "column_3": str(place.maths.pk)}

    answer = browser.post(f"{SHEET}write/", carried(page) | columns)

    assert answer.status_code == 400
    assert "Этот показатель уже берётся из другого столбца." in answer.content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.xlsx", b""), "Файл пуст"),
        (SimpleUploadedFile("a.xlsx", b"%PDF-1.7 nothing"), "Это не таблица"),
        (book(("Предмет", "Отметка"), ("Алгебра", 5)), "не нашлась"),
    ],
)
def test_what_is_no_list_is_refused_in_words(file: SimpleUploadedFile, words: str, place: Place, log_in: LogIn) -> None:
    page = log_in(place.by).post(SHEET, sent(file))

    assert page.status_code == 400
    assert words in page.content.decode()


def test_a_long_sheet_is_to_be_divided(place: Place, log_in: LogIn) -> None:
    rows = [(f"Берёзова Анна{number}", 5) for number in range(1001)]

    page = log_in(place.by).post(SHEET, sent(book(("ФИО", "Отметка"), *rows)))

    assert "В листе больше 1000 строк. Разделите его на несколько." in page.content.decode()


def test_a_sheet_is_taken_from_nobody_else(place: Place, log_in: LogIn) -> None:
    page = log_in(place.by).post(SHEET, sent(book(HEAD, ("Берёзова Анна", "7а", 4, 5))))
    given = carried(page)

    other = log_in(actor_of(Role.PSYCHOLOGIST, place.school)).post(f"{SHEET}write/", given)
    forged = log_in(place.by).post(f"{SHEET}write/", given | {"sheet": given["sheet"][:-2]})

    assert (other.status_code, forged.status_code, figures()) == (404, 404, set())


def test_a_consent_that_ended_after_the_look_stops_the_row(place: Place, log_in: LogIn) -> None:
    browser = log_in(place.by)
    page = browser.post(SHEET, sent(book(HEAD, ("Берёзова Анна", "7а", 4, 5), ("Клёнов Иван", "8б", 3, 3))))
    place.anna.person.consents.update(state="withdrawn", ended_at=timezone.now())

    browser.post(f"{SHEET}write/", carried(page))

    assert {name for name, _parameter, _value in figures()} == {"Клёнов"}


def test_a_heading_is_known_by_the_name_or_a_part_of_one_name(place: Place) -> None:
    sheet = FiguresSheet(
        (
            (0, "ФИО", "full_name"),
            (1, "отметка по математике", None),
            (2, "русскому языку", None),
            (3, "Отметка", None),
        ),
        (),
    )

    assert guess_parameters(sheet, [place.russian, place.maths]) == {1: place.maths.pk, 2: place.russian.pk}


def test_the_page_without_a_year_says_so(log_in: LogIn) -> None:
    page = log_in(actor_of(Role.CURATOR, ParameterFactory().school)).get(SHEET)

    assert "У школы пока нет программы." in page.content.decode()
