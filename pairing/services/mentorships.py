"""Mentorships: an order puts pairs in force, and each of them ends one day.

Locks are taken in the order of `pairing.services.matches`: the parts of the people, the matches, the mentorships,
and all of it before the first line of the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.states import move
from pairing.models import Match, MatchState, Meeting, Mentorship, MentorshipState, Place
from pairing.parties import read_parties
from pairing.rules import against_pair
from pairing.services.matches import lock_enrolments, lock_matches
from participants.models import Enrolment, Person
from participants.services.cycles import today_in

GROUND_LENGTH = 300


class MentorshipRefused(DomainError):
    """A mentorship can not begin or end so; the text says why."""


def start_mentorships(
    *, matches: Sequence[Match], starts_on: date, ends_on: date, ground: str, by: Actor
) -> list[Mentorship]:
    """Put approved matches in force by an order, which `ground` names in words.

    The mentees of one mentor stand in one mentorship: his active one, or a new one. Both sides are looked at once
    more, for an order may be signed weeks after the approval. Raises MentorshipRefused, naming all that stands
    against it, and then nothing has begun.
    """
    with transaction.atomic():
        rows = lock_matches(matches)
        mentors = {row.mentor_id: row.mentor for row in rows.values()}
        active = _lock_active(mentors)
        _refuse_to_start(rows.values(), starts_on, ends_on)
        for mentor in mentors.values():
            found = active.get(mentor.pk)
            if found:
                _prolong(found, ends_on, ground)
            else:
                active[mentor.pk] = _begin(mentor, starts_on, ends_on, ground, by)
        for row in rows.values():
            _join(row, active[row.mentor_id], starts_on, by)
    return sorted(active.values(), key=lambda row: row.pk)


def end_mentorship(*, mentorship: Mentorship, finished: bool, reason: str = "", on: date, by: Actor) -> Mentorship:
    """End it for everyone: `finished` as it was meant to, else stopped early, with the reason.

    Raises MentorshipRefused for a day that can not be the last, or a stop without a reason; TransitionRefused where
    it has ended already.
    """
    with transaction.atomic():
        row = lock_mentorship(mentorship)
        to = MentorshipState.FINISHED if finished else MentorshipState.STOPPED
        if row.state == MentorshipState.ACTIVE:
            _refuse_to_end(row, row.places.filter(left_on=None), to, reason, on)
        _end(row, to, reason.strip(), on, by)
    return row


def leave_place(*, place: Place, reason: str, on: date, by: Actor) -> Place:
    """One mentee leaves a group; with the last one the mentorship is stopped.

    Raises MentorshipRefused as `end_mentorship` does, and where he has left already.
    """
    with transaction.atomic():
        mentorship = lock_mentorship(place.mentorship)
        row = Place.objects.select_related("mentorship").get(pk=place.pk)
        if row.left_on is not None:
            raise MentorshipRefused(_("This mentee has left the group already."))
        _refuse_to_end(mentorship, [row], MentorshipState.STOPPED, reason, on)
        _leave(mentorship, [row], reason.strip(), on, by)
        row.refresh_from_db()
    return row


def stop_mentorships_of(person: Person, parts: Sequence[int], by: Actor) -> None:
    """A withdrawal: a mentor's mentorships stop, a mentee leaves his, today, where they rest on these parts."""
    with transaction.atomic():
        today, reason = today_in(person.school), _("The consent is no longer in force.")
        for row in lock_mentorships_of(person):
            if row.mentor_id in parts:
                _end(row, MentorshipState.STOPPED, reason, today, by)
            else:
                _leave(row, row.places.filter(left_on=None, mentee__in=parts), reason, today, by)


def lock_mentorships_of(person: Person) -> list[Mentorship]:
    """Those the person stands in now, locked; his parts have been locked before."""
    return list(active_mentorships_of(person).select_for_update(of=("self",)).order_by("pk"))


def active_mentorships_of(person: Person) -> QuerySet[Mentorship]:
    """Those the person stands in now, on either side."""
    standing = Place.objects.filter(left_on=None, mentee__person=person)
    rows = Mentorship.objects.filter(state=MentorshipState.ACTIVE).select_related("school", "mentor__person")
    return rows.filter(Q(mentor__person=person) | Q(pk__in=standing.values("mentorship")))


def lock_mentorship(mentorship: Mentorship) -> Mentorship:
    """The mentorship as it now stands; the parts of everyone who stands in it are locked before it."""
    mentees = Place.objects.filter(mentorship=mentorship, left_on=None).values_list("mentee", flat=True)
    lock_enrolments([mentorship.mentor_id, *mentees])
    rows = Mentorship.objects.select_for_update(of=("self",)).select_related("school", "mentor__person")
    return rows.get(pk=mentorship.pk)


def _lock_active(mentors: Iterable[int]) -> dict[int, Mentorship]:
    rows = Mentorship.objects.select_for_update(of=("self",)).filter(
        mentor__in=list(mentors), state=MentorshipState.ACTIVE
    )
    return {row.mentor_id: row for row in rows.select_related("school").order_by("pk")}


def _refuse_to_start(rows: Iterable[Match], starts_on: date, ends_on: date) -> None:
    matches = list(rows)
    if not matches:
        raise MentorshipRefused(_("There is no pair in this order."))
    if ends_on < starts_on:
        raise MentorshipRefused(_("The last day of the pairs is before their first day."))
    if len({row.school_id for row in matches}) > 1:
        raise MentorshipRefused(_("These pairs are of different schools."))
    sides = (side for row in matches for side in (row.mentor, row.mentee))
    parties = read_parties(sides, today_in(matches[0].school))
    reasons: list[str] = []
    for row in matches:
        mentor, mentee = parties[row.mentor_id], parties[row.mentee_id]
        if row.state != MatchState.APPROVED:
            names = {"mentor": mentor.name, "mentee": mentee.name}
            reasons.append(_("%(mentor)s – %(mentee)s: the pair is not approved.") % names)
        else:
            reasons += against_pair(mentor, mentee, holds=True)
    if reasons:
        raise MentorshipRefused(" ".join(dict.fromkeys(reasons)))


def _begin(mentor: Enrolment, starts_on: date, ends_on: date, ground: str, by: Actor) -> Mentorship:
    school = mentor.person.school
    row = Mentorship.objects.create(school=school, mentor=mentor, ground=ground, starts_on=starts_on, ends_on=ends_on)
    record_event(verb="start", thing=row, school=school, to_state=row.state, by=by)
    return row


def _prolong(row: Mentorship, ends_on: date, ground: str) -> None:
    """A mentee joins by a later order: both grounds are named, and the later last day holds for the group."""
    both = row.ground if ground in row.ground else f"{row.ground}; {ground}"
    row.ground = both if len(both) <= GROUND_LENGTH else row.ground
    row.ends_on = max(row.ends_on, ends_on)
    row.save(update_fields=("ground", "ends_on"))


def _join(match: Match, mentorship: Mentorship, starts_on: date, by: Actor) -> None:
    move(match, MatchState.IN_FORCE, school=match.school, by=by)
    Place.objects.create(mentorship=mentorship, mentee=match.mentee, match=match, joined_on=starts_on)
    record_event(verb="join", thing=mentorship, school=match.school, detail={"mentee": match.mentee_id}, by=by)


def _refuse_to_end(row: Mentorship, places: Iterable[Place], to: MentorshipState, reason: str, on: date) -> None:
    if to == MentorshipState.STOPPED and not reason.strip():
        raise MentorshipRefused(_("Write why it ends early."))
    today = today_in(row.school)
    if on > today:
        raise MentorshipRefused(_("The last day can not be in the future."))
    if on != today and on < row.starts_on:
        raise MentorshipRefused(_("The last day is before the first, %(day)s.") % {"day": _day(row.starts_on)})
    held = Meeting.objects.filter(attended__in=[place.pk for place in places]).order_by("-held_at").first()
    if held and held.held_at.astimezone(row.school.zone).date() > on:
        day = _day(held.held_at.astimezone(row.school.zone).date())
        raise MentorshipRefused(_("A meeting is recorded on %(day)s, after this last day.") % {"day": day})


def _leave(row: Mentorship, places: Iterable[Place], reason: str, on: date, by: Actor) -> None:
    for place in places:
        _free(place, on)
        record_event(verb="leave", thing=row, school=row.school, detail={"mentee": place.mentee_id}, by=by)
    if not row.places.filter(left_on=None).exists():
        _end(row, MentorshipState.STOPPED, reason, on, by)


def _end(row: Mentorship, to: MentorshipState, reason: str, on: date, by: Actor) -> None:
    row.ended_on, row.end_reason = on, reason
    move(row, to, school=row.school, also=("ended_on", "end_reason"), by=by)
    for place in row.places.filter(left_on=None):
        _free(place, on)


def _free(place: Place, on: date) -> None:
    place.left_on = max(on, place.joined_on)
    place.save(update_fields=("left_on",))


def _day(day: date) -> str:
    return date_format(day, "j\u00a0E\u00a0Y")
