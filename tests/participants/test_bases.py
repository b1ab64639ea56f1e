from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Event, Role, School
from participants.models import Enrolment, Guardian, Guardianship, Person
from participants.services.bases import write_base
from participants.services.sheet_rows import as_json
from participants.services.sheet_steps import compare_sheet, import_at_once, read_people, take_sheet
from roadmap.models import Cycle
from tests.factories import (
    AreaFactory,
    CycleFactory,
    EnrolmentFactory,
    GuardianFactory,
    GuardianshipFactory,
    MatchFactory,
    MentoringFormFactory,
    PersonFactory,
    PlaceFactory,
    RoleModelFactory,
    SchoolFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]

MENTEE_COLUMNS = [
    "№", "ФИО наставляемого", "Контактные данные для связи (данные представителя)", "Год рождения наставляемого",
    "Основной запрос наставляемого", "Дата вхождения в программу", "ФИО наставника", "Форма наставничества",
    "Место работы/учебы наставника", "Дата завершения программы", "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого, размещенные на сайте организации", "Отметка о прохождении программы",
]  # fmt: skip
MENTOR_COLUMNS = [
    "№", "ФИО наставника", "Контактные данные для связи", "Место работы/учебы наставника",
    "Основные компетенции наставника", "Важные для программы достижения наставника", "Интересы наставника",
    "Желаемый возраст наставляемых", "Ресурс времени на программу наставничества", "Дата вхождения в программу",
    "ФИО наставляемого (наставляемых)", "Форма наставничества", "Место работы/учебы наставляемого",
    "Дата завершения программы", "Результаты программы",
    "Ссылка на кейс/отзыв наставника, размещенные на сайте организации",
]  # fmt: skip
HOSTILE = '=HYPERLINK("http://evil.test";"x")'


@pytest.fixture
def school() -> School:
    return SchoolFactory()


@pytest.fixture
def cycle(school: School) -> Cycle:
    return CycleFactory(programme__school=school)


@pytest.fixture
def curator(school: School) -> Actor:
    return actor_of(Role.CURATOR, school)


def full_mentee(cycle: Cycle, **columns: object) -> Enrolment:
    """A pupil of whom everything is known, with two guardians, cleared."""
    school = cycle.programme.school
    person = PersonFactory(school=school, given_name="Семён", sex="m")
    for who, authority in (
        ({}, "mother"),
        ({"given_name": "Пётр", "patronymic": "Ильич", "phone": "+7 900 111-22-33"}, "father"),
    ):
        GuardianshipFactory(minor=person, guardian=GuardianFactory(school=school, **who), authority=authority)
    form = MentoringFormFactory(school=school)
    row = cleared_enrolment(
        person=person,
        cycle=cycle,
        form=form,
        role_model=RoleModelFactory(form=form),
        request="Подготовиться к олимпиаде\nпо химии",
        wanted_help="Разбирать задачи",
        interests="шахматы, робототехника",
        available=[115, 116, 318],
        entered_on=date(2026, 9, 7),
        results="Прошёл на регион",
        case_url="https://school.example/case",
        is_passed=True,
        **columns,
    )
    row.areas.set([AreaFactory(school=school), AreaFactory(school=school)])
    return row


def full_mentor(cycle: Cycle, **columns: object) -> Enrolment:
    school = cycle.programme.school
    teacher = PersonFactory(
        school=school, teacher=True, sex="f", phone="+7 900 222-33-44", subject="химия", teaching_since=2001
    )
    row = cleared_enrolment(
        person=teacher,
        cycle=cycle,
        form=MentoringFormFactory(school=school, mentor_kind="teacher"),
        mentor=True,
        competences="Олимпиадная химия",
        achievements="Эксперт ЕГЭ",
        interests="туризм",
        wanted_age_from=12,
        wanted_age_to=15,
        time_resource="2 часа в неделю",
        building="Дом на Лесной, 4",
        is_remote=True,
        available=[417],
        entered_on=date(2026, 9, 7),
        **columns,
    )
    row.areas.set([AreaFactory(school=school)])
    return row


def written(school: School, side: str, cycle: Cycle, by: Actor) -> bytes:
    job = write_base(school=school, side=side, cycle=cycle, by=by)
    assert run_due_jobs() == 1
    job.refresh_from_db()
    assert job.result is not None
    return read_file(job.result)


def table_of(data: bytes, sheet: str) -> list[list[str]]:
    """The rows from the header on, read by another library than the one that wrote them."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()
    return [[str(cell) for cell in row] for row in rows[2:]]


@pytest.mark.parametrize(
    ("side", "make", "sheet", "columns"),
    [("mentee", full_mentee, "Обучающиеся", MENTEE_COLUMNS), ("mentor", full_mentor, "Педагоги", MENTOR_COLUMNS)],
)
def test_a_register_begins_with_exactly_the_official_columns(
    cycle: Cycle, curator: Actor, side: str, make: object, sheet: str, columns: list[str]
) -> None:
    make(cycle)  # type: ignore[operator]

    head, line = table_of(written(cycle.programme.school, side, cycle, curator), sheet)

    assert head[: len(columns)] == columns
    assert len(line) == len(head) > len(columns)
    assert (line[0], line[head.index("Дата вхождения в программу")]) == ("1", "07.09.2026")


def test_the_pair_stands_in_both_registers_and_each_side_counts_its_own(cycle: Cycle, curator: Actor) -> None:
    mentor = full_mentor(cycle)
    mentee = full_mentee(
        cycle,
    )
    PlaceFactory(match=MatchFactory(school=mentor.person.school, mentor=mentor, mentee=mentee, in_force=True))

    mentees = table_of(written(mentor.person.school, "mentee", cycle, curator), "Обучающиеся")
    mentors = table_of(written(mentor.person.school, "mentor", cycle, curator), "Педагоги")

    assert mentees[1][6:9] == [mentor.person.full_name, mentee.form.name, "учитель физики"]
    assert mentors[1][10:13] == [mentee.person.full_name, mentor.form.name, mentee.person.place]


def test_whoever_has_no_consent_in_force_stands_nowhere_not_even_as_a_partner(
    cycle: Cycle, curator: Actor, log_in: LogIn
) -> None:
    school = cycle.programme.school
    mentor, mentee = full_mentor(cycle), full_mentee(cycle)
    PlaceFactory(match=MatchFactory(school=school, mentor=mentor, mentee=mentee, in_force=True))
    silent = EnrolmentFactory(person__school=school, cycle=cycle)
    mentee.person.consents.update(state="expired", ended_at="2026-10-01T00:00Z")

    book = written(school, "mentor", cycle, curator)
    page = log_in(curator).get(f"/participants/bases/mentee/?cycle={cycle.pk}").content.decode()

    names = (mentee.person.surname, silent.person.surname)
    assert [name for name in names if name in str(table_of(book, "Педагоги"))] == []
    assert [name for name in names if name in page] == []
    assert "2 участника в базу не вошли" in page


def test_pupils_teachers_and_others_stand_apart(cycle: Cycle, curator: Actor) -> None:
    school = cycle.programme.school
    own = {"cycle": cycle, "mentor": True}
    for kind in ("pupil", "teacher", "student", "expert"):
        cleared_enrolment(
            person=PersonFactory(school=school, teacher=kind != "pupil", **({"kind": kind} if kind != "pupil" else {})),
            **own,
        )

    book = load_workbook(io.BytesIO(written(school, "mentor", cycle, curator)))

    assert {sheet.title: sheet.max_row - 3 for sheet in book} == {
        "Обучающиеся": 1,
        "Педагоги": 1,
        "Другие участники": 2,
    }
    assert [sheet.page_setup.orientation for sheet in book] == ["landscape"] * 3


def test_a_formula_in_a_value_is_text_and_no_control_sign_breaks_the_file(cycle: Cycle, curator: Actor) -> None:
    mentee = full_mentee(cycle)
    Enrolment.objects.filter(pk=mentee.pk).update(request=HOSTILE, results="@SUM(1)\x07", interests="-1+1")

    book = load_workbook(io.BytesIO(written(mentee.person.school, "mentee", cycle, curator)))

    cells = [cell for row in book["Обучающиеся"].iter_rows(min_row=4) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert {HOSTILE, "@SUM(1)", "-1+1"} <= {cell.value for cell in cells}
    assert [cell.value for cell in cells if cell.quotePrefix] == [HOSTILE, "@SUM(1)", "-1+1"]


def test_a_row_is_as_high_as_its_longest_printed_text_and_the_page_is_not_too_wide(
    cycle: Cycle, curator: Actor
) -> None:
    one, other = full_mentee(cycle), full_mentee(cycle)
    Guardianship.objects.all().delete()
    Person.objects.update(surname="Ёлкин", given_name="Ян", patronymic="")
    Enrolment.objects.update(request="Тема", wanted_help="слово " * 300, results="", case_url="")
    Person.objects.filter(pk=one.person_id).update(sort_key="а")
    Enrolment.objects.filter(pk=other.pk).update(request="слово " * 40)

    book = load_workbook(io.BytesIO(written(cycle.programme.school, "mentee", cycle, curator)))

    page = book["Обучающиеся"]
    assert [page.row_dimensions[number].height for number in (4, 5)] == [15, 150]
    assert sum(page.column_dimensions[get_column_letter(number)].width for number in range(1, 14)) < 240


@pytest.mark.parametrize(("side", "make"), [("mentee", full_mentee), ("mentor", full_mentor)])
def test_a_register_that_went_out_comes_in_again_without_a_change(
    cycle: Cycle, curator: Actor, side: str, make: object
) -> None:
    school = cycle.programme.school
    for _row in range(3):
        make(cycle)  # type: ignore[operator]
    before = [list(model.objects.order_by("pk").values()) for model in (Person, Enrolment, Guardian)]
    data = written(school, side, cycle, curator)

    _book, table = read_people(data, school=school, side=side)
    sheet = take_sheet(
        school=school, side=side, cycle=cycle, form=None, name="база.xlsx", data=data, table=table, by=curator
    )
    compare_sheet(sheet=sheet, by=curator)

    rows = as_json(sheet, sheet.rows.all())["rows"]
    assert [(row["status"], row["changes"], row["errors"]) for row in rows] == [("same", [], [])] * 3
    assert [list(model.objects.order_by("pk").values()) for model in (Person, Enrolment, Guardian)] == before


@pytest.mark.parametrize(
    "names",
    [
        ["Аттестация, журнал и документы"],
        ["Творчество: музыка, театр, рисование", "Математика"],
        ["Спорт; отдых"],
        ["Спорт; отдых", "Тексты, фото и видео"],
    ],
)
def test_areas_named_with_the_signs_that_divide_them_come_in_again(
    cycle: Cycle, curator: Actor, names: list[str]
) -> None:
    school = cycle.programme.school
    full_mentor(cycle).areas.set([AreaFactory(school=school, name=name) for name in names])
    data = written(school, "mentor", cycle, curator)

    _book, table = read_people(data, school=school, side="mentor")
    _sheet, rows = import_at_once(
        school=school, side="mentor", cycle=cycle, form=None, name="a.xlsx", table=table, writes=False, whole=False,
        by=curator,
    )  # fmt: skip

    assert [(row.status, row.errors) for row in rows] == [("same", [])]


def test_who_may_not_keep_the_register_sees_none_and_another_school_has_its_own(cycle: Cycle, log_in: LogIn) -> None:
    full_mentee(cycle)
    school = cycle.programme.school
    address = f"/participants/bases/mentee/?cycle={cycle.pk}"

    seen = {role: log_in(actor_of(role, school)).get(address).status_code for role in Role}
    elsewhere = log_in(actor_of(Role.CURATOR)).get(address).status_code

    assert [role for role, status in seen.items() if status == 200] == [Role.CURATOR, Role.ADMINISTRATOR]
    assert elsewhere == 404


def test_every_look_and_every_export_is_in_the_journal_without_a_name(
    cycle: Cycle, curator: Actor, log_in: LogIn
) -> None:
    mentee = full_mentee(cycle)
    browser = log_in(curator)

    browser.get(f"/participants/bases/mentee/?cycle={cycle.pk}")
    browser.post(f"/participants/bases/mentee/write/?cycle={cycle.pk}")

    events = list(Event.objects.filter(school=mentee.person.school, verb__in=("list", "export")).order_by("pk"))
    assert [(event.verb, event.detail) for event in events] == [
        ("list", {"base": "mentee", "count": 1}),
        ("export", {"base": "mentee"}),
    ]


def test_an_empty_year_and_a_school_without_one_say_what_will_be_here(
    curator: Actor, cycle: Cycle, log_in: LogIn
) -> None:
    empty = log_in(curator).get("/participants/bases/mentor/").content.decode()
    yearless = log_in(actor_of(Role.CURATOR)).get("/participants/bases/mentor/").content.decode()

    assert "Здесь пока никого" in empty
    assert "Сначала начните программу" in yearless


def test_no_side_of_another_name_and_no_file_of_another_kind(curator: Actor, log_in: LogIn) -> None:
    browser = log_in(curator)

    assert browser.get("/participants/bases/neighbour/").status_code == 404
    assert browser.get("/participants/bases/files/1/").status_code == 404
