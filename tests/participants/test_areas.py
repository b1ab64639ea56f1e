"""The list of areas of help: given at the opening, written on one page, two of them merged."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from accounts.calendar import usual_periods
from accounts.services.schools import open_school
from core.actors import Actor
from core.errors import DomainError
from core.models import Role, School
from participants.models import Area
from participants.register.standard import STANDARD_AREAS
from participants.services.areas import AreaLine, give_standard_areas, merge_areas, save_areas
from tests.factories import AreaFactory, EnrolmentFactory, SchoolFactory, actor_of, installation_admin
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PAGE = "/participants/areas/"


def names_of(school: School) -> list[str]:
    return list(Area.objects.filter(school=school).values_list("name", flat=True))


@pytest.fixture
def by() -> Actor:
    return actor_of()


@pytest.fixture
def areas(by: Actor) -> list[Area]:
    """«Физика», «Химия», «Шахматы» of the curator's school."""
    return [
        AreaFactory(school=by.school, name=name, place=place)
        for place, name in enumerate(("Физика", "Химия", "Шахматы"), start=1)
    ]


def lines(areas: list[Area]) -> list[AreaLine]:
    return [AreaLine(area.pk, area.name, area.is_used) for area in areas]


def test_a_school_begins_with_the_standard_areas() -> None:
    school, _invited = open_school(
        requisites={"name": "Школа № 9", "short_name": "Школа № 9"},
        periods=usual_periods(2026),
        invitees=(),
        by=installation_admin(),
    )

    assert names_of(school) == list(STANDARD_AREAS)
    assert 20 <= len(STANDARD_AREAS) <= 30


def test_schools_opened_before_get_them_by_the_migration() -> None:
    old, known = SchoolFactory(), AreaFactory(name="Шахматы").school

    import_module("participants.migrations.0008_standard_areas").give_areas(apps, connection.schema_editor)

    assert (names_of(old), names_of(known)) == (list(STANDARD_AREAS), ["Шахматы"])


def test_the_standard_ones_that_are_missing_come_back_at_the_end(by: Actor, areas: list[Area]) -> None:
    assert by.school

    counts = [give_standard_areas(by.school, by) for _ in range(2)]

    assert counts == [len(STANDARD_AREAS), 0]
    assert names_of(by.school)[:4] == ["Физика", "Химия", "Шахматы", STANDARD_AREAS[0]]


def test_the_list_is_renamed_ordered_put_out_of_use_and_added_to(by: Actor, areas: list[Area]) -> None:
    assert by.school
    physics, chemistry, chess = lines(areas)

    save_areas(
        school=by.school,
        lines=[
            AreaLine(chess.pk, "Химия", True),
            AreaLine(chemistry.pk, "  Шахматы ", False),
            AreaLine(None, "Театр", True),
            physics,
        ],
        by=by,
    )

    rows = Area.objects.filter(school=by.school).values_list("pk", "name", "is_used")
    assert list(rows)[:2] == [(chess.pk, "Химия", True), (chemistry.pk, "Шахматы", False)]
    assert names_of(by.school) == ["Химия", "Шахматы", "Театр", "Физика"]


@pytest.mark.parametrize("name", ["физика", " Физика "])
def test_a_name_stands_once_in_whatever_letters(by: Actor, areas: list[Area], name: str) -> None:
    assert by.school

    with pytest.raises(DomainError, match="дважды"):
        save_areas(school=by.school, lines=[*lines(areas), AreaLine(None, name, True)], by=by)

    assert names_of(by.school) == ["Физика", "Химия", "Шахматы"]


def test_an_area_that_came_meanwhile_stays_behind_the_others(by: Actor, areas: list[Area]) -> None:
    assert by.school

    save_areas(school=by.school, lines=lines(areas[1:]), by=by)

    assert names_of(by.school) == ["Химия", "Шахматы", "Физика"]


def test_another_school_s_area_is_not_taken_for_one_s_own(by: Actor, areas: list[Area]) -> None:
    assert by.school
    foreign = AreaFactory(name="Плавание")

    save_areas(school=by.school, lines=[*lines(areas), AreaLine(foreign.pk, "Бег", True)], by=by)

    foreign.refresh_from_db()
    assert (foreign.name, names_of(by.school)) == ("Плавание", ["Физика", "Химия", "Шахматы", "Бег"])


def test_of_two_merged_areas_everyone_has_the_one_that_is_left(by: Actor, areas: list[Area]) -> None:
    physics, chemistry, _chess = areas
    one, both = (EnrolmentFactory(person__school=by.school) for _ in range(2))
    one.areas.set([physics])
    both.areas.set([physics, chemistry])

    count = merge_areas(area=physics, into=chemistry, by=by)

    assert (count, [list(row.areas.all()) for row in (one, both)]) == (2, [[chemistry], [chemistry]])
    assert not Area.objects.filter(pk=physics.pk).exists()


def test_an_area_is_merged_with_another_of_its_school_and_once(by: Actor, areas: list[Area]) -> None:
    physics, chemistry, _chess = areas

    for into in (physics, AreaFactory()):
        with pytest.raises(DomainError, match="другое направление"):
            merge_areas(area=physics, into=into, by=by)
    merge_areas(area=physics, into=chemistry, by=by)
    with pytest.raises(DomainError, match="уже нет"):
        merge_areas(area=physics, into=chemistry, by=by)

    assert Area.objects.filter(school=by.school).count() == 2


# ---------------------------------------------------------------- pages


def filled(areas: list[Area], **columns: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for place, area in enumerate(areas, start=1):
        sent |= {f"place_{area.pk}": place, f"name_{area.pk}": area.name, f"used_{area.pk}": "on"}
    for place, key in enumerate(("new1", "new2", "new3"), start=len(areas) + 1):
        sent |= {f"place_{key}": place, f"name_{key}": "", f"used_{key}": "on"}
    return sent | columns


@pytest.mark.parametrize(
    ("moved", "place", "order"),
    [
        (2, 1, ["Шахматы", "Физика", "Химия"]),
        (0, 3, ["Химия", "Шахматы", "Физика"]),
        (0, 2, ["Химия", "Физика", "Шахматы"]),
    ],
)
def test_a_number_moves_an_area(
    log_in: LogIn, by: Actor, areas: list[Area], moved: int, place: int, order: list[str]
) -> None:
    assert by.school

    log_in(by).post(PAGE, filled(areas, **{f"place_{areas[moved].pk}": place}))

    assert names_of(by.school) == order


def test_areas_are_added_on_the_page_and_a_name_twice_is_said_so(log_in: LogIn, by: Actor, areas: list[Area]) -> None:
    assert by.school
    browser = log_in(by)

    twice = browser.post(PAGE, filled(areas, name_new1="Физика"))
    nameless = browser.post(PAGE, filled(areas, **{f"name_{areas[0].pk}": ""}))
    added = browser.post(PAGE, filled(areas, name_new1="Театр", place_new1=1))

    assert (twice.status_code, "дважды" in twice.content.decode(), nameless.status_code) == (400, True, 400)
    assert (added["Location"], names_of(by.school)) == (PAGE, ["Театр", "Физика", "Химия", "Шахматы"])


def test_the_page_counts_who_asks_and_who_can_help_this_year(log_in: LogIn, by: Actor, areas: list[Area]) -> None:
    assert by.school
    cycle = this_year(by.school)
    for columns in ({}, {"mentor": True}, {"mentor": True}, {"left": True}):
        EnrolmentFactory(person__school=by.school, cycle=cycle, **columns).areas.set(areas[:1])
    EnrolmentFactory(person__school=by.school).areas.set(areas[:1])

    shown = log_in(by).get(PAGE).context["lines"]

    assert [(row.mentees, row.mentors) for row in shown] == [(1, 2), (0, 0), (0, 0)]


def test_the_administrator_reads_the_list_and_changes_nothing(log_in: LogIn, by: Actor, areas: list[Area]) -> None:
    assert by.school
    browser = log_in(actor_of(Role.ADMINISTRATOR, by.school))

    shown = browser.get(PAGE).content.decode()
    browser.post(PAGE, filled(areas, name_new1="Театр"))

    assert ("Физика" in shown, "Сохранить список" in shown) == (True, False)
    assert names_of(by.school) == ["Физика", "Химия", "Шахматы"]


def test_merging_asks_first(log_in: LogIn, by: Actor, areas: list[Area]) -> None:
    assert by.school
    EnrolmentFactory(person__school=by.school).areas.set(areas[:1])
    browser, page = log_in(by), f"{PAGE}{areas[0].pk}/merge/"

    asked = browser.get(page).content.decode()
    wrong = browser.post(page, {"into": areas[0].pk})
    merged = browser.post(page, {"into": areas[1].pk})

    assert ("в 1 анкете" in asked, wrong.status_code, merged["Location"]) == (True, 400, PAGE)
    assert names_of(by.school) == ["Химия", "Шахматы"]
