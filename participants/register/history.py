"""What has become of a person and of a part in the year, as the journal knows it: who moved it, when, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Event, School, User
from participants.models import Enrolment, EnrolmentState, Person
from participants.reasons import MoveReason

VERBS = ("enrol", "move")


@dataclass(frozen=True, slots=True)
class Step:
    """One move, by the school's clock; `who` is empty where it was the system or a link."""

    at: datetime
    words: str
    why: str
    who: str


def histories_of(enrolments: Iterable[Enrolment], school: School) -> dict[int, tuple[Step, ...]]:
    """The moves of each of these parts by its key, the newest first, in two queries."""
    things = {f"enrolment:{row.pk}": row.pk for row in enrolments}
    events = list(Event.objects.filter(school=school, thing__in=things, verb__in=VERBS).order_by("-pk"))
    names = _names(events)
    found: dict[int, list[Step]] = {}
    for event in events:
        step = Step(
            at=timezone.localtime(event.at, school.zone),
            words=_words(event),
            why=_why(event.detail),
            who=names.get(event.actor, ""),
        )
        found.setdefault(things[event.thing], []).append(step)
    return {key: tuple(steps) for key, steps in found.items()}


def events_of(person: Person) -> QuerySet[Event]:
    """The journal's lines on a person, with those of the rows that were made one with his."""
    return Event.objects.filter(school=person.school_id, thing__in=_things(keys_of(person)))


def keys_of(person: Person) -> set[int]:
    """The key of the person, and those of the rows that were made one with his."""
    events = Event.objects.filter(school=person.school_id)
    keys, found = set[int](), {person.pk}
    while found:
        keys |= found
        merged = events.filter(verb="merge", thing__in=_things(found))
        found = {detail["gone"] for detail in merged.values_list("detail", flat=True)} - keys
    return keys


def _things(people: Iterable[int]) -> list[str]:
    return [f"person:{key}" for key in people]


def _names(events: Iterable[Event]) -> dict[str, str]:
    """The people who moved something, by the pseudonym in the journal."""
    pseudonyms = {event.actor for event in events}
    keys = [int(one.removeprefix("user:")) for one in pseudonyms if one.startswith("user:")]
    return {f"user:{user.pk}": user.full_name for user in User.objects.filter(pk__in=keys)}


def _words(event: Event) -> str:
    if event.verb == "enrol":
        return _("was enrolled")
    if event.from_state == EnrolmentState.PAUSED and event.to_state != EnrolmentState.LEFT:
        return _("the pause is over: %(state)s") % {"state": EnrolmentState(event.to_state).label}
    return str(EnrolmentState(event.to_state).label)


def _why(detail: Mapping[str, object]) -> str:
    """The reason, or what was known when the word was given that a mentor is ready."""
    if "reason" in detail:
        return str(MoveReason(str(detail["reason"])).label)
    if "held" not in detail:
        return ""
    interview = _("with an interview") if detail["interview"] else _("without an interview")
    return _("%(interview)s, trainings: %(came)s of %(held)s") % {**detail, "interview": interview}
