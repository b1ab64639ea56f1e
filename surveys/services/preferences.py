"""Whom people would like to work with: what each side chose after the group meeting, and which choices are mutual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from participants.models import Enrolment, Side
from roadmap.models import Cycle
from surveys.models import Answer, QuestionnaireKind


@dataclass(frozen=True, slots=True)
class Choice:
    """`who` would like to work with `chosen` (keys of enrolments); `place` 1 is the first choice."""

    who: int
    chosen: int
    place: int


@dataclass(frozen=True, slots=True)
class Mutual:
    """Two who chose each other; `mentee_place` is the place that the mentee gave, `mentor_place` the mentor's."""

    mentee: Enrolment
    mentor: Enrolment
    mentee_place: int
    mentor_place: int


def choices_of(*, cycle: Cycle, today: date) -> list[Choice]:
    """What both sides chose in the year, of those alone who take part with every consent in force.

    Whoever answered several times is taken by his latest answers.
    """
    cleared = Enrolment.objects.enrolled().cleared(today).filter(cycle=cycle).values("pk")
    rows = Answer.objects.filter(
        response__is_sent=True,
        response__respondent__stopped_at=None,
        response__respondent__enrolment__in=cleared,
        response__campaign__cycle=cycle,
        response__campaign__version__questionnaire__kind=QuestionnaireKind.PREFERENCE,
        chosen__in=cleared,
        number__isnull=False,
    )
    found = rows.order_by("response__sent_at", "response", "number").values_list(
        "response__respondent__enrolment", "response", "chosen", "number"
    )
    latest = {who: response for who, response, _chosen, _place in found}
    return [Choice(who, chosen, int(place or 0)) for who, response, chosen, place in found if latest[who] == response]


def mutual_choices(choices: Iterable[Choice]) -> list[Mutual]:
    """Those who chose each other, the dearest to both first; one query."""
    places = {(one.who, one.chosen): one.place for one in choices}
    pairs = [pair for pair in places if pair[::-1] in places and pair[0] < pair[1]]
    people = Enrolment.objects.filter(pk__in={key for pair in pairs for key in pair}).select_related("person", "form")
    known = {row.pk: row for row in people}
    found = []
    for pair in pairs:
        mentee, mentor = sorted(pair, key=lambda key: known[key].side == Side.MENTOR)
        if known[mentee].side == known[mentor].side:
            continue
        found.append(Mutual(known[mentee], known[mentor], places[mentee, mentor], places[mentor, mentee]))
    return sorted(found, key=lambda one: (one.mentee_place + one.mentor_place, one.mentee.person.sort_key))
