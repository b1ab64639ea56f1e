"""A pair as its own people see it: the mentor his mentees, a mentee or who signs for one the mentor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from core.actors import Actor
from pairing.diary import MenteeLine, mentee_lines, with_meetings
from pairing.models import Meeting, Mentorship, MentorshipState, Place
from participants.models import Enrolment


@dataclass(frozen=True, slots=True)
class MentorCard:
    """One pair or group for its mentor. `missed_at` is a planned meeting that has passed without a record."""

    pk: int
    form: str
    mentees: tuple[MenteeLine, ...]
    is_active: bool
    has_begun: bool
    starts_on: date
    ends_on: date
    ended_on: date | None
    meetings: int
    last_at: datetime | None
    next_at: datetime | None
    missed_at: datetime | None

    @property
    def may_record(self) -> bool:
        return self.is_active and self.has_begun and any(row.is_standing for row in self.mentees)


@dataclass(frozen=True, slots=True)
class MenteeCard:
    """One pair for a mentee, or for who signs for him; `agreed` is what the last meeting he was at agreed."""

    pk: int
    mentee: str
    mentor: str
    mentor_place: str
    form: str
    starts_on: date
    meetings: int
    last_at: datetime | None
    agreed: str
    next_at: datetime | None


def mentor_cards(rows: QuerySet[Mentorship], today: date, zone: ZoneInfo) -> list[MentorCard]:
    """Each with its mentees, in a fixed number of queries; those that have ended, last."""
    found = list(with_meetings(rows).select_related("mentor__form"))
    mentees = mentee_lines(found, today)
    cards = [_mentor_card(row, mentees[row.pk], today, zone) for row in found]
    return sorted(cards, key=lambda card: not card.is_active)


def places_of(actor: Actor, today: date) -> QuerySet[Place]:
    """The places in which the actor, or whom he signs for, stands now with a consent in force."""
    return standing(Place.objects.visible_to(actor), today)


def standing(places: QuerySet[Place], today: date) -> QuerySet[Place]:
    """Those of them that are taken today, the mentee's consent being in force."""
    cleared = Enrolment.objects.cleared(today)
    rows = places.filter(left_on=None, mentorship__state=MentorshipState.ACTIVE, mentee__in=cleared)
    return rows.select_related("mentee__person", "mentorship__mentor__person", "mentorship__mentor__form")


def mentee_cards(places: Iterable[Place], zone: ZoneInfo) -> list[MenteeCard]:
    """Each with its last meeting, in two queries; rows as of `standing`."""
    rows = list(places)
    held = Meeting.objects.filter(attended__in=rows).order_by("-held_at", "-pk").values_list("attended", "pk")
    by_place: dict[int, list[int]] = {}
    for place, meeting in held:
        by_place.setdefault(place, []).append(meeting)
    last = Meeting.objects.in_bulk([keys[0] for keys in by_place.values()])
    pairs = with_meetings(Mentorship.objects.filter(pk__in=[row.mentorship_id for row in rows]))
    planned = {pair.pk: pair.planned_at for pair in pairs}  # type: ignore[attr-defined]
    return [
        _mentee_card(row, last.get(by_place.get(row.pk, [0])[0]), len(by_place.get(row.pk, ())), planned, zone)
        for row in rows
    ]


def _mentor_card(row: Mentorship, mentees: list[MenteeLine], today: date, zone: ZoneInfo) -> MentorCard:
    last_held, planned_at = row.last_held, row.planned_at  # type: ignore[attr-defined]
    is_active = row.state == MentorshipState.ACTIVE
    planned = timezone.localtime(planned_at, zone) if planned_at and is_active else None
    is_past = planned is not None and planned <= timezone.now()
    return MentorCard(
        pk=row.pk,
        form=row.mentor.form.name,
        mentees=tuple(line for line in mentees if line.is_standing) if is_active else tuple(mentees),
        is_active=is_active,
        has_begun=row.starts_on <= today,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        ended_on=row.ended_on,
        meetings=row.meeting_count,  # type: ignore[attr-defined]
        last_at=timezone.localtime(last_held, zone) if last_held else None,
        next_at=None if is_past else planned,
        missed_at=planned if is_past else None,
    )


def _mentee_card(
    row: Place, last: Meeting | None, number: int, planned: dict[int, datetime | None], zone: ZoneInfo
) -> MenteeCard:
    next_at, mentor = planned[row.mentorship_id], row.mentorship.mentor
    return MenteeCard(
        pk=row.mentorship_id,
        mentee=row.mentee.person.given_name,
        mentor=mentor.person.full_name,
        mentor_place=mentor.person.place,
        form=mentor.form.name,
        starts_on=row.joined_on,
        meetings=number,
        last_at=timezone.localtime(last.held_at, zone) if last else None,
        agreed=last.summary if last else "",
        next_at=timezone.localtime(next_at, zone) if next_at and next_at > timezone.now() else None,
    )
