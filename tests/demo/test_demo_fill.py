"""The demo: filled through the real services, believable on any day, open to every one of its logins."""

from __future__ import annotations

import json
import stat
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import Invitation
from core.journal import broken_links
from core.models import Membership, Role, School, SchoolPeriod, User
from demo.cast import MAIN, PEOPLE, SCHOOLS
from demo.filling import fill_demo
from demo.management.commands import demo_fill
from demo.plans import PLANS
from pairing.models import Match, Meeting, Mentorship, Place
from participants.models import Consent, Enrolment, Guardianship, Side
from reports.models import Order
from roadmap.models import Activity, Draft, Programme, Window, WindowState

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 11, 22), date(2027, 1, 1), date(2027, 2, 28), date(2027, 5, 31), date(2027, 7, 15), date(2027, 9, 1)]


@pytest.fixture(autouse=True)
def _data_dir(data_folder: Path, settings: Settings) -> None:
    settings.DATA_DIR = data_folder


def fill(day: date | None = None, *flags: str) -> None:
    if day is None:
        call_command("demo_fill", *flags)
    else:
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False):
            call_command("demo_fill", *flags)


@pytest.fixture(autouse=True)
def _few_people(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One group of each kind, for the whole cast takes its time; tests marked `crowded` have it all the same."""
    if not request.node.get_closest_marker("crowded"):
        few = {
            key: tuple(
                replace(year, waves=tuple(replace(wave, size=wave.group) for wave in year.waves)) for year in years
            )
            for key, years in PLANS.items()
        }
        monkeypatch.setattr(demo_fill, "fill_demo", partial(fill_demo, few))


def logins(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / "demo-logins.json").read_text())
    return rows


def programme_of(key: str) -> Programme:
    name = next(row.requisites["short_name"] for row in SCHOOLS if row.key == key)
    return Programme.objects.get(school__short_name=name)


def standing(programme: Programme, today: date) -> Counter[str]:
    """How many windows are done, late, under way, to come, without days."""
    counts: Counter[str] = Counter()
    for window in Window.objects.filter(cycle__programme=programme):
        if window.state == WindowState.DONE:
            counts["done"] += 1
        elif window.starts_on is None or window.ends_on is None:
            counts["undated"] += 1
        else:
            counts["late" if window.ends_on < today else "now" if window.starts_on <= today else "coming"] += 1
    return counts


@pytest.mark.crowded
def test_the_demo_is_five_schools_with_their_programmes_people_and_pairs(data_folder: Path) -> None:
    fill()

    counts = {
        programme.school.short_name: Activity.objects.filter(stage__programme=programme).count()
        for programme in Programme.objects.select_related("school")
    }
    assert counts == {
        "МБОУ «СОШ № 12»": 35,
        "МБОУ «Лицей № 3»": 34,
        "МКОУ «Усть-Ключевская школа-интернат»": 50,
        "МБДОУ «Детский сад № 8»": 23,
        "МБОУ «Гимназия № 2»": 15,
    }
    assert [programme.stages.count() for programme in Programme.objects.all()] == [7] * 5
    main = Enrolment.objects.filter(person__school=programme_of(MAIN).school)
    assert (main.filter(side=Side.MENTEE).count(), main.filter(side=Side.MENTOR).count()) == (60, 28)
    states = Counter(Consent.objects.filter(person__school=programme_of(MAIN).school).values_list("state", flat=True))
    assert states == {"in_force": 82, "sent": 2, "returned": 1, "asked": 3}
    assert Counter(Match.objects.filter(school=programme_of(MAIN).school).values_list("state", flat=True)) == {
        "in_force": 32,
        "approved": 5,
        "proposed": 6,
        "returned": 1,
    }
    assert Counter(Order.objects.values_list("school__short_name", flat=True)) == {
        "МБОУ «СОШ № 12»": 2,
        "МБОУ «Лицей № 3»": 1,
        "МКОУ «Усть-Ключевская школа-интернат»": 1,
        "МБДОУ «Детский сад № 8»": 1,
    }
    assert Counter(Mentorship.objects.values_list("state", flat=True)) == {"active": 28, "finished": 4}
    assert Meeting.objects.filter(mentorship__school=programme_of("lyceum").school).count() > 80
    assert list(broken_links()) == []


def meetings_are_on_days_of_the_pair(day: date) -> None:
    for meeting in Meeting.objects.select_related("mentorship__school"):
        held_on = meeting.held_at.astimezone(meeting.mentorship.school.zone).date()
        assert meeting.mentorship.starts_on <= held_on <= min(day, meeting.mentorship.ends_on)
        assert held_on.weekday() < 6


def test_the_first_pair_of_the_main_school_logs_in() -> None:
    fill()

    place = Place.objects.get(mentee__person__user__login="nastavlyaemy")
    guardianship = Guardianship.objects.get(minor=place.mentee.person)
    assert place.mentorship.mentor.person.user == User.objects.get(login="nastavnik")
    assert guardianship.guardian.user == User.objects.get(login="roditel")
    assert (place.mentee.person.class_name, place.mentorship.mentor.person.class_name) == ("7 «Б»", "10 «А»")


def test_the_main_school_has_every_role_a_calendar_an_open_draft_and_an_open_invitation() -> None:
    fill()
    main = programme_of(MAIN).school

    assert set(Membership.objects.active().filter(school=main).values_list("role", flat=True)) == set(Role.values)
    assert Counter(SchoolPeriod.objects.filter(school=main).values_list("kind", flat=True)) == {"term": 4, "holiday": 4}
    [draft] = Draft.objects.open()
    assert (draft.school, len(draft.outline["warnings"])) == (main, 5)
    [invitation] = Invitation.objects.all()
    assert (invitation.school, invitation.state) == (main, "waiting")
    assert User.objects.filter(is_installation_admin=True).count() == 1


def test_one_person_has_two_roles_in_one_school_and_one_in_another() -> None:
    fill()

    schools = Counter(Membership.objects.filter(user__login="dve-roli").values_list("school", flat=True))

    assert sorted(schools.values()) == [1, 2]


def each_school_is_at_its_own_point_of_the_year(day: date) -> None:
    pairing = standing(programme_of(MAIN), day)
    assert (pairing["late"], pairing["done"] > 10, pairing["now"] > 0, pairing["coming"] > 5) == (2, True, True, True)
    years = programme_of("lyceum")
    assert [cycle.starts_on <= day <= cycle.ends_on for cycle in years.cycles.all()] == [False, True, False]
    assert standing(years, day)["late"] == 0
    meeting = standing(programme_of("boarding"), day)
    assert (meeting["late"], meeting["done"] > 25, meeting["now"] > 0, meeting["coming"] > 5) == (1, True, True, True)
    closing = standing(programme_of("kindergarten"), day)
    assert (closing["late"], closing["done"] > 15, closing["coming"]) == (0, True, 1)
    preparing = standing(programme_of("gymnasium"), day)
    assert preparing == {"done": 1, "now": 1, "coming": 2, "undated": 11}


def nothing_is_done_before_its_time_or_after_today(day: date) -> None:
    for window in Window.objects.filter(state=WindowState.DONE):
        assert window.starts_on is not None
        assert window.done_on is not None
        assert window.starts_on <= window.done_on <= day


def what_has_more_than_a_weekend_is_done_on_a_working_day(day: date) -> None:
    rows = Window.objects.filter(state=WindowState.DONE, ends_on__gt=F("starts_on") + timedelta(days=2))
    weekends = [
        row.done_on for row in rows if row.done_on and row.done_on != row.starts_on and row.done_on.weekday() > 4
    ]
    assert rows.exists()
    assert weekends == []


def test_every_login_opens_the_first_page_of_its_person(data_folder: Path) -> None:
    fill()
    rows = logins(data_folder)

    for number, row in enumerate(rows):
        for name in filter(None, (row["login"], row["email"])):
            browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
            answer = browser.post(reverse("account_login"), {"login": name, "password": row["password"]})
            page = browser.get(reverse("home"), follow=True)
            assert (answer.status_code, page.status_code) == (302, 200), row["login"]
    assert [row["login"] for row in rows] == [*(person.login for person in PEOPLE), "admin"]
    assert set(rows[0]) == {"role", "school", "name", "login", "email", "password"}


def test_the_logins_are_for_the_owner_of_the_folder_alone(data_folder: Path) -> None:
    fill()

    assert stat.S_IMODE((data_folder / "demo-logins.json").stat().st_mode) == 0o600


def test_a_second_filling_is_refused_and_changes_nothing(data_folder: Path) -> None:
    fill()
    before = logins(data_folder)

    with pytest.raises(CommandError):
        fill()

    assert (School.objects.count(), logins(data_folder)) == (5, before)


def test_a_database_that_holds_anything_else_is_left_alone_even_when_asked_again() -> None:
    User.objects.create_user(surname="Лугов")

    for flags in ((), ("--again",)):
        with pytest.raises(CommandError):
            fill(None, *flags)

    assert (User.objects.count(), School.objects.count()) == (1, 0)


def test_the_demo_is_for_a_trial_only(settings: Settings) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, site_url="https://school.example")

    with pytest.raises(CommandError):
        fill()

    assert School.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_asked_again_it_is_filled_anew_as_of_today(data_folder: Path) -> None:
    fill(date(2026, 11, 22))
    first = logins(data_folder)

    fill(date(2027, 2, 28), "--again")

    names = [[row["name"] for row in rows] for rows in (first, logins(data_folder))]
    assert (names[0] == names[1], School.objects.count()) == (True, 5)
    assert programme_of(MAIN).starts_on == date(2026, 11, 1)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_on_any_day_of_the_year_the_demo_is_believable(day: date) -> None:
    fill(day)

    each_school_is_at_its_own_point_of_the_year(day)
    nothing_is_done_before_its_time_or_after_today(day)
    what_has_more_than_a_weekend_is_done_on_a_working_day(day)
    meetings_are_on_days_of_the_pair(day)
