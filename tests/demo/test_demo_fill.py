"""How the demo is filled: through the real services, believably on any day, and only where nothing else is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from pytest_django.fixtures import Settings

from core.models import School, User
from demo.cast import MAIN
from demo.filling import fill_demo
from demo.management.commands import demo_fill
from demo.plans import PLANS
from pairing.models import Meeting
from roadmap.models import Programme, Window, WindowState
from surveys.models import Campaign, Measurement
from tests.demo.test_demo import logins, programme_of

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
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
def _few_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """One group of each kind, for the whole cast takes its time; `test_demo` has it."""
    few = {
        key: tuple(replace(year, waves=tuple(replace(wave, size=wave.group) for wave in year.waves)) for year in years)
        for key, years in PLANS.items()
    }
    monkeypatch.setattr(demo_fill, "fill_demo", partial(fill_demo, few))


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


def meetings_are_on_days_of_the_pair(day: date) -> None:
    for meeting in Meeting.objects.select_related("mentorship__school"):
        held_on = meeting.held_at.astimezone(meeting.mentorship.school.zone).date()
        assert meeting.mentorship.starts_on <= held_on <= min(day, meeting.mentorship.ends_on)
        assert held_on.weekday() < 6


def surveys_were_held_within_their_year_and_days(day: date) -> None:
    for campaign in Campaign.objects.select_related("cycle__programme__school"):
        assert campaign.cycle.starts_on <= campaign.opens_on <= campaign.closes_on <= campaign.cycle.ends_on + WEEK
        is_over = campaign.closes_on < day
        assert campaign.state == ("closed" if is_over else "open" if campaign.opens_on <= day else "planned")
        sent = {
            row.sent_at.astimezone(campaign.cycle.programme.school.zone).date()
            for row in campaign.responses.filter(respondent__isnull=False)
            if row.sent_at
        }
        assert all(campaign.opens_on <= on <= min(campaign.closes_on, day) for on in sent)
    assert not Measurement.objects.filter(measured_on__gt=day).exists()


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
    surveys_were_held_within_their_year_and_days(day)
