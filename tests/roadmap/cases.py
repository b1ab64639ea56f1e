"""What the constraints on the living plan let through and what they refuse."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from roadmap.models import About, CalendarFeed, ChangeKind, ClosingState, Draft, DraftOrigin, Reminded
from tests.cases import Case, Deed, second_of
from tests.factories import (
    ActivityFactory,
    CalendarFeedFactory,
    ChangeFactory,
    ProgrammeFactory,
    ProofFactory,
    QuietFactory,
    ReminderChoiceFactory,
    SchoolFactory,
    StageClosingFactory,
    StoredFileFactory,
    UserFactory,
    VersionFactory,
)


def draft(**columns: object) -> Deed:
    """Makes a draft in a school of its own; `file` and `last_year` are made with it where they are asked for."""

    def make() -> object:
        school = SchoolFactory()
        made = {
            "source": StoredFileFactory(school=school) if columns.get("file") else None,
            "previous": ProgrammeFactory(school=school) if columns.get("last_year") else None,
        }
        rest = {name: value for name, value in columns.items() if name not in {"file", "last_year"}}
        return Draft.objects.create(school=school, user=UserFactory(), outline={}, **made, **rest)

    return make


def twice(feed: CalendarFeed) -> object:
    return CalendarFeedFactory(user=feed.user, school=feed.school, programme=feed.programme)


CASES: dict[str, Case] = {
    "reminded_is_known": Case(
        tuple(partial(ActivityFactory, reminded=value) for value in Reminded),
        (lambda: ActivityFactory(reminded="everybody"),),
    ),
    "draft_has_what_its_origin_says": Case(
        (
            draft(file=True),
            draft(origin=DraftOrigin.TEMPLATE, template="standard"),
            draft(origin=DraftOrigin.PREVIOUS, last_year=True),
        ),
        (
            draft(),
            draft(origin=DraftOrigin.TEMPLATE),
            draft(origin=DraftOrigin.TEMPLATE, template="standard", file=True),
            draft(origin=DraftOrigin.PREVIOUS),
            draft(origin="air", file=True),
        ),
    ),
    "one_version_per_number": Case(
        (second_of(VersionFactory, lambda row: {"number": row.number}),),
        (second_of(VersionFactory, lambda row: {"number": row.number, "programme": row.programme}),),
    ),
    "one_version_per_revision": Case(
        (second_of(VersionFactory, lambda row: {"revision": row.revision}),),
        (second_of(VersionFactory, lambda row: {"revision": row.revision, "programme": row.programme}),),
    ),
    "change_kind_is_known": Case(
        tuple(partial(ChangeFactory, kind=kind) for kind in ChangeKind), (lambda: ChangeFactory(kind="forget"),)
    ),
    "change_is_undone_by_someone": Case(
        (ChangeFactory, lambda: ChangeFactory(undone=True)),
        (
            lambda: ChangeFactory(undone_at=timezone.now()),
            lambda: ChangeFactory(undone_by=UserFactory()),
        ),
    ),
    "one_proof_per_place": Case(
        (second_of(ProofFactory, lambda row: {"place": row.place}),),
        (second_of(ProofFactory, lambda row: {"place": row.place, "window": row.window}),),
    ),
    "one_closing_per_stage_and_cycle": Case(
        (second_of(StageClosingFactory, lambda row: {"cycle": row.cycle}),),
        (second_of(StageClosingFactory, lambda row: {"cycle": row.cycle, "stage": row.stage}),),
    ),
    "closing_state_is_known": Case(
        tuple(partial(StageClosingFactory, state=state) for state in ClosingState),
        (lambda: StageClosingFactory(state="ajar"),),
    ),
    "closing_with_gaps_has_a_reason": Case(
        (
            StageClosingFactory,
            lambda: StageClosingFactory(lacking=["7 из 42"], reason="Семьи уехали"),
        ),
        (lambda: StageClosingFactory(lacking=["7 из 42"]),),
    ),
    "one_reminder_choice_per_person_and_school": Case(
        (second_of(ReminderChoiceFactory, lambda row: {"user": row.user}),),
        (second_of(ReminderChoiceFactory, lambda row: {"user": row.user, "school": row.school}),),
    ),
    "about_is_known": Case(
        tuple(partial(ReminderChoiceFactory, about=value) for value in About),
        (lambda: ReminderChoiceFactory(about="gossip"),),
    ),
    "one_quiet_per_person_and_activity": Case(
        (second_of(QuietFactory, lambda row: {"user": row.user}),),
        (second_of(QuietFactory, lambda row: {"user": row.user, "activity": row.activity}),),
    ),
    "one_own_calendar_per_person_and_school": Case(
        (
            second_of(CalendarFeedFactory, lambda row: {"user": row.user}),
            second_of(
                CalendarFeedFactory,
                lambda row: {"user": row.user, "school": row.school, "programme": ProgrammeFactory(school=row.school)},
            ),
        ),
        (second_of(CalendarFeedFactory, lambda row: {"user": row.user, "school": row.school}),),
    ),
    "one_calendar_per_person_and_programme": Case(
        (),
        (lambda: twice(CalendarFeedFactory(programme=ProgrammeFactory())),),
    ),
}
