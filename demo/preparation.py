"""The mentors of the demo are prepared: interviews, trainings, the curator's word; and how a year that is over ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.actors import Actor
from demo.words import INTERVIEW_NOTES, RESULTS, TRAININGS
from participants.models import Enrolment, InterviewOutcome, MentoringForm, PersonKind, Training
from participants.reasons import MoveReason
from participants.register.marks import Mark
from participants.services.enrolments import pause_enrolment
from participants.services.finishing import finish_enrolment
from participants.services.interviews import record_interview
from participants.services.trainings import mark_ready, mark_training, save_training
from roadmap.models import Cycle

HELD = 2
"""How many of the trainings are over; the last is still to come."""
FRIDAY = 4
NEWLY_TRAINED = "trained"
"""How far those have come who have no pair and wait for the curator's word."""
UNDER_WAY = "returned"
"""How far the pairs have come of mentors who are not yet through their preparation."""


def prepared(
    mentors: Sequence[tuple[Enrolment, str]], *, cycle: Cycle, form: MentoringForm, today: date, curator: Actor
) -> None:
    """Each of these mentors, with how far his pair has come, as far in his preparation as goes with it."""
    first = min(cycle.starts_on + timedelta(days=20), today - timedelta(days=25))
    for place, (mentor, reached) in enumerate(mentors):
        if reached != UNDER_WAY or place % 2:
            _interviewed(mentor, place, reached, first + timedelta(days=place % 8), curator)
    trained = [mentor.pk for mentor, reached in mentors if reached != UNDER_WAY]
    trainings = _trainings(cycle, form, first + timedelta(days=9), today, curator)
    for place, training in enumerate(trainings[:HELD]):
        came = dict.fromkeys(trained, Mark.PASSED if place else Mark.CAME)
        others = {mentor.pk: Mark.ABSENT for mentor, reached in mentors[:: 1 + place] if reached == UNDER_WAY}
        mark_training(training=training, marks=others | came, by=curator)
    for place, (mentor, reached) in enumerate(mentors):
        if reached not in {UNDER_WAY, NEWLY_TRAINED} and not _has_to_repeat(place, reached):
            mark_ready(enrolment=mentor, by=curator)


def away(mentors: Sequence[tuple[Enrolment, str]], *, curator: Actor) -> None:
    """Those of them whose pairs were returned are away till spring."""
    for mentor, reached in mentors:
        if reached == UNDER_WAY:
            pause_enrolment(enrolment=mentor, reason=MoveReason.AWAY, by=curator)


def finished(enrolments: Sequence[Enrolment], *, kind: PersonKind, on: date, curator: Actor) -> None:
    """The year is over for these people, with its results."""
    words = RESULTS["pupil" if kind == PersonKind.PUPIL else "teacher"]
    for place, enrolment in enumerate(enrolments):
        results = words[place % len(words)]
        finish_enrolment(enrolment=enrolment, on=on, results=results, is_passed=True, by=curator)


def _interviewed(mentor: Enrolment, place: int, reached: str, on: date, curator: Actor) -> None:
    record_interview(
        enrolment=mentor,
        held_on=on,
        outcome=InterviewOutcome.AGAIN if _has_to_repeat(place, reached) else InterviewOutcome.PASSED,
        is_with_psychologist=place % 3 == 0,
        note=INTERVIEW_NOTES[place % len(INTERVIEW_NOTES)],
        by=curator,
    )


def _has_to_repeat(place: int, reached: str) -> bool:
    """One interview in four of those who wait for approval: such a pair is proposed against the rule, with a reason."""
    return reached == "proposed" and place % 4 == 1


def _trainings(cycle: Cycle, form: MentoringForm, first: date, today: date, curator: Actor) -> list[Training]:
    """Two sessions a week apart, and in the year under way one more in ten days."""
    days = [_weekday(first), _weekday(first + timedelta(days=7))]
    if cycle.ends_on > today:
        days.append(_weekday(today + timedelta(days=10)))
    sessions = TRAININGS["teacher" if form.is_of_employees else "pupil"]
    return [
        save_training(
            training=None,
            cycle=cycle,
            title=title,
            held_on=day,
            hours=Decimal(hours),
            place=place,
            forms=[form.pk],
            by=curator,
        )
        for day, (title, hours, place) in zip(days, sessions, strict=False)
    ]


def _weekday(day: date) -> date:
    """The day itself or the Friday before it."""
    return day - timedelta(days=max(day.weekday() - FRIDAY, 0))
