"""What the constraints on matches, mentorships and meetings let through and what they refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.utils import timezone

from pairing.models import OPEN_MATCHES, MatchState, MeetingKind
from tests.cases import Case, second_of
from tests.factories import (
    AgreementFactory,
    EnrolmentFactory,
    GatheringFactory,
    GuestFactory,
    MatchFactory,
    MeetingFactory,
    MentorshipFactory,
    PairingRulesFactory,
    PairNoteFactory,
    PlaceFactory,
    ScenarioBanFactory,
    ScenarioFactory,
    ScenarioPairFactory,
    SeatFactory,
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
    "a_match_against_a_rule_says_why": Case(
        (lambda: MatchFactory(lifted=["age"], note="Сёстры дружны"),), (lambda: MatchFactory(lifted=["age"]),)
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
    "each_side_of_a_match_is_asked_once": Case(
        (second_of(AgreementFactory, lambda row: {"match": row.match, "enrolment": row.match.mentor}),),
        (second_of(AgreementFactory, lambda row: {"match": row.match}),),
    ),
    "agreement_state_is_known": Case((), (lambda: AgreementFactory(state="lost", answered_at=timezone.now()),)),
    "an_agreement_is_answered_unless_asked": Case(
        (AgreementFactory, lambda: AgreementFactory(agreed=True), lambda: AgreementFactory(declined=True)),
        (lambda: AgreementFactory(answered_at=timezone.now()), lambda: AgreementFactory(agreed=True, answered_at=None)),
    ),
    "filling_of_a_form_is_known": Case((PairingRulesFactory,), (lambda: PairingRulesFactory(filling="lost"),)),
    "age_gap_is_up_to_sixty_years": Case(
        (PairingRulesFactory, lambda: PairingRulesFactory(least_age_gap=60)),
        (lambda: PairingRulesFactory(least_age_gap=61),),
    ),
    "one_note_per_pair": Case(
        (second_of(PairNoteFactory, lambda row: {"school": row.mentee.person.school, "mentee": row.mentee}),),
        (second_of(PairNoteFactory, lambda row: {"mentor": row.mentor, "mentee": row.mentee}),),
    ),
    "a_note_is_about_two": Case(
        (PairNoteFactory,), (second_of(PairNoteFactory, lambda row: {"mentor": row.mentee, "mentee": row.mentee}),)
    ),
    "aim_of_a_scenario_is_known": Case((ScenarioFactory,), (lambda: ScenarioFactory(aim="lost"),)),
    "filling_of_a_scenario_is_known": Case((ScenarioFactory,), (lambda: ScenarioFactory(filling="lost"),)),
    "one_pair_per_mentee_of_a_scenario": Case(
        (second_of(ScenarioPairFactory, lambda row: {"scenario": row.scenario}),),
        (second_of(ScenarioPairFactory, lambda row: {"scenario": row.scenario, "mentee": row.mentee}),),
    ),
    "nobody_is_paired_with_himself": Case(
        (ScenarioPairFactory,),
        (second_of(ScenarioPairFactory, lambda row: {"mentor": row.mentee, "mentee": row.mentee}),),
    ),
    "a_score_is_up_to_a_hundred": Case(
        (lambda: ScenarioPairFactory(score=100),), (lambda: ScenarioPairFactory(score=101),)
    ),
    "a_rule_is_lifted_by_someone_with_a_reason": Case(
        (lambda: ScenarioPairFactory(lifted=["age"], reason="Сёстры дружны", put_by=UserFactory()),),
        (
            lambda: ScenarioPairFactory(lifted=["age"], put_by=UserFactory()),
            lambda: ScenarioPairFactory(lifted=["age"], reason="Сёстры дружны"),
        ),
    ),
    "one_ban_per_pair_of_a_scenario": Case(
        (second_of(ScenarioBanFactory, lambda row: {"scenario": row.scenario, "mentor": row.mentor}),),
        (
            second_of(
                ScenarioBanFactory,
                lambda row: {"scenario": row.scenario, "mentor": row.mentor, "mentee": row.mentee},
            ),
        ),
    ),
    "one_to_twelve_talks": Case(
        (lambda: GatheringFactory(talks=12),), (lambda: GatheringFactory(talks=0), lambda: GatheringFactory(talks=13))
    ),
    "a_talk_lasts_up_to_an_hour": Case(
        (lambda: GatheringFactory(minutes=60),),
        (lambda: GatheringFactory(minutes=0), lambda: GatheringFactory(minutes=61)),
    ),
    "asked_to_a_gathering_once": Case(
        (second_of(GuestFactory, lambda row: {"gathering": row.gathering}),),
        (second_of(GuestFactory, lambda row: {"gathering": row.gathering, "enrolment": row.enrolment}),),
    ),
    "two_talk_once_at_a_gathering": Case(
        (second_of(SeatFactory, lambda row: {"gathering": row.gathering, "mentor": row.mentor}),),
        (
            second_of(
                SeatFactory,
                lambda row: {"gathering": row.gathering, "mentor": row.mentor, "mentee": row.mentee, "round": 2},
            ),
        ),
    ),
    "nobody_talks_with_himself": Case(
        (SeatFactory,), (second_of(SeatFactory, lambda row: {"mentor": row.mentee, "mentee": row.mentee}),)
    ),
    "rounds_count_from_one": Case((SeatFactory,), (lambda: SeatFactory(round=0),)),
}
