"""Records of meetings: who may make and change one, and what a record may say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Role, School
from pairing.models import Meeting, MeetingKind, Mentorship, MentorshipState, Place
from pairing.services.mentorships import lock_mentorship
from participants.models import Enrolment
from participants.services.cycles import today_in

SHORTEST, LONGEST = 5, 600
"""Minutes of a meeting, as the model has them."""
SUMMARY_LENGTH = 4000
ORDER_OF_KINDS = (MeetingKind.FIRST, MeetingKind.TRIAL, MeetingKind.PLANNING)
"""A pair begins with these, one after another; regular meetings follow (Methodology R-145, stage 6)."""
CHANGED_FOR = timedelta(days=14)
"""A mentor mends his own record for two weeks; then it has been counted, and the curator changes it."""


class MeetingRefused(DomainError):
    """The meeting can not be recorded so; the text says why."""


class RecordedThatDay(MeetingRefused):
    """The pair has a meeting on this day; whoever means another one says so by `is_another`."""


def record_meeting(
    *,
    mentorship: Mentorship,
    kind: str,
    held_at: datetime,
    minutes: int,
    summary: str = "",
    next_at: datetime | None = None,
    attended: Sequence[Place],
    is_another: bool = False,
    by: Actor,
) -> Meeting:
    """Record a meeting of an active mentorship: its mentor, or the curator from his words or a paper.

    Raises MeetingRefused; RecordedThatDay where one of those who came has a meeting on that day, unless `is_another`.
    """
    with transaction.atomic():
        row = lock_mentorship(mentorship)
        _refuse_person(row, by)
        _refuse_end(row)
        _refuse_values(row, kind, held_at, minutes, next_at)
        places = _places(row, attended)
        _refuse_places(row, places, held_at)
        if not is_another:
            _refuse_that_day(row, places, held_at)
        assert by.user
        meeting = Meeting.objects.create(
            mentorship=row,
            kind=kind,
            held_at=held_at,
            minutes=minutes,
            summary=summary.strip(),
            next_at=next_at,
            recorded_by=by.user,
        )
        meeting.attended.set(places)
        record_event(verb="record", thing=meeting, school=row.school, detail={"mentorship": row.pk}, by=by)
    return meeting


def change_meeting(
    *,
    meeting: Meeting,
    kind: str,
    held_at: datetime,
    minutes: int,
    summary: str = "",
    next_at: datetime | None = None,
    attended: Sequence[Place],
    is_another: bool = False,
    by: Actor,
) -> Meeting:
    """Change a record; those who came and stand in the pair no longer stay in it.

    Raises MeetingRefused and RecordedThatDay as `record_meeting` does, and for a mentor after two weeks.
    """
    with transaction.atomic():
        row = _locked(meeting)
        mentorship = row.mentorship
        _refuse_change(row, by)
        _refuse_values(mentorship, kind, held_at, minutes, next_at)
        kept = list(row.attended.exclude(pk__in=standing_places(mentorship)))
        places = _places(mentorship, attended)
        if places or not kept:
            _refuse_places(mentorship, places, held_at)
        if not is_another and _day_of(held_at, mentorship) != _day_of(row.held_at, mentorship):
            _refuse_that_day(mentorship, places, held_at)
        row.kind, row.held_at, row.minutes, row.next_at = kind, held_at, minutes, next_at
        row.summary = summary.strip()
        row.save(update_fields=("kind", "held_at", "minutes", "next_at", "summary"))
        row.attended.set([*kept, *places])
        record_event(verb="change", thing=row, school=mentorship.school, by=by)
    return row


def remove_meeting(*, meeting: Meeting, by: Actor) -> None:
    """Remove a record. Raises MeetingRefused for a mentor after two weeks, and once the mentorship has ended."""
    with transaction.atomic():
        row = _locked(meeting)
        _refuse_change(row, by)
        detail: dict[str, object] = {"mentorship": row.mentorship_id}
        record_event(verb="remove", thing=row, school=row.mentorship.school, detail=detail, by=by)
        row.attended.clear()
        row.delete()


def kind_after(meetings: int) -> MeetingKind:
    """What the next meeting is after so many."""
    return ORDER_OF_KINDS[meetings] if meetings < len(ORDER_OF_KINDS) else MeetingKind.REGULAR


def standing_places(mentorship: Mentorship) -> QuerySet[Place]:
    """The places of those who stand in the pair and whose consents are in force: who can have come."""
    cleared = Enrolment.objects.cleared(today_in(mentorship.school))
    return Place.objects.filter(mentorship=mentorship, left_on=None, mentee__in=cleared)


def is_open(meeting: Meeting, by: Actor) -> bool:
    """Whether this person may change the record of an active mentorship: the curator, a mentor for two weeks."""
    is_fresh = timezone.now() - meeting.recorded_at <= CHANGED_FOR
    return by.role == Role.CURATOR or (by.role == Role.MENTOR and is_fresh)


def why_not_recorded(mentorship: Mentorship) -> str:
    """Why no meeting of it can be recorded now, in words; empty where one can."""
    try:
        _refuse_end(mentorship)
        _refuse_places(mentorship, list(standing_places(mentorship)), None)
    except MeetingRefused as refusal:
        return str(refusal)
    return ""


def why_not_changed(meeting: Meeting, by: Actor) -> str:
    """Why this person can not change or remove the record now, in words; empty where he can."""
    try:
        _refuse_change(meeting, by)
    except MeetingRefused as refusal:
        return str(refusal)
    return ""


def day_bounds(day: date, school: School) -> tuple[datetime, datetime]:
    """The first moment of the day in the school, and the first that is not of it any more."""
    begin = datetime.combine(day, time.min, school.zone)
    return begin, datetime.combine(day + timedelta(days=1), time.min, school.zone)


def _locked(meeting: Meeting) -> Meeting:
    mentorship = lock_mentorship(meeting.mentorship)
    row = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if row is None:
        raise MeetingRefused(_("This record has been removed meanwhile."))
    row.mentorship = mentorship
    return row


def _refuse_person(row: Mentorship, by: Actor) -> None:
    is_his = by.role == Role.MENTOR and row.mentor.person.user_id == by.user_id
    if by.school_id != row.school_id or not (is_his or by.role == Role.CURATOR):
        raise MeetingRefused(_("A meeting is recorded by the mentor of the pair, or by the curator on his behalf."))


def _refuse_end(row: Mentorship) -> None:
    """No meeting without an order in force, and none by a mentor whose consent is not."""
    if row.state != MentorshipState.ACTIVE:
        assert row.ended_on
        text = _("The work of this pair ended on %(day)s. Meetings are recorded under an order in force.")
        raise MeetingRefused(text % {"day": _day(row.ended_on)})
    today = today_in(row.school)
    if today < row.starts_on:
        text = _("By the order this pair begins on %(day)s. Meetings are recorded from that day on.")
        raise MeetingRefused(text % {"day": _day(row.starts_on)})
    if not Enrolment.objects.cleared(today).filter(pk=row.mentor_id).exists():
        raise MeetingRefused(_("The mentor's consent is not in force, so nothing new is recorded."))


def _refuse_change(row: Meeting, by: Actor) -> None:
    _refuse_person(row.mentorship, by)
    _refuse_end(row.mentorship)
    if not is_open(row, by):
        raise MeetingRefused(_("The record is older than 14 days. Ask the curator to change it."))


def _refuse_values(row: Mentorship, kind: str, held_at: datetime, minutes: int, next_at: datetime | None) -> None:
    held_on = _day_of(held_at, row)
    if kind not in MeetingKind.values:
        raise MeetingRefused(_("Choose which meeting it was."))
    if not SHORTEST <= minutes <= LONGEST:
        raise MeetingRefused(_("A meeting lasts from 5 minutes to 10 hours."))
    if held_at > timezone.now():
        raise MeetingRefused(_("This time has not come yet. Record the meeting after it was held."))
    if held_on < row.starts_on:
        text = _("By the order this pair works from %(day)s; an earlier meeting is not recorded.")
        raise MeetingRefused(text % {"day": _day(row.starts_on)})
    if held_on > row.ends_on:
        text = _("By the order this pair works until %(day)s; a later meeting is not recorded.")
        raise MeetingRefused(text % {"day": _day(row.ends_on)})
    if next_at is not None:
        _refuse_next(row, held_at, next_at)


def _refuse_next(row: Mentorship, held_at: datetime, next_at: datetime) -> None:
    if next_at <= held_at:
        raise MeetingRefused(_("The next meeting has to be later than this one."))
    if _day_of(next_at, row) > row.ends_on:
        text = _("By the order this pair works until %(day)s; the next meeting can not be later.")
        raise MeetingRefused(text % {"day": _day(row.ends_on)})


def _places(row: Mentorship, attended: Iterable[Place]) -> list[Place]:
    """Those of the given who can have come. Raises MeetingRefused for anyone else."""
    keys = {place.pk for place in attended}
    found = list(standing_places(row).filter(pk__in=keys).select_related("mentee__person"))
    if len(found) < len(keys):
        raise MeetingRefused(_("Someone of those who came is not in this pair any more. Look at the list again."))
    return found


def _refuse_places(row: Mentorship, places: Sequence[Place], held_at: datetime | None) -> None:
    """At least one mentee came; without `held_at` only whether anybody could have."""
    if not places:
        if not standing_places(row).exists():
            raise MeetingRefused(_("No mentee of this mentor has a consent in force, so nothing new is recorded."))
        raise MeetingRefused(_("Tick who came."))
    if held_at is None:
        return
    held_on = _day_of(held_at, row)
    for place in places:
        if held_on < place.joined_on:
            text = _("%(name)s is in the group from %(day)s; an earlier meeting is not recorded.")
            raise MeetingRefused(text % {"name": place.mentee.person.short_name, "day": _day(place.joined_on)})


def _refuse_that_day(row: Mentorship, places: Sequence[Place], held_at: datetime) -> None:
    begin, end = day_bounds(_day_of(held_at, row), row.school)
    that_day = Meeting.objects.filter(attended__in=places, held_at__gte=begin, held_at__lt=end)
    found = that_day.order_by("held_at").first()
    if found:
        when = found.held_at.astimezone(row.school.zone)
        text = _("A meeting on %(day)s at %(time)s is recorded already. If this was another one, tick it below.")
        raise RecordedThatDay(text % {"day": _day(when.date()), "time": when.strftime("%H:%M")})


def _day_of(moment: datetime, row: Mentorship) -> date:
    return moment.astimezone(row.school.zone).date()


def _day(day: date) -> str:
    return date_format(day, "j\u00a0E\u00a0Y")
