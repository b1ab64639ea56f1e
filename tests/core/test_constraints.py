from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core.models import JobState, NoticeState, Role
from roadmap.models import EvidenceKind, WindowState
from tests.cases import Case, second_of
from tests.factories import (
    ActivityFactory,
    ApprovalFactory,
    CardFactory,
    CycleFactory,
    EventFactory,
    InvitationFactory,
    JobFactory,
    MembershipFactory,
    NoticeFactory,
    ProgrammeFactory,
    ResponsibleFactory,
    SchoolFactory,
    SchoolPeriodFactory,
    StageFactory,
    StoredFileFactory,
    UserFactory,
    WindowFactory,
)
from tests.pairing.cases import CASES as PAIRING
from tests.participants.cases import CASES as PARTICIPANTS
from tests.reports.cases import CASES as REPORTS
from tests.roadmap.cases import CASES as ROADMAP
from tests.surveys.cases import CASES as SURVEYS

pytestmark = pytest.mark.django_db
DAY, NEXT_DAY = date(2026, 9, 1), date(2026, 9, 2)


def event_at(number: int) -> object:
    event = EventFactory(school=SchoolFactory())
    return type(event).objects.filter(pk=event.pk).update(number=number)


def same_place_twice() -> None:
    event = EventFactory()
    event.pk = None
    event.save(force_insert=True)


CASES: dict[str, Case] = {
    "school_period_ends_after_it_starts": Case(
        (lambda: SchoolPeriodFactory(starts_on=DAY, ends_on=DAY),),
        (lambda: SchoolPeriodFactory(starts_on=NEXT_DAY, ends_on=DAY),),
    ),
    "quarantine_is_known": Case(
        (lambda: StoredFileFactory(quarantine="waiting"),), (lambda: StoredFileFactory(quarantine="lost"),)
    ),
    "school_period_kind_is_known": Case(
        (lambda: SchoolPeriodFactory(kind="holiday"),), (lambda: SchoolPeriodFactory(kind="strike"),)
    ),
    "membership_role_is_known": Case(
        tuple(partial(MembershipFactory, role=role) for role in Role),
        (lambda: MembershipFactory(role="owner"), lambda: MembershipFactory(role="")),
    ),
    "one_active_membership_per_user_school_role": Case(
        (
            second_of(MembershipFactory, lambda row: {"user": row.user, "role": row.role}),
            second_of(MembershipFactory, lambda row: {"user": row.user, "school": row.school, "role": Role.MENTOR}),
            second_of(
                MembershipFactory,
                lambda row: {"user": row.user, "school": row.school, "role": row.role},
                ended_at=timezone.now(),
            ),
        ),
        (second_of(MembershipFactory, lambda row: {"user": row.user, "school": row.school, "role": row.role}),),
    ),
    "one_event_per_place_in_the_chain": Case(
        (second_of(EventFactory, lambda row: {"school": row.school}),), (same_place_twice,)
    ),
    "the_chain_counts_from_one": Case((lambda: event_at(1),), (lambda: event_at(0),)),
    "email_belongs_to_one_user": Case(
        (second_of(UserFactory, lambda row: {"email": ""}, email=""),),
        (
            second_of(UserFactory, lambda row: {"email": row.email}),
            second_of(UserFactory, lambda row: {"email": row.email.upper()}),
        ),
    ),
    "job_state_is_known": Case((), (lambda: JobFactory(state="asleep", finished_at=timezone.now()),)),
    "job_does_not_overrun_its_total": Case(
        (lambda: JobFactory(done=3, total=3), lambda: JobFactory(done=3, total=0)),
        (lambda: JobFactory(done=4, total=3),),
    ),
    "job_is_finished_unless_waiting": Case(
        tuple(partial(JobFactory, state=state, finished_at=timezone.now()) for state in ("done", "failed")),
        (
            lambda: JobFactory(state=JobState.DONE),
            lambda: JobFactory(state=JobState.WAITING, finished_at=timezone.now()),
        ),
    ),
    "notice_state_is_known": Case((), (lambda: NoticeFactory(state="lost", finished_at=timezone.now()),)),
    "notice_is_finished_and_bare_unless_waiting": Case(
        (
            lambda: NoticeFactory(secret=b"x"),
            lambda: NoticeFactory(state=NoticeState.SENT, finished_at=timezone.now()),
        ),
        (
            lambda: NoticeFactory(state=NoticeState.SENT),
            lambda: NoticeFactory(state=NoticeState.SENT, finished_at=timezone.now(), secret=b"x"),
            lambda: NoticeFactory(state=NoticeState.WAITING, finished_at=timezone.now()),
        ),
    ),
    "invitation_state_is_known": Case((), (lambda: InvitationFactory(state="lost", closed_at=timezone.now()),)),
    "invitation_role_is_known": Case(
        tuple(partial(InvitationFactory, role=role) for role in Role),
        (lambda: InvitationFactory(role="owner"),),
    ),
    "invitation_has_a_user_once_used": Case(
        (lambda: InvitationFactory(used=True), lambda: InvitationFactory(revoked=True)),
        (
            lambda: InvitationFactory(used=True, user=None),
            lambda: InvitationFactory(user=UserFactory()),
            lambda: InvitationFactory(revoked=True, user=UserFactory()),
        ),
    ),
    "one_waiting_invitation_per_school_role_and_address": Case(
        (
            second_of(InvitationFactory, lambda row: {"school": row.school, "email": row.email}, revoked=True),
            second_of(InvitationFactory, lambda row: {"email": row.email}),
            second_of(InvitationFactory, lambda row: {"school": row.school, "email": row.email, "role": Role.MENTOR}),
        ),
        (second_of(InvitationFactory, lambda row: {"school": row.school, "email": row.email}),),
    ),
    "card_state_is_known": Case((), (lambda: CardFactory(state="lost", closed_at=timezone.now()),)),
    "invitation_is_closed_unless_waiting": Case(
        (InvitationFactory, lambda: InvitationFactory(used=True), lambda: InvitationFactory(revoked=True)),
        (lambda: InvitationFactory(used=True, closed_at=None), lambda: InvitationFactory(closed_at=timezone.now())),
    ),
    "card_is_closed_unless_waiting": Case(
        (CardFactory, lambda: CardFactory(used=True), lambda: CardFactory(revoked=True)),
        (lambda: CardFactory(used=True, closed_at=None), lambda: CardFactory(closed_at=timezone.now())),
    ),
    "one_waiting_card_per_user": Case(
        (second_of(CardFactory, lambda row: {"user": row.user}, revoked=True),),
        (second_of(CardFactory, lambda row: {"user": row.user}),),
    ),
    "programme_ends_after_it_starts": Case(
        (lambda: ProgrammeFactory(starts_on=DAY, ends_on=DAY),),
        (lambda: ProgrammeFactory(starts_on=NEXT_DAY, ends_on=DAY),),
    ),
    "cycle_ends_after_it_starts": Case(
        (lambda: CycleFactory(starts_on=DAY, ends_on=DAY),), (lambda: CycleFactory(starts_on=NEXT_DAY, ends_on=DAY),)
    ),
    "one_cycle_per_programme_and_year": Case(
        (second_of(CycleFactory, lambda row: {"programme": row.programme, "year": row.year + 1}),),
        (second_of(CycleFactory, lambda row: {"programme": row.programme, "year": row.year}),),
    ),
    "one_stage_per_place": Case(
        (second_of(StageFactory, lambda row: {"place": row.place}),),
        (second_of(StageFactory, lambda row: {"programme": row.programme, "place": row.place}),),
    ),
    "one_approval_per_place": Case(
        (second_of(ApprovalFactory, lambda row: {"place": row.place}),),
        (second_of(ApprovalFactory, lambda row: {"programme": row.programme, "place": row.place}),),
    ),
    "one_activity_per_place": Case(
        (second_of(ActivityFactory, lambda row: {"place": row.place}),),
        (second_of(ActivityFactory, lambda row: {"stage": row.stage, "place": row.place}),),
    ),
    "term_kind_is_known": Case((), (lambda: ActivityFactory(term_kind="someday"),)),
    "evidence_kind_is_known": Case(
        tuple(partial(ActivityFactory, evidence=kind) for kind in ("", *EvidenceKind)),
        (lambda: ActivityFactory(evidence="rumour"),),
    ),
    "window_has_both_days_in_order_or_none": Case(
        (
            lambda: WindowFactory(starts_on=DAY, ends_on=DAY),
            lambda: WindowFactory(starts_on=None, ends_on=None),
        ),
        (
            lambda: WindowFactory(starts_on=NEXT_DAY, ends_on=DAY),
            lambda: WindowFactory(starts_on=DAY, ends_on=None),
            lambda: WindowFactory(starts_on=None, ends_on=DAY),
        ),
    ),
    "window_is_done_on_a_day_by_someone": Case(
        (lambda: WindowFactory(done=True), WindowFactory),
        (
            lambda: WindowFactory(done=True, done_on=None),
            lambda: WindowFactory(done=True, done_by=None),
            lambda: WindowFactory(done=True, state=WindowState.PLANNED),
            lambda: WindowFactory(state="skipped"),
        ),
    ),
    "one_responsible_per_place": Case(
        (second_of(ResponsibleFactory, lambda row: {"place": row.place}),),
        (second_of(ResponsibleFactory, lambda row: {"activity": row.activity, "place": row.place}),),
    ),
    "duty_is_known": Case((), (lambda: ResponsibleFactory(duty="nobody"),)),
    **PARTICIPANTS,
    **PAIRING,
    **REPORTS,
    **ROADMAP,
    **SURVEYS,
    **SURVEYS,
}

CONSTRAINTS = {
    constraint.name: constraint
    for model in apps.get_models()
    if (settings.BASE_DIR / model._meta.app_label).is_dir()
    for constraint in model._meta.constraints
}


def test_every_constraint_has_its_case() -> None:
    assert set(CONSTRAINTS) == set(CASES), "add to CASES what the constraint allows and refuses"


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].allowed])
def test_a_constraint_lets_through_what_is_right(name: str) -> None:
    for deed in CASES[name].allowed:
        deed()


@pytest.mark.parametrize("name", CASES)
def test_a_constraint_refuses_what_is_wrong(name: str) -> None:
    assert CASES[name].refused
    for deed in CASES[name].refused:
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            deed()
        # SQLite names the columns of a broken unique constraint, not the constraint.
        assert name in str(refused.value) or (
            isinstance(CONSTRAINTS[name], models.UniqueConstraint) and "UNIQUE" in str(refused.value)
        )
