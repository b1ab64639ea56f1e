"""What the constraints on matches, mentorships and meetings let through and what they refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.utils import timezone

from pairing.models import OPEN_MATCHES, MatchState, MeetingKind
from tests.cases import Case, second_of
from tests.factories import (
    EnrolmentFactory,
    MatchFactory,
    MeetingFactory,
    MentorshipFactory,
    PlaceFactory,
    UserFactory,
)

DAY, NEXT_DAY = date(2026, 10, 1), date(2026, 10, 2)
NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)


def his_own_mentor() -> object:
    enrolment = EnrolmentFactory(mentor=True)
    return MatchFactory(school=enrolment.person.school, mentor=enrolment, mentee=enrolment)


CASES: dict[str, Case] = {
    "match_state_is_known": Case((), (lambda: MatchFactory(state="lost"),)),
    "nobody_is_his_own_mentor": Case((MatchFactory,), (his_own_mentor,)),
    "match_is_decided_by_someone_at_a_time": Case(
        (MatchFactory, lambda: MatchFactory(approved=True), lambda: MatchFactory(dropped=True)),
        (
            lambda: MatchFactory(decided_by=UserFactory()),
            lambda: MatchFactory(decided_at=timezone.now()),
            lambda: MatchFactory(approved=True, decided_by=None),
        ),
    ),
    "match_is_decided_unless_proposed_or_dropped": Case(
        tuple(partial(MatchFactory, **{state: True}) for state in ("returned", "approved", "in_force", "dropped")),
        tuple(
            partial(MatchFactory, state=state)
            for state in (MatchState.RETURNED, MatchState.APPROVED, MatchState.IN_FORCE)
        ),
    ),
    "one_open_match_per_mentee_and_form": Case(
        (
            second_of(MatchFactory, lambda row: {"school": row.school, "mentee": row.mentee}, dropped=True),
            second_of(MatchFactory, lambda row: {"school": row.school, "mentee": row.mentee}, in_force=True),
            second_of(MatchFactory, lambda row: {"school": row.school, "mentor": row.mentor}),
        ),
        tuple(
            second_of(
                MatchFactory,
                lambda row: {"school": row.school, "mentee": row.mentee},
                **({state: True} if state != MatchState.PROPOSED else {}),
            )
            for state in OPEN_MATCHES
        ),
    ),
    "mentorship_state_is_known": Case((), (lambda: MentorshipFactory(state="lost", ended_on=NEXT_DAY),)),
    "mentorship_ends_after_it_starts": Case(
        (lambda: MentorshipFactory(starts_on=DAY, ends_on=DAY),),
        (lambda: MentorshipFactory(starts_on=NEXT_DAY, ends_on=DAY),),
    ),
    "mentorship_has_ended_unless_active": Case(
        (MentorshipFactory, lambda: MentorshipFactory(finished=True), lambda: MentorshipFactory(stopped=True)),
        (
            lambda: MentorshipFactory(ended_on=NEXT_DAY),
            lambda: MentorshipFactory(finished=True, ended_on=None),
            lambda: MentorshipFactory(stopped=True, ended_on=None),
        ),
    ),
    "one_active_mentorship_per_mentor_and_form": Case(
        (
            second_of(MentorshipFactory, lambda row: {"school": row.school, "mentor": row.mentor}, finished=True),
            second_of(MentorshipFactory, lambda row: {"school": row.school, "mentor": row.mentor}, stopped=True),
            second_of(MentorshipFactory, lambda row: {"school": row.school}),
        ),
        (second_of(MentorshipFactory, lambda row: {"school": row.school, "mentor": row.mentor}),),
    ),
    "one_active_mentor_per_mentee_and_form": Case(
        (
            second_of(PlaceFactory, lambda row: {"mentee": row.mentee}, left_on=NEXT_DAY),
            second_of(PlaceFactory, lambda row: {"mentorship": row.mentorship}),
        ),
        (second_of(PlaceFactory, lambda row: {"mentee": row.mentee}),),
    ),
    "place_is_left_after_it_is_taken": Case(
        (lambda: PlaceFactory(joined_on=DAY, left_on=DAY), lambda: PlaceFactory(left_on=None)),
        (lambda: PlaceFactory(joined_on=NEXT_DAY, left_on=DAY),),
    ),
    "meeting_kind_is_known": Case(
        tuple(partial(MeetingFactory, kind=kind) for kind in MeetingKind), (lambda: MeetingFactory(kind="secret"),)
    ),
    "a_meeting_lasts_up_to_ten_hours": Case(
        (lambda: MeetingFactory(minutes=5), lambda: MeetingFactory(minutes=600)),
        (lambda: MeetingFactory(minutes=4), lambda: MeetingFactory(minutes=601)),
    ),
    "the_next_meeting_is_later": Case(
        (
            lambda: MeetingFactory(next_at=None),
            lambda: MeetingFactory(held_at=NOON, next_at=NOON + timedelta(seconds=1)),
        ),
        (
            lambda: MeetingFactory(held_at=NOON, next_at=NOON),
            lambda: MeetingFactory(held_at=NOON, next_at=NOON - timedelta(days=1)),
        ),
    ),
}
