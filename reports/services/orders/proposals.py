"""The words an order is proposed with, and its days, from what the school has on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from core.cases import PersonName, signature_of
from core.models import PeriodKind, User
from pairing.models import Match
from participants.models import FormModel, PersonKind
from reports.papers import wording
from reports.papers.wording import DAYS_TO_MEET, DAYS_TO_READ, Occasion, working_day
from roadmap.models import Approval, Cycle, EvidenceKind, Window

MAY, LAST_OF_MAY = 5, 31
ORDERS = {"приказ": "приказом", "распоряжени": "распоряжением"}
"""How a paper named on the stamp of a roadmap stands in the sentence."""


def proposed_texts(cycle: Cycle, matches: Sequence[Match], dated_on: date, curator: User) -> dict[str, Any]:
    """The columns of an order that hold its words."""
    school = cycle.programme.school
    occasion = _occasion(cycle, matches, dated_on, curator)
    return {
        "place": school.place,
        "title": wording.title(occasion),
        "preamble": wording.preamble(occasion),
        "points": wording.points(occasion),
        "signer_post": wording.post_of_head(school.head_post, school.name),
        "signer_name": signature_of(school.head_name),
        "familiar": wording.familiar(occasion),
    }


def last_day_of_pairs(cycle: Cycle, first: date) -> date:
    """The end of the last term in the school's calendar, else 31 May; the next 31 May for a cycle that is over."""
    terms = cycle.programme.school.periods.filter(kind=PeriodKind.TERM, ends_on__range=(cycle.starts_on, cycle.ends_on))
    known = terms.order_by("-ends_on").values_list("ends_on", flat=True).first()
    last = min(known or date(cycle.year + 1, MAY, LAST_OF_MAY), cycle.ends_on)
    if cycle.ends_on <= first:
        return date(first.year + (first > date(first.year, MAY, LAST_OF_MAY)), MAY, LAST_OF_MAY)
    return last if last >= first else cycle.ends_on


def _occasion(cycle: Cycle, matches: Sequence[Match], dated_on: date, curator: User) -> Occasion:
    forms = {row.mentor.form for row in matches}
    models = {form.model for form in forms}
    read_until = working_day(dated_on + timedelta(days=DAYS_TO_READ))
    return Occasion(
        years=cycle.label,
        is_of_student_model=FormModel.STUDENT in models,
        is_of_teacher_model=FormModel.TEACHER in models,
        has_pupils=any(PersonKind.PUPIL in {row.mentor.person.kind, row.mentee.person.kind} for row in matches),
        has_employees=any(form.is_of_employees for form in forms),
        curator=PersonName(curator.surname, curator.given_name, curator.patronymic),
        roadmap_ground=_roadmap_ground(cycle.programme.approvals.all()),
        read_until=read_until,
        meet_until=_first_meetings_end(cycle, read_until) or working_day(dated_on + timedelta(days=DAYS_TO_MEET)),
    )


def _first_meetings_end(cycle: Cycle, after: date) -> date | None:
    """When the roadmap has the first meetings end, where that is still to come."""
    windows = Window.objects.filter(
        cycle=cycle, activity__evidence=EvidenceKind.FIRST_MEETINGS, ends_on__gt=after, starts_on__isnull=False
    )
    return windows.order_by("ends_on").values_list("ends_on", flat=True).first()


def _roadmap_ground(approvals: Iterable[Approval]) -> str:
    """«приказом от 31.08.2026 № 121», or only the day on the stamp; empty without a day."""
    for stamp in approvals:
        if stamp.word.casefold().startswith("утвержд") and stamp.date:
            day, basis = f"{stamp.date:%d.%m.%Y}", stamp.basis.casefold()
            paper = next((word for start, word in ORDERS.items() if start in basis), "")
            return f"{paper} от {day} № {stamp.number}" if paper and stamp.number else day
    return ""
