"""The pairs of the demo: proposed, approved, put in force by an order, and their meetings since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from core.actors import Actor
from core.journal import record_event
from core.models import School
from demo.people import signed_sheet
from demo.words import AGREED, FIRST, WHY
from pairing.models import Match, Meeting, MeetingKind, Mentorship, Place
from pairing.services.matches import approve_matches, propose_match, return_match
from participants.models import Enrolment, PersonKind
from reports.models import Order
from reports.services.orders import draft_order, enforce_order, keep_scan
from roadmap.models import Cycle

KINDS = (MeetingKind.FIRST, MeetingKind.TRIAL, MeetingKind.PLANNING)
SATURDAY = 5


def proposed(pairs: Sequence[tuple[Enrolment, Enrolment]], curator: Actor) -> list[Match]:
    """A match for each mentor and mentee."""
    return [
        propose_match(mentor=mentor, mentee=mentee, note=WHY[count % len(WHY)], by=curator)
        for count, (mentor, mentee) in enumerate(pairs)
    ]


def approved(matches: Sequence[Match], head: Actor) -> None:
    approve_matches(matches=matches, by=head)


def returned(matches: Sequence[Match], head: Actor) -> None:
    for match in matches:
        return_match(match=match, note="Наставник уходит на сборы до весны. Подберите другого.", by=head)


def ordered(
    matches: Sequence[Match], *, cycle: Cycle, number: str, signed_on: date, last_day: date, curator: Actor, head: Actor
) -> list[Mentorship]:
    """An order of that day, signed, scanned and in force; its mentorships."""
    order = draft_order(
        cycle=cycle,
        matches=matches,
        number=number,
        dated_on=signed_on,
        starts_on=signed_on,
        ends_on=last_day,
        by=curator,
    )
    order = keep_scan(order=order, seen_revision=order.revision, scans=[signed_sheet()], by=head)
    enforce_order(order=order, seen_revision=order.revision, by=head)
    Order.objects.filter(pk=order.pk).update(in_force_at=moment(signed_on, 12, cycle.programme.school))
    found = Mentorship.objects.filter(places__match__in=[match.pk for match in matches])
    return list(found.distinct().select_related("school", "mentor__person__user"))


def met(mentorships: Sequence[Mentorship], *, every: int, until: Callable[[int], date], curator: Actor) -> None:
    """The meetings of these pairs since their order, each on the pair's own weekday; now and then one falls out.

    They are history, so they are written at once, not one by one as their mentors would have recorded them.
    """
    meetings: list[Meeting] = []
    came: list[list[Place]] = []
    for count, mentorship in enumerate(mentorships):
        places = list(mentorship.places.all())
        for number, day in _days(mentorship.starts_on + timedelta(days=2 + count % 5), until(count), every):
            if (number + count) % 5 != 4:
                meetings.append(_meeting(mentorship, number, count, day, every, curator))
                came.append(places if number % 4 != 3 else places[:1])
    Meeting.objects.bulk_create(meetings)
    attended = Meeting.attended.through
    attended.objects.bulk_create(
        attended(meeting=meeting, place=place)
        for meeting, places in zip(meetings, came, strict=True)
        for place in places
    )
    record_event(verb="record", school=curator.school, detail={"meetings": len(meetings)}, by=curator)


def _days(first: date, last: date, every: int) -> Iterator[tuple[int, date]]:
    number = 0
    while first <= last:
        yield number, first
        number, first = number + 1, first + timedelta(weeks=every)


def _meeting(mentorship: Mentorship, number: int, count: int, day: date, every: int, curator: Actor) -> Meeting:
    held_at = moment(_school_day(day), 14 + count % 3, mentorship.school)
    next_at = held_at + timedelta(weeks=every)
    words = AGREED["pupil" if mentorship.mentor.person.kind == PersonKind.PUPIL else "teacher"]
    assert curator.user
    return Meeting(
        mentorship=mentorship,
        kind=KINDS[number] if number < len(KINDS) else MeetingKind.REGULAR,
        held_at=held_at,
        minutes=(30, 45, 45, 60)[(number + count) % 4],
        summary=FIRST if number == 0 else words[(number + count * 2) % len(words)],
        next_at=next_at if next_at.date() <= mentorship.ends_on else None,
        recorded_by=mentorship.mentor.person.user or curator.user,
        recorded_at=held_at + timedelta(hours=1),
    )


def _school_day(day: date) -> date:
    return day - timedelta(days=1) if day.weekday() == SATURDAY + 1 else day


def moment(day: date, hour: int, school: School) -> datetime:
    return datetime.combine(day, time(hour, 20), school.zone)
