"""Approval freezes a version."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role
from roadmap.models import Activity, Programme, Version
from roadmap.services.moving import set_days
from roadmap.services.papers import read_roadmap_paper
from roadmap.services.progress import mark_done
from roadmap.services.versions import (
    ApprovalRefused,
    ApprovedUnseen,
    approve_version,
    content_of,
    paper_of,
    version_state,
)
from tests.factories import ActivityFactory, WindowFactory, actor_of, full_programme

pytestmark = pytest.mark.django_db

DAY = date(2026, 8, 31)


@pytest.fixture
def programme() -> Programme:
    return full_programme(activities=7)


def approve(programme: Programme, by: Actor | None = None, **more: object) -> Version:
    by = by or actor_of(Role.ADMINISTRATOR, programme.school)
    given: dict[str, object] = {"ground": "", "approved_on": DAY, "seen_revision": programme.revision}
    return approve_version(programme=programme, **(given | more), by=by)  # type: ignore[arg-type]


def move_first(programme: Programme) -> None:
    window = programme.cycles.get().windows.select_related("cycle__programme").order_by("pk")[0]
    set_days(window=window, starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 9), by=actor_of(school=programme.school))
    programme.refresh_from_db()


def test_an_approval_freezes_what_the_programme_says(programme: Programme) -> None:
    administrator = actor_of(Role.ADMINISTRATOR, programme.school)

    version = approve(programme, administrator, ground=" приказ от 31.08.2026  № 137/к ")
    frozen = json.dumps(version.content, sort_keys=True)
    move_first(programme)

    version.refresh_from_db()
    assert (version.number, version.revision, version.ground) == (1, 1, "приказ от 31.08.2026 № 137/к")
    assert (version.approved_on, version.approved_by) == (DAY, administrator.user)
    assert json.dumps(version.content, sort_keys=True) == frozen
    assert version.content != content_of(programme)
    (event,) = Event.objects.filter(verb="approve", thing=f"programme:{programme.pk}")
    assert event.detail == {"version": version.pk, "number": 1, "revision": 1}


def test_the_next_approval_is_the_next_version(programme: Programme) -> None:
    approve(programme)
    move_first(programme)

    assert approve(programme).number == 2


def test_without_a_change_there_is_nothing_to_approve(programme: Programme) -> None:
    approve(programme)

    with pytest.raises(ApprovalRefused, match="После редакции 1 ничего не изменилось"):
        approve(programme)

    Programme.objects.update(revision=9)  # changed and put back as it was
    programme.refresh_from_db()
    with pytest.raises(ApprovalRefused):
        approve(programme)


def test_what_is_marked_done_is_no_part_of_a_version(programme: Programme) -> None:
    before = content_of(programme)
    window = programme.cycles.get().windows.all()[0]

    mark_done(window=window, done_on=date(2026, 9, 9), note="", by=actor_of(school=programme.school))

    assert content_of(programme) == before


def test_nobody_approves_what_he_has_not_read(programme: Programme) -> None:
    seen = programme.revision
    move_first(programme)

    with pytest.raises(ApprovedUnseen):
        approve(programme, seen_revision=seen)

    assert Version.objects.count() == 0


def test_a_curator_names_the_paper(programme: Programme) -> None:
    curator = actor_of(school=programme.school)

    with pytest.raises(ApprovalRefused) as refusal:
        approve(programme, curator, ground="  ")

    assert refusal.value.field == "ground"
    assert approve(programme, curator, ground="приказ № 1").number == 1


@pytest.mark.parametrize("day", [timezone.localdate() + timedelta(days=2), date(1999, 12, 31)])
def test_a_day_that_cannot_be_is_refused(programme: Programme, day: date) -> None:
    with pytest.raises(ApprovalRefused) as refusal:
        approve(programme, approved_on=day)

    assert refusal.value.field == "approved_on"


def test_the_state_counts_what_was_changed_since(programme: Programme) -> None:
    assert version_state(programme) is None

    version = approve(programme)
    untouched = version_state(programme)
    move_first(programme)
    moved = version_state(programme)
    Programme.objects.update(title="Иная карта", revision=7)
    programme.refresh_from_db()
    titled = version_state(programme)

    assert untouched is not None
    assert moved is not None
    assert titled is not None
    assert (untouched.version, untouched.changed, untouched.differs) == (version, 0, False)
    assert (moved.changed, moved.differs) == (1, True)
    assert (titled.changed, titled.differs) == (1, True)


def test_a_title_alone_is_no_activity(programme: Programme) -> None:
    approve(programme)
    Programme.objects.update(title="Иная карта", revision=7)
    programme.refresh_from_db()

    state = version_state(programme)

    assert state is not None
    assert (state.changed, state.differs) == (0, True)


@pytest.mark.parametrize("activities", [7, 21])
def test_content_and_state_take_as_many_queries_for_many_as_for_few(
    django_assert_num_queries: DjangoAssertNumQueries, activities: int
) -> None:
    programme = full_programme(activities=activities)
    approve(programme)
    move_first(programme)

    with django_assert_num_queries(2):
        content_of(programme)
    with django_assert_num_queries(3):
        version_state(programme)


def test_the_paper_of_a_version_is_that_of_the_programme_on_its_day(programme: Programme) -> None:
    Activity.objects.filter(stage__programme=programme).update(extra={"result": "Протокол"})
    paper = read_roadmap_paper(programme)

    version = approve(programme)
    move_first(programme)

    version.refresh_from_db()
    assert paper_of(version.content) == paper
    assert read_roadmap_paper(programme) != paper


def test_windows_without_days_are_frozen_too() -> None:
    window = WindowFactory(activity=ActivityFactory(), starts_on=None, ends_on=None)

    version = approve(window.cycle.programme)

    assert version.content["stages"][0]["activities"][0]["windows"] == [[2026, None, None]]
