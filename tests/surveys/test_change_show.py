"""What changed, on the page and as a spreadsheet: for whom, with which figures, beside whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role
from surveys.models import ComparisonGroup
from tests.factories import (
    ComparisonGroupFactory,
    CycleFactory,
    MeasurementFactory,
    MentoringFormFactory,
    ParameterFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Any], Client]
PAGE = "/surveys/changes/"
PAIRS = [(4, 6), (5, 5), (7, 4), (6, 3), (8, 6), (5, 4)]
"""X is 35 / 6, Y is 28 / 6, Z 7 / 6, in per cent 20; four fell and one rose."""


class Place:
    """A year with six pupils measured twice, and the curator who looks."""

    def __init__(self) -> None:
        self.cycle: Any = CycleFactory()
        self.school = self.cycle.programme.school
        self.parameter: Any = ParameterFactory(school=self.school, name="Тревожность", direction="down", unit="балл")
        self.form: Any = MentoringFormFactory(school=self.school, name="Ученик – ученик")
        self.by: Actor = actor_of(Role.CURATOR, self.school)
        self.people = [self.pupil(before, after) for before, after in PAIRS]

    def pupil(self, before: int, after: int) -> Any:
        row = cleared_enrolment(cycle=self.cycle, form=self.form, person__school=self.school)
        MeasurementFactory(parameter=self.parameter, enrolment=row, wave="entry", value=before)
        MeasurementFactory(parameter=self.parameter, enrolment=row, wave="exit", value=after)
        return row


@pytest.fixture
def place() -> Place:
    return Place()


def words_of(answer: Any) -> str:
    """The text of a page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("&nbsp;", " ").split())


def cells_of(answer: Any) -> list[tuple[Any, ...]]:
    return [row for sheet in load_workbook(BytesIO(answer.content)) for row in sheet.values]


@pytest.mark.parametrize("role", [Role.CURATOR, Role.PSYCHOLOGIST, Role.ADMINISTRATOR])
def test_the_methods_table_and_the_sentence_are_there(role: Role, place: Place, log_in: LogIn) -> None:
    page = log_in(actor_of(role, place.school)).get(PAGE)

    text = words_of(page)
    assert "Тревожность хорошо, когда снижается 5,83 4,67 1,17 20 6" in text
    assert "Значение снизилось у 4 из 6 человек, выросло у 1, не изменилось у 1." in text
    assert "Группы сравнения нет" in text


def test_the_drawing_the_table_and_the_spreadsheet_carry_the_same_figures(place: Place, log_in: LogIn) -> None:
    browser = log_in(place.by)
    page = browser.get(PAGE).content.decode()
    (header, line) = cells_of(browser.get(f"{PAGE}file/?cycle={place.cycle.pk}"))

    drawn = re.findall(r"<text[^>]*>([^<]+)</text>", page)
    table = re.findall(r'<td class="number"[^>]*>([^<]+)</td>', page)
    written = dict(zip(header, line, strict=True))
    assert drawn == ["5,83", "4,67", "1", "10"]
    assert table == ["5,83", "4,67", "1,17", "20", "6"]
    assert [f"{written[name]:.2f}" for name in header[2:6]] == ["5.83", "4.67", "1.17", "20.00"]
    assert (written["Показатели"], written["Измерены дважды"], written["Снизилось у"]) == ("Тревожность", 6, 4)
    assert written["Показатель на входе (X)"] == pytest.approx(35 / 6, rel=1e-12)
    assert "Значение снизилось у 4 из 6 человек" in written["Что это значит"]


def test_of_four_people_nothing_is_shown_anywhere(place: Place, log_in: LogIn) -> None:
    for row in place.people[:2]:
        row.measurements.filter(wave="exit").delete()
    browser = log_in(place.by)

    page, (header, line) = browser.get(PAGE), cells_of(browser.get(f"{PAGE}file/"))

    assert "Дважды измерены 4 человека. Значения групп меньше пяти человек не показываются." in words_of(page)
    assert '<td class="number"' not in page.content.decode()
    assert [value for name, value in zip(header, line, strict=True) if value is not None and name != "Единица"] == [
        "Тревожность",
        "Дважды измерены 4 человека. Значения групп меньше пяти человек не показываются. На входе измерено: 6 из 6.",
    ]


def test_nobody_is_named_on_the_page_or_in_the_file_for_all(place: Place, log_in: LogIn) -> None:
    browser = log_in(actor_of(Role.ADMINISTRATOR, place.school))

    told = browser.get(PAGE).content.decode() + str(cells_of(browser.get(f"{PAGE}file/")))

    assert [row for row in place.people if row.person.surname in told] == []


def test_forms_are_parts_of_the_page(place: Place, log_in: LogIn) -> None:
    other = MentoringFormFactory(school=place.school, name="Учитель – учитель")
    for before, after in PAIRS:
        row = place.pupil(before, after)
        row.form = other
        row.save()

    page = words_of(log_in(place.by).get(f"{PAGE}?form={other.pk}"))

    assert "Учитель – учитель 6" in page
    assert "Участвуют и учитываются 6 человек." in page


def test_people_with_their_figures_are_for_those_cleared_and_noted(place: Place, log_in: LogIn) -> None:
    sensitive = ParameterFactory(school=place.school, name="Выгорание", is_sensitive=True)
    MeasurementFactory(parameter=sensitive, enrolment=place.people[0], wave="entry", value=9)
    browser = log_in(place.by)
    address = f"{PAGE}people/?side=mentee&cycle={place.cycle.pk}"

    plain, whole = cells_of(browser.post(address)), cells_of(browser.post(address, {"sensitive": "on"}))
    refused = log_in(actor_of(Role.ADMINISTRATOR, place.school)).post(address)

    assert plain[0] == ("ФИО", "Класс", "Форма наставничества", "Тревожность: на входе", "Тревожность: на выходе")
    assert {(row[0], row[3], row[4]) for row in plain[1:]} == {
        (part.person.full_name, *pair) for part, pair in zip(place.people, PAIRS, strict=True)
    }
    assert whole[0][5:] == ("Выгорание: на входе", "Выгорание: на выходе")
    assert refused.status_code == 403
    assert [event.detail["sensitive"] for event in Event.objects.filter(verb="export").order_by("number")] == [
        False,
        True,
    ]


def test_a_comparison_group_is_entered_changed_and_removed(place: Place, log_in: LogIn) -> None:
    browser = log_in(place.by)
    address = f"{PAGE}{place.parameter.pk}/comparison/?cycle={place.cycle.pk}"
    given = {"words": "7 «В»", "size": "21", "mean_before": "5,5", "mean_change": "-0,1", "deviation": "1,2"}

    browser.post(address, given)
    browser.post(address, given | {"size": "22"})
    page = browser.get(PAGE)

    row: Any = ComparisonGroup.objects.get()
    assert (row.size, float(row.mean_before), float(row.mean_change), float(row.deviation)) == (22, 5.5, -0.1, 1.2)
    assert "В группе сравнения (7 «В», 22 человека) среднее изменение: −0,1." in words_of(page)
    assert 'value="−0,1"' in browser.get(address).content.decode()
    assert browser.post(address, given | {"mean_change": "−0,2"}).status_code == 302
    browser.post(f"/surveys/comparisons/{row.pk}/remove/")
    browser.post(f"/surveys/comparisons/{row.pk}/remove/")
    assert not ComparisonGroup.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"size": "4"}, "Значения группы меньше пяти человек выдали бы отдельных людей."),
        ({"deviation": "-1"}, "Стандартное отклонение не бывает меньше 0."),
        ({"mean_change": "много"}, "Введите число."),
        ({"words": ""}, "Обязательное поле."),
    ],
)
def test_wrong_figures_of_a_group_are_refused_in_words(
    wrong: dict[str, str], words: str, place: Place, log_in: LogIn
) -> None:
    given = {"words": "7 «В»", "size": "21", "mean_before": "5,5", "mean_change": "-0,1", "deviation": "1,2"}

    page = log_in(place.by).post(f"{PAGE}{place.parameter.pk}/comparison/?cycle={place.cycle.pk}", given | wrong)

    assert page.status_code == 400
    assert words in page.content.decode()
    assert not ComparisonGroup.objects.exists()


def test_another_schools_comparison_and_year_are_not_there(place: Place, log_in: LogIn) -> None:
    other = ComparisonGroupFactory()
    browser = log_in(place.by)

    answers = [
        browser.get(f"{PAGE}?cycle={other.cycle.pk}"),
        browser.get(f"{PAGE}{other.parameter.pk}/comparison/"),
        browser.post(f"{PAGE}{place.parameter.pk}/comparison/?cycle={other.cycle.pk}", {}),
        browser.post(f"/surveys/comparisons/{other.pk}/remove/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


def test_a_warning_that_holds_for_all_is_said_once(place: Place, log_in: LogIn) -> None:
    second = ParameterFactory(school=place.school, name="Желание учиться")
    for row in place.people:
        for wave in ("entry", "exit"):
            MeasurementFactory(parameter=second, enrolment=row, wave=wave, value=5)

    page = words_of(log_in(place.by).get(PAGE))

    assert page.count("Группы сравнения нет") == 1


def test_an_empty_page_offers_the_first_step(log_in: LogIn) -> None:
    cycle = CycleFactory()

    keeper = log_in(actor_of(Role.CURATOR, cycle.programme.school)).get(PAGE).content.decode()
    reader = log_in(actor_of(Role.ADMINISTRATOR, cycle.programme.school)).get(PAGE).content.decode()

    assert ["Пока ничего не измерено" in page for page in (keeper, reader)] == [True, True]
    assert ["/surveys/measurements/" in page for page in (keeper, reader)] == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_however_much_was_measured_the_queries_are_as_many(
    count: int, log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = Place()
    for _ in range(count):
        ComparisonGroupFactory(cycle=place.cycle, parameter=ParameterFactory(school=place.school))
        place.pupil(5, 6)
    browser = log_in(place.by)
    browser.get(PAGE)

    with django_assert_num_queries(12):
        browser.get(PAGE)
