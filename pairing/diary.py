"""The work of pairs as pages show it: the weeks, who has fallen silent, what was agreed; read for one page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.actors import Actor
from core.russian import search_key
from pairing.models import Meeting, Mentorship, MentorshipState, Place
from pairing.weeks import Mark, Week, first_monday, is_silent, quiet_days, silent_since, strip_of
from participants.models import Enrolment
from participants.models.person import REGISTER_READERS

ACTIVE, SILENT, ENDED = "active", "silent", "ended"
GROUPS = (ACTIVE, SILENT, ENDED)

Rows = QuerySet[Mentorship]


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair or group in a list. `quiet` are the days without a meeting where it is silent, else 0."""

    pk: int
    mentor: str
    mentees: tuple[str, ...]
    form: str
    state: str
    weeks: tuple[Week, ...]
    quiet: int
    is_over: bool
    meetings: int
    last_at: datetime | None
    next_at: datetime | None
    ends_on: date
    ended_on: date | None

    @property
    def weeks_met(self) -> int:
        return sum(week.mark == Mark.MET for week in self.weeks)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting. `names` are those who came, as far as the reader may know them; `scribe` wrote it down for the mentor."""

    pk: int
    held_at: datetime
    kind: str
    minutes: int
    summary: str
    next_at: datetime | None
    names: tuple[str, ...]
    scribe: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MenteeLine:
    """A mentee of a pair. Nothing but the name stands here once he has left or his consent is not in force."""

    name: str
    short_name: str
    place: str
    request: str
    joined_on: date
    left_on: date | None
    is_cleared: bool

    @property
    def is_standing(self) -> bool:
        """Whether he is in the pair and his data may be used."""
        return self.is_cleared and self.left_on is None


def with_meetings(rows: Rows) -> Rows:
    """With `last_held`, `planned_at` (the day agreed at the last meeting) and `meeting_count`."""
    meetings = Meeting.objects.filter(mentorship=OuterRef("pk")).order_by("-held_at", "-pk")
    number = meetings.order_by().values("mentorship").annotate(number=Count("pk")).values("number")
    return rows.annotate(
        last_held=Subquery(meetings.values("held_at")[:1], output_field=DateTimeField()),
        planned_at=Subquery(meetings.values("next_at")[:1], output_field=DateTimeField()),
        meeting_count=Coalesce(Subquery(number), 0),
    )


def with_silence(rows: Rows, today: date, zone: ZoneInfo) -> Rows:
    """With `is_silent` by the rule of `pairing.weeks`, for mentorships under an order in force today."""
    since = silent_since(today)
    quiet = Q(last_held__lte=datetime.combine(since, time.max, zone)) | Q(last_held=None, starts_on__lte=since)
    silent = quiet & Q(state=MentorshipState.ACTIVE, ends_on__gte=today)
    return with_meetings(rows).annotate(
        is_silent=Case(When(silent, then=True), default=False, output_field=BooleanField())
    )


def silent(rows: Rows, today: date, zone: ZoneInfo) -> Rows:
    """Those that have fallen silent: the only such query there is."""
    return with_silence(rows, today, zone).filter(Q(is_silent=True))


def past_their_order(rows: Rows, today: date) -> Rows:
    """Active ones whose last day by the order is over: they wait to be ended."""
    return rows.filter(state=MentorshipState.ACTIVE, ends_on__lt=today)


def missed_plans(rows: Rows, now: datetime) -> Rows:
    """Active ones of which a planned meeting has passed and no later record tells of it."""
    return with_meetings(rows).filter(Q(state=MentorshipState.ACTIVE, planned_at__lte=now))


def group_of(rows: Rows, group: str, today: date, zone: ZoneInfo) -> Rows:
    """One part of the list."""
    if group == SILENT:
        return silent(rows, today, zone)
    of_state = Q(state=MentorshipState.ACTIVE) if group == ACTIVE else ~Q(state=MentorshipState.ACTIVE)
    return with_silence(rows, today, zone).filter(of_state)


def without_kind(rows: Rows, kind: str, cycle: int, today: date, zone: ZoneInfo) -> Rows:
    """Of the pairs of a cycle that were not stopped early, those that had no meeting of this kind."""
    held = Meeting.objects.filter(mentorship=OuterRef("pk"), kind=kind)
    of_cycle = rows.filter(~Exists(held), mentor__cycle=cycle).exclude(state=MentorshipState.STOPPED)
    return with_silence(of_cycle, today, zone)


def silent_first(rows: Rows) -> Rows:
    """The silent ones, then by the mentor's name; of those that have ended, the last to end first."""
    return rows.order_by(F("is_silent").desc(), "-ended_on", "mentor__person__sort_key", "pk")


def counts_of(rows: Rows, today: date, zone: ZoneInfo) -> dict[str, int]:
    """How many there are in each part of the list, in one query."""
    found = with_silence(rows, today, zone).aggregate(
        active=Count("pk", filter=Q(state=MentorshipState.ACTIVE)),
        silent=Count("pk", filter=Q(is_silent=True)),
        ended=Count("pk", filter=~Q(state=MentorshipState.ACTIVE)),
    )
    return {group: found[group] for group in GROUPS}


def found_pairs(rows: Rows, words: str, form: int | None) -> Rows:
    """Those of whom the mentor or a mentee holds every word in name, class or post."""
    for word in search_key(words).split():
        mentee = Place.objects.filter(mentorship=OuterRef("pk"), mentee__person__search_key__contains=word)
        rows = rows.filter(Q(mentor__person__search_key__contains=word) | Exists(mentee))
    return rows.filter(mentor__form=form) if form else rows


def pair_lines(rows: Sequence[Mentorship], today: date, zone: ZoneInfo) -> list[PairLine]:
    """Each with its weeks, in two queries; rows as of `with_silence`, `mentor__person` and `mentor__form` read with them."""
    names, days = _mentees(rows), _days(rows, today, zone)
    return [_line(row, names[row.pk], days[row.pk], today, zone) for row in rows]


def meeting_lines(meetings: Iterable[Meeting], today: date, zone: ZoneInfo, by: Actor) -> list[MeetingLine]:
    """The meetings as this reader sees them; one of which nobody's consent is in force shows neither text nor names.

    `attended__mentee__person`, `recorded_by` and `mentorship__mentor__person` should have been read with them.
    """
    rows = list(meetings)
    places = {place.mentee_id for row in rows for place in row.attended.all()}
    cleared = set(Enrolment.objects.cleared(today).filter(pk__in=places).values_list("pk", flat=True))
    return [_meeting_line(row, cleared, zone, by) for row in rows]


def mentee_lines(mentorships: Iterable[Mentorship], today: date) -> dict[int, list[MenteeLine]]:
    """Those who stand or stood in each, by its key, in two queries; who left, last."""
    places = Place.objects.filter(mentorship__in=list(mentorships)).select_related("mentee__person")
    rows = sorted(places, key=lambda row: row.left_on is not None)
    keys = [row.mentee_id for row in rows]
    cleared = set(Enrolment.objects.cleared(today).filter(pk__in=keys).values_list("pk", flat=True))
    found: dict[int, list[MenteeLine]] = defaultdict(list)
    for row in rows:
        found[row.mentorship_id].append(_mentee_line(row, row.mentee_id in cleared))
    return found


def _mentee_line(place: Place, is_cleared: bool) -> MenteeLine:
    person, is_shown = place.mentee.person, is_cleared and place.left_on is None
    return MenteeLine(
        name=person.full_name,
        short_name=person.short_name,
        place=person.place if is_shown else "",
        request=place.mentee.request if is_shown else "",
        joined_on=place.joined_on,
        left_on=place.left_on,
        is_cleared=is_cleared,
    )


def _mentees(rows: Sequence[Mentorship]) -> dict[int, list[str]]:
    """Those who stand in each, and in one that has ended those who stood."""
    ended = [row.pk for row in rows if row.state != MentorshipState.ACTIVE]
    places = Place.objects.filter(mentorship__in=[row.pk for row in rows]).select_related("mentee__person")
    names: dict[int, list[str]] = defaultdict(list)
    for place in places.filter(Q(left_on=None) | Q(mentorship__in=ended)):
        names[place.mentorship_id].append(place.mentee.person.short_name)
    return names


def _days(rows: Sequence[Mentorship], today: date, zone: ZoneInfo) -> dict[int, list[date]]:
    begin = datetime.combine(first_monday(today), time.min, zone)
    held = Meeting.objects.filter(mentorship__in=[row.pk for row in rows], held_at__gte=begin).order_by()
    days: dict[int, list[date]] = defaultdict(list)
    for key, moment in held.values_list("mentorship", "held_at"):
        days[key].append(timezone.localtime(moment, zone).date())
    return days


def _line(row: Mentorship, names: list[str], days: list[date], today: date, zone: ZoneInfo) -> PairLine:
    last_at, planned_at = _local(row.last_held, zone), _local(row.planned_at, zone)  # type: ignore[attr-defined]
    last_on = last_at.date() if last_at else None
    met = [*days, last_on] if last_on else days
    is_over = row.state == MentorshipState.ACTIVE and row.ends_on < today
    is_working = row.state == MentorshipState.ACTIVE and not is_over
    is_quiet = is_working and is_silent(row.starts_on, last_on, today)
    return PairLine(
        pk=row.pk,
        mentor=row.mentor.person.short_name,
        mentees=tuple(names),
        form=row.mentor.form.name,
        state=row.state,
        weeks=strip_of(row.starts_on, met, today, is_over=not is_working),
        quiet=quiet_days(row.starts_on, last_on, today) if is_quiet else 0,
        is_over=is_over,
        meetings=row.meeting_count,  # type: ignore[attr-defined]
        last_at=last_at,
        next_at=planned_at if is_working and planned_at and planned_at > timezone.now() else None,
        ends_on=row.ends_on,
        ended_on=row.ended_on,
    )


def _meeting_line(row: Meeting, cleared: set[int], zone: ZoneInfo, by: Actor) -> MeetingLine:
    attended = list(row.attended.all())
    is_shown = any(place.mentee_id in cleared for place in attended)
    reads_all = by.role in REGISTER_READERS
    names = (place.mentee.person.short_name for place in attended if reads_all or place.mentee_id in cleared)
    is_own = row.mentorship.mentor.person.user_id == row.recorded_by_id
    return MeetingLine(
        pk=row.pk,
        held_at=timezone.localtime(row.held_at, zone),
        kind=row.get_kind_display(),
        minutes=row.minutes,
        summary=row.summary if is_shown else "",
        next_at=_local(row.next_at, zone),
        names=tuple(names),
        scribe="" if is_own else row.recorded_by.short_name,
        recorded_at=row.recorded_at,
    )


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return timezone.localtime(moment, zone) if moment else None
