"""How far a mentor's preparation has come: the interview and the trainings (Methodology R-145, stage 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from participants.models import Attendance, Enrolment, EnrolmentState, Interview, InterviewOutcome
from participants.models.enrolment import EnrolmentQuerySet
from participants.register.marks import Mark, mark_of


@dataclass(frozen=True, slots=True)
class Preparation:
    """Of one mentor: the last interview, and of the trainings he was put down for how many were held, how many he
    came to, how many he did not pass. `hours` are those of the trainings he came to.
    """

    interview: Interview | None = None
    interviews: tuple[Interview, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    held: int = 0
    came: int = 0
    failed: int = 0
    hours: Decimal = Decimal(0)

    @property
    def has_passed_interview(self) -> bool:
        return self.interview is not None and self.interview.outcome == InterviewOutcome.PASSED

    @property
    def marks(self) -> tuple[tuple[Attendance, Mark], ...]:
        """The trainings he was put down for, each with his mark."""
        return tuple((row, mark_of(row)) for row in self.attendances)

    @property
    def is_trained(self) -> bool:
        """Came to every training held that he was put down for, one at least, and failed none."""
        return self.came > 0 and self.came == self.held and not self.failed

    @property
    def is_ready_by_facts(self) -> bool:
        return self.has_passed_interview and self.is_trained


def preparations_of(enrolments: Iterable[Enrolment], today: date) -> dict[int, Preparation]:
    """The preparation of each of these mentors by the key of his part, in two queries."""
    keys = [row.pk for row in enrolments]
    interviews: dict[int, list[Interview]] = {}
    for interview in Interview.objects.filter(enrolment__in=keys):
        interviews.setdefault(interview.enrolment_id, []).append(interview)
    marks: dict[int, list[Attendance]] = {}
    rows = Attendance.objects.filter(enrolment__in=keys).select_related("training")
    for mark in rows.order_by("training__held_on", "pk"):
        marks.setdefault(mark.enrolment_id, []).append(mark)
    return {key: _preparation(interviews.get(key, []), marks.get(key, []), today) for key in keys}


def _preparation(interviews: list[Interview], marks: list[Attendance], today: date) -> Preparation:
    came = [row for row in marks if row.has_come]
    return Preparation(
        interview=interviews[0] if interviews else None,
        interviews=tuple(interviews),
        attendances=tuple(marks),
        held=sum(row.has_come is not None or row.training.held_on <= today for row in marks),
        came=len(came),
        failed=sum(row.has_passed is False for row in came),
        hours=sum((row.training.hours or Decimal(0) for row in came), Decimal(0)),
    )


def with_preparation(rows: EnrolmentQuerySet, today: date) -> EnrolmentQuerySet:
    """The mentors with columns `outcome` of the last interview, `held`, `came` and `failed`, as `Preparation` has them."""
    last = Interview.objects.filter(enrolment=OuterRef("pk")).values("outcome")[:1]
    held = Q(attendances__has_come__isnull=False) | Q(attendances__training__held_on__lte=today)
    return rows.annotate(
        outcome=Coalesce(Subquery(last), Value("")),
        held=Count("attendances", filter=held),
        came=Count("attendances", filter=Q(attendances__has_come=True)),
        failed=Count("attendances", filter=Q(attendances__has_passed=False)),
    )


INTERVIEWED = Q(outcome=InterviewOutcome.PASSED)
"""Of rows `with_preparation`: whose last interview was passed."""


TRAINED = Q(came__gt=0, held=F("came"), failed=0) | Q(state=EnrolmentState.READY)
"""Of rows `with_preparation`: `Preparation.is_trained`, or the curator has said that the mentor is ready."""
