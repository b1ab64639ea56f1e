"""Matches, mentorships, meetings and orders."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait

from pairing.models import (
    Agreement,
    AgreementState,
    ApprovalRule,
    Gathering,
    Guest,
    Match,
    MatchState,
    Meeting,
    MeetingKind,
    Mentorship,
    MentorshipState,
    PairingRules,
    PairNote,
    Place,
    Scenario,
    ScenarioBan,
    ScenarioPair,
    Seat,
    Submission,
)
from reports.models import Order, OrderLine, OrderState
from tests.factories.consents import cleared_enrolment
from tests.factories.people import MentoringFormFactory
from tests.factories.programmes import CycleFactory
from tests.factories.rows import RowFactory
from tests.factories.schools import SchoolFactory, StoredFileFactory, UserFactory


class MatchFactory(RowFactory[Match]):
    """A match of two people with consents in one cycle and form. Traits are its states."""

    class Meta:
        model = Match

    class Params:
        returned = Trait(
            state=MatchState.RETURNED,
            decided_by=SubFactory(UserFactory),
            decided_at=LazyFunction(timezone.now),
            decision_note="Другой класс",
        )
        approved = Trait(
            state=MatchState.APPROVED, decided_by=SubFactory(UserFactory), decided_at=LazyFunction(timezone.now)
        )
        in_force = Trait(
            state=MatchState.IN_FORCE, decided_by=SubFactory(UserFactory), decided_at=LazyFunction(timezone.now)
        )
        dropped = Trait(state=MatchState.DROPPED)

    school = SubFactory(SchoolFactory)
    mentor = LazyAttribute(lambda row: cleared_enrolment(person__school=row.school, mentor=True))
    mentee = LazyAttribute(
        lambda row: cleared_enrolment(person__school=row.school, cycle=row.mentor.cycle, form=row.mentor.form)
    )
    proposed_by = SubFactory(UserFactory)


class ApprovalRuleFactory(RowFactory[ApprovalRule]):
    class Meta:
        model = ApprovalRule

    school = SubFactory(SchoolFactory)
    is_single = True
    reason = "В школе один руководитель"
    changed_by = SubFactory(UserFactory)


class MentorshipFactory(RowFactory[Mentorship]):
    """An active mentorship without places: see `PlaceFactory`."""

    class Meta:
        model = Mentorship

    class Params:
        finished = Trait(state=MentorshipState.FINISHED, ended_on=SelfAttribute("ends_on"))
        stopped = Trait(state=MentorshipState.STOPPED, ended_on=SelfAttribute("starts_on"))

    school = SubFactory(SchoolFactory)
    mentor = LazyAttribute(lambda row: cleared_enrolment(person__school=row.school, mentor=True))
    ground = "приказ от 01.10.2026 № 137/к"
    starts_on = date(2026, 10, 1)
    ends_on = date(2027, 5, 31)


class PlaceFactory(RowFactory[Place]):
    """A mentee in an active mentorship, by a match in force."""

    class Meta:
        model = Place

    class Params:
        school = SubFactory(SchoolFactory)

    match = SubFactory(MatchFactory, in_force=True, school=SelfAttribute("..school"))
    mentorship = LazyAttribute(lambda row: MentorshipFactory(school=row.match.school, mentor=row.match.mentor))
    mentee = SelfAttribute("match.mentee")
    joined_on = date(2026, 10, 1)


class MeetingFactory(RowFactory[Meeting]):
    """A regular meeting at which everyone of the mentorship was."""

    class Meta:
        model = Meeting

    mentorship = LazyAttribute(lambda row: PlaceFactory().mentorship)
    kind = MeetingKind.REGULAR
    held_at = datetime(2026, 10, 12, 15, 20, tzinfo=UTC)
    minutes = 45
    summary = "Разобрали задачи на проценты"
    recorded_by = SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: object, **kwargs: Any) -> Meeting:
        meeting = Meeting.objects.create(**kwargs)
        meeting.attended.set(meeting.mentorship.places.all())
        return meeting


class OrderFactory(RowFactory[Order]):
    """A draft without lines. `in_force` is signed and scanned."""

    class Meta:
        model = Order

    class Params:
        in_force = Trait(
            state=OrderState.IN_FORCE,
            scan=SubFactory(StoredFileFactory, school=SelfAttribute("..school"), purpose="order scan"),
            in_force_by=SubFactory(UserFactory),
            in_force_at=LazyFunction(timezone.now),
        )
        cancelled = Trait(state=OrderState.CANCELLED)

    school = SubFactory(SchoolFactory)
    cycle = SubFactory(CycleFactory, programme__school=SelfAttribute("...school"))
    number = Sequence(lambda n: f"{n + 1}/к")
    dated_on = date(2026, 10, 30)
    year = 2026
    place = "пос. Заречный"
    title = "Об утверждении наставнических пар и групп на 2026–2027 учебный год"
    preamble = "По итогам подбора"
    points = LazyFunction(lambda: ["Утвердить состав наставнических пар и групп (приложение)."])
    signer_post = "Директор"
    signer_name = "В. П. Озёрная"
    made_by = SubFactory(UserFactory)


class OrderLineFactory(RowFactory[OrderLine]):
    class Meta:
        model = OrderLine

    order = SubFactory(OrderFactory)
    place = Sequence(lambda n: n + 1)
    mentor_text = "Орешникова Анна Сергеевна, 10 «А» класс"
    mentees_text = "Ольхин Мирон Захарович, 7 «Б» класс"
    form_text = "«ученик – ученик»"
    starts_on = date(2026, 10, 30)
    ends_on = date(2027, 5, 31)


def _pair_of(row: Any, side: str) -> Any:
    """A cleared mentor or mentee of the scenario or the gathering of a row, by its cycle and form."""
    columns = {"person__school": row.school, "cycle": row.cycle, "form": row.form}
    return cleared_enrolment(**columns, mentor=True) if side == "mentor" else cleared_enrolment(**columns)


class PairingRulesFactory(RowFactory[PairingRules]):
    class Meta:
        model = PairingRules

    form = SubFactory(MentoringFormFactory)
    changed_by = SubFactory(UserFactory)


class PairNoteFactory(RowFactory[PairNote]):
    """A word against the pair of two people with consents."""

    class Meta:
        model = PairNote

    class Params:
        school = SubFactory(SchoolFactory)

    mentee = LazyAttribute(lambda row: cleared_enrolment(person__school=row.school))
    mentor = LazyAttribute(
        lambda row: cleared_enrolment(
            person__school=row.mentee.person.school, cycle=row.mentee.cycle, form=row.mentee.form, mentor=True
        )
    )
    is_for = False
    text = "Весной поссорились"
    written_by = SubFactory(UserFactory)


class ScenarioFactory(RowFactory[Scenario]):
    """A scenario without pairs."""

    class Meta:
        model = Scenario

    school = SubFactory(SchoolFactory)
    cycle = SubFactory(CycleFactory, programme__school=SelfAttribute("...school"))
    form = SubFactory(MentoringFormFactory, school=SelfAttribute("..school"))
    name = Sequence(lambda n: f"Сценарий {n + 1}")
    made_by = SubFactory(UserFactory)


class ScenarioPairFactory(RowFactory[ScenarioPair]):
    class Meta:
        model = ScenarioPair

    scenario = SubFactory(ScenarioFactory)
    mentor = LazyAttribute(lambda row: _pair_of(row.scenario, "mentor"))
    mentee = LazyAttribute(lambda row: _pair_of(row.scenario, "mentee"))
    score = 71


class ScenarioBanFactory(RowFactory[ScenarioBan]):
    class Meta:
        model = ScenarioBan

    scenario = SubFactory(ScenarioFactory)
    mentor = LazyAttribute(lambda row: _pair_of(row.scenario, "mentor"))
    mentee = LazyAttribute(lambda row: _pair_of(row.scenario, "mentee"))
    made_by = SubFactory(UserFactory)


class SubmissionFactory(RowFactory[Submission]):
    """A submission without matches."""

    class Meta:
        model = Submission

    school = SubFactory(SchoolFactory)
    cycle = SubFactory(CycleFactory, programme__school=SelfAttribute("...school"))
    form = SubFactory(MentoringFormFactory, school=SelfAttribute("..school"))
    sent_by = SubFactory(UserFactory)


class GatheringFactory(RowFactory[Gathering]):
    """A group meeting to which nobody is asked yet."""

    class Meta:
        model = Gathering

    school = SubFactory(SchoolFactory)
    cycle = SubFactory(CycleFactory, programme__school=SelfAttribute("...school"))
    form = SubFactory(MentoringFormFactory, school=SelfAttribute("..school"))
    held_at = datetime(2026, 10, 8, 15, 0, tzinfo=UTC)
    place = "Актовый зал"
    made_by = SubFactory(UserFactory)


class GuestFactory(RowFactory[Guest]):
    class Meta:
        model = Guest

    gathering = SubFactory(GatheringFactory)
    enrolment = LazyAttribute(lambda row: _pair_of(row.gathering, "mentee"))


class SeatFactory(RowFactory[Seat]):
    class Meta:
        model = Seat

    gathering = SubFactory(GatheringFactory)
    round = 1
    mentor = LazyAttribute(lambda row: _pair_of(row.gathering, "mentor"))
    mentee = LazyAttribute(lambda row: _pair_of(row.gathering, "mentee"))


class AgreementFactory(RowFactory[Agreement]):
    """The mentee's side of a match, asked."""

    class Meta:
        model = Agreement

    class Params:
        agreed = Trait(state=AgreementState.AGREED, answered_at=LazyFunction(timezone.now))
        declined = Trait(state=AgreementState.DECLINED, answered_at=LazyFunction(timezone.now))

    match = SubFactory(MatchFactory)
    enrolment = SelfAttribute("match.mentee")
