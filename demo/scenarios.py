"""What the curator of the demo has in hand for the mentees without a mentor: scenarios of pairs, a group meeting held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from core.actors import Actor
from pairing.scoring import DEFAULT_WEIGHTS
from pairing.services.gatherings import mark_guests, save_gathering, seat_guests
from pairing.services.scenarios import copy_scenario, propose_scenario
from participants.models import Enrolment, MentoringForm, Side
from roadmap.models import Cycle

FIRST_NAME, SECOND_NAME = "По запросам", "Больше веса выбору после встречи"
ABSENT = 5
"""Every how manieth guest did not come."""


def worked_out(cycle: Cycle, today: date, curator: Actor) -> None:
    """Two scenarios side by side, and the meeting before them, for the form with the most mentees."""
    form = _largest(cycle)
    _met(cycle, form, today - timedelta(days=6), curator)
    first = propose_scenario(cycle=cycle, form=form, name=FIRST_NAME, weights=DEFAULT_WEIGHTS, by=curator)
    weights = replace(DEFAULT_WEIGHTS, choices=60)
    copy_scenario(scenario=first, name=SECOND_NAME, weights=weights, by=curator)


def _largest(cycle: Cycle) -> MentoringForm:
    forms = Enrolment.objects.enrolled().filter(cycle=cycle, side=Side.MENTEE).order_by("form")
    keys = list(forms.values_list("form", flat=True))
    return MentoringForm.objects.select_related("school").get(pk=max(sorted(set(keys)), key=keys.count))


def _met(cycle: Cycle, form: MentoringForm, day: date, curator: Actor) -> None:
    meeting = save_gathering(
        gathering=None,
        cycle=cycle,
        form=form,
        held_at=datetime.combine(day, time(15), form.school.zone),
        place="Актовый зал",
        talks=3,
        minutes=5,
        by=curator,
    )
    seat_guests(gathering=meeting, by=curator)
    guests = meeting.guests.order_by("pk").values_list("pk", flat=True)
    mark_guests(gathering=meeting, came={key: bool(n % ABSENT) for n, key in enumerate(guests)}, by=curator)
