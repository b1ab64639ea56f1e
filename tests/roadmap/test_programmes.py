"""What a draft becomes."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from core.models import Event, Role
from roadmap.drafting.changes import delete_part, write_fields
from roadmap.models import Activity, Cycle, Duty, Programme, Responsible, Stage, Window
from roadmap.services.drafts import save_draft
from roadmap.services.programmes import DraftNotReady, make_programme
from tests.factories import MembershipFactory, UserFactory, actor_of
from tests.roadmap.samples import ROADMAP, opened

pytestmark = pytest.mark.django_db

DOCUMENTS = Path(__file__).parent / "documents"


def test_a_draft_becomes_stages_activities_and_windows() -> None:
    draft, by = opened()

    programme = make_programme(draft=draft, by=by)

    assert (programme.starts_on, programme.ends_on) == (date(2026, 9, 1), date(2027, 8, 31))
    assert [column["kind"] for column in programme.columns] == ["number", "activity", "term", "responsible"]
    assert list(Stage.objects.values_list("place", "name")) == [
        (1, "Подготовка условий для запуска программы наставничества"),
        (2, "Формирование базы наставляемых"),
    ]
    assert list(Window.objects.order_by("activity").values_list("activity__number", "starts_on", "ends_on")) == [
        ("1.1", date(2026, 12, 1), date(2026, 12, 31)),
        ("1.2", None, None),
        ("2.1", date(2026, 10, 1), date(2026, 10, 31)),
    ]
    assert list(Responsible.objects.order_by("activity").values_list("role", "name", "duty")) == [
        ("Куратор Программы", "", Duty.CURATOR),
        ("Директор", "И.А.Озёрная", Duty.HEAD),
        ("Педагог-психолог", "", Duty.PSYCHOLOGIST),
    ]
    assert Event.objects.filter(verb="make", thing=f"programme:{programme.pk}").count() == 1


def test_an_unknown_term_stays_as_text_without_a_day() -> None:
    draft, by = opened()

    make_programme(draft=draft, by=by)

    activity = Activity.objects.get(number="1.2")
    assert (activity.term_text, activity.term_kind) == ("по первому снегу", "none")
    assert list(activity.windows.values_list("starts_on", "ends_on")) == [(None, None)]


def test_a_named_person_of_the_school_answers_in_person() -> None:
    by = actor_of()
    head = MembershipFactory(
        school=by.school,
        role=Role.ADMINISTRATOR,
        user=UserFactory(surname="Озёрная", given_name="Инна", patronymic="Андреевна"),
    )
    elsewhere = UserFactory(surname="Озёрная", given_name="Инна", patronymic="Андреевна")
    MembershipFactory(role=Role.ADMINISTRATOR, user=elsewhere)
    draft, _by = opened(by)

    make_programme(draft=draft, by=by)

    assert Responsible.objects.get(role="Директор").member == head


def test_made_twice_it_is_one_programme() -> None:
    draft, by = opened()

    first = make_programme(draft=draft, by=by)
    second = make_programme(draft=draft, by=by)

    assert (first, Programme.objects.count(), Activity.objects.count()) == (second, 1, 3)


def test_a_faulty_draft_makes_nothing() -> None:
    draft, by = opened()
    save_draft(draft=draft, change=partial(write_fields, key="a1", typed={"text": ""}, seen=1), by=by)

    with pytest.raises(DraftNotReady):
        make_programme(draft=draft, by=by)

    assert Programme.objects.count() == 0


def test_without_an_activity_there_is_no_programme() -> None:
    draft, by = opened()
    for key in ("s1", "s2"):
        save_draft(draft=draft, change=partial(delete_part, key=key), by=by)

    with pytest.raises(DraftNotReady):
        make_programme(draft=draft, by=by)


def test_three_years_are_three_cycles_and_each_year_has_its_window() -> None:
    text = ROADMAP.replace("2026-2027 учебный год", "2024-2027 учебный год").replace(
        "Октябрь 2026", "Октябрь 2024, 2025, 2026"
    )
    draft, by = opened(text=text)

    programme = make_programme(draft=draft, by=by)

    assert list(programme.cycles.values_list("year", flat=True)) == [2024, 2025, 2026]
    assert list(Window.objects.filter(activity__number="2.1").values_list("cycle__year", "starts_on")) == [
        (2024, date(2024, 10, 1)),
        (2025, date(2025, 10, 1)),
        (2026, date(2026, 10, 1)),
    ]
    assert Window.objects.filter(activity__number="1.2", ends_on=None).count() == 3


@pytest.mark.parametrize(
    ("document", "years", "stages"),
    [
        ("one_list.txt", [2023], [4, 3, 5, 4, 4, 8, 7]),
        ("three_years.txt", [2021, 2022, 2023], [4, 3, 4, 4, 4, 8, 7]),
        ("with_sections.txt", [2024], [13, 5, 4, 5, 6, 8, 9]),
        ("kindergarten.txt", [2023], [6, 2, 2, 3, 6, 3, 1]),
    ],
)
def test_real_shapes_of_roadmaps_give_their_years_and_stages(
    document: str, years: list[int], stages: list[int]
) -> None:
    draft, by = opened(text=(DOCUMENTS / document).read_text())

    programme = make_programme(draft=draft, by=by)

    assert [cycle.year for cycle in Cycle.objects.filter(programme=programme)] == years
    assert [stage.activities.count() for stage in programme.stages.all()] == stages
    assert Window.objects.filter(cycle__programme=programme).values("activity").distinct().count() == sum(stages)
