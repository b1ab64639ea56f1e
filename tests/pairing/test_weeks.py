"""The weeks of a pair and the one definition of silence, in plain values and against the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.actors import Actor
from pairing.diary import counts_of, silent
from pairing.models import Mentorship, MentorshipState
from pairing.weeks import SILENT_DAYS, WEEKS, is_silent, quiet_days, strip_of
from tests.factories import MeetingFactory, MentorshipFactory, PlaceFactory, actor_of

TODAY = date(2026, 11, 25)  # a Wednesday


def marks(starts_on: date, *met: date, is_over: bool = False) -> str:
    """«..mm.x»: `.` a week without a meeting, `b` one before the first day."""
    return "".join(week.mark or "." for week in strip_of(starts_on, met, TODAY, is_over=is_over))


def test_a_week_begins_on_monday_and_the_strip_ends_with_this_one() -> None:
    strip = strip_of(date(2026, 9, 1), [], TODAY)

    assert [week.monday for week in strip[:1] + strip[-1:]] == [date(2026, 9, 21), date(2026, 11, 23)]
    assert len(strip) == WEEKS


def test_weeks_are_marked_by_what_they_were() -> None:
    assert marks(date(2026, 10, 1), date(2026, 10, 5), date(2026, 10, 11), date(2026, 11, 9)) == "b.m....m.."


def test_two_meetings_of_one_week_are_one_mark_and_an_old_one_is_outside() -> None:
    assert marks(date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 23), date(2026, 11, 24)) == ".........m"


def test_the_weeks_since_the_last_meeting_stand_out_once_the_pair_is_silent() -> None:
    assert marks(date(2026, 10, 1), date(2026, 11, 4)) == "b.....mxxx"
    assert marks(date(2026, 10, 1), date(2026, 11, 5)) == "b.....m..."
    assert marks(date(2026, 10, 1)) == "bxxxxxxxxx"


def test_a_pair_whose_work_is_over_is_not_silent() -> None:
    assert marks(date(2026, 10, 1), date(2026, 10, 6), is_over=True) == "b.m......."


@pytest.mark.parametrize(("days", "silent"), [(0, False), (20, False), (21, True), (90, True)])
def test_silence_is_21_days_since_the_last_meeting_or_the_first_day(days: int, silent: bool) -> None:
    then = TODAY - timedelta(days=days)

    assert SILENT_DAYS == 21
    assert (is_silent(then, None, TODAY), is_silent(date(2026, 9, 1), then, TODAY)) == (silent, silent)
    assert quiet_days(date(2026, 9, 1), then, TODAY) == days


@pytest.mark.django_db
def test_the_query_and_the_definition_agree_on_every_day_around_the_border() -> None:
    curator = actor_of()
    assert curator.school
    zone = curator.school.zone
    for days in (19, 20, 21, 22):
        last = TODAY - timedelta(days=days)
        PlaceFactory(school=curator.school, mentorship=MentorshipFactory(school=curator.school, starts_on=last))
        for hour, minute in ((0, 0), (23, 59)):
            place = PlaceFactory(school=curator.school)
            held_at = datetime(last.year, last.month, last.day, hour, minute, tzinfo=zone).astimezone(UTC)
            MeetingFactory(mentorship=place.mentorship, held_at=held_at - timedelta(days=7))
            MeetingFactory(mentorship=place.mentorship, held_at=held_at)

    found = set(silent(of(curator), TODAY, zone))

    assert found == {row for row in of(curator) if is_silent(row.starts_on, last_day(row), TODAY)}
    assert len(found) == 6


@pytest.mark.django_db
def test_only_pairs_under_an_order_in_force_are_silent() -> None:
    curator = actor_of()
    school = curator.school
    assert school
    MentorshipFactory(school=school, ends_on=TODAY - timedelta(days=1))
    MentorshipFactory(school=school, finished=True)
    MentorshipFactory(school=school, stopped=True)
    MentorshipFactory()
    quiet = MentorshipFactory(school=school, ends_on=TODAY)

    assert list(silent(of(curator), TODAY, school.zone)) == [quiet]
    assert counts_of(of(curator), TODAY, school.zone) == {"active": 2, "silent": 1, "ended": 2}
    assert MentorshipState(quiet.state) == MentorshipState.ACTIVE


def of(actor: Actor):
    return Mentorship.objects.visible_to(actor)


def last_day(row: Mentorship) -> date | None:
    held = row.meetings.order_by("-held_at").first()
    return held.held_at.astimezone(row.school.zone).date() if held else None
