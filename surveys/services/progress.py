"""How far a campaign has come: by class, and person by person; never what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from core.actors import Actor
from core.models import Role
from participants.models import Person
from surveys.models import SURVEY_READERS, Campaign, CampaignState, Respondent
from surveys.models.campaign import RespondentQuerySet
from surveys.services.audience import awaited, may_answer, respondents_of
from surveys.services.inviting import addressees_of

BEGUN = (CampaignState.OPEN, CampaignState.CLOSED)


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of a class have answered of those who are asked; an empty name is the staff and those without a class."""

    class_name: str
    asked: int
    answered: int

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.asked if self.asked else 0

    @property
    def left(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One respondent: whether he has answered, and how he is reached."""

    pk: int
    name: str
    place: str
    has_answered: bool
    is_awaited: bool
    is_reachable: bool
    asked_on: date | None
    reminded_on: date | None


def in_sight(campaign: Campaign, actor: Actor) -> RespondentQuerySet:
    """The asked of a campaign whom the actor may see: all, or a class teacher those in his charge."""
    rows = respondents_of(campaign).asked()
    if actor.role in SURVEY_READERS:
        return rows.filter(campaign__cycle__programme__school_id=actor.school_id)
    if actor.role == Role.CLASS_TEACHER:
        return rows.filter(enrolment__person__in=Person.objects.visible_to(actor))
    return rows.none()


def begun_in_sight(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns that have begun in which somebody in the class teacher's charge is asked."""
    rows = Campaign.objects.filter(cycle__programme__school_id=actor.school_id, state__in=BEGUN)
    return rows.filter(pk__in=pupils_asked(actor).values("campaign")).select_related("cycle__programme__school")


def pupils_asked(actor: Actor) -> RespondentQuerySet:
    """Those in the class teacher's charge who are asked in whatever campaign."""
    return Respondent.objects.asked().filter(enrolment__person__in=Person.objects.visible_to(actor))


def with_progress(campaigns: Iterable[Campaign], rows: RespondentQuerySet) -> list[tuple[Campaign, Progress]]:
    """Each campaign with how many of these respondents have answered in it, in one query."""
    found = list(campaigns)
    counted = rows.filter(campaign__in=found).order_by().values_list("campaign")
    counts = {
        key: Progress("", asked, answered)
        for key, asked, answered in counted.annotate(
            asked=Count("pk"), answered=Count("pk", filter=Q(has_answered=True))
        )
    }
    return [(campaign, counts.get(campaign.pk, Progress("", 0, 0))) for campaign in found]


def by_class(rows: RespondentQuerySet) -> list[Progress]:
    """One line for each class, in the order of the classes, in one query."""
    named = rows.order_by().values_list("enrolment__person__class_key", "enrolment__person__class_name")
    counted = named.annotate(asked=Count("pk"), answered=Count("pk", filter=Q(has_answered=True)))
    found: dict[str, Progress] = {}
    for key, name, asked, answered in sorted(counted, key=lambda row: (row[0] or "", row[1] or "")):
        before = found.get(key or "", Progress(name or "", 0, 0))
        found[key or ""] = Progress(before.class_name, before.asked + asked, before.answered + answered)
    return list(found.values())


def total_of(lines: Iterable[Progress]) -> Progress:
    """All of them together."""
    found = list(lines)
    return Progress("", sum(line.asked for line in found), sum(line.answered for line in found))


def person_lines(rows: Sequence[Respondent], today: date, zone: ZoneInfo) -> list[PersonLine]:
    """The respondents of one page, in three queries however many."""
    reached = addressees_of(rows, today)
    keys = [row.pk for row in rows]
    live = set(Respondent.objects.filter(may_answer(today), pk__in=keys).values_list("pk", flat=True))
    return [
        PersonLine(
            pk=row.pk,
            name=row.enrolment.person.full_name if row.enrolment else row.membership.user.full_name,  # type: ignore[union-attr]
            place=row.enrolment.person.place if row.enrolment else row.membership.post,  # type: ignore[union-attr]
            has_answered=row.has_answered,
            is_awaited=not row.has_answered and row.pk in live,
            is_reachable=bool(reached[row.pk]),
            asked_on=row.asked_at.astimezone(zone).date() if row.asked_at else None,
            reminded_on=row.reminded_at.astimezone(zone).date() if row.reminded_at else None,
        )
        for row in rows
    ]


def waiting_of(rows: QuerySet[Respondent], today: date) -> RespondentQuerySet:
    """Those of these respondents whose survey is open and waits for their answer, the first to close first."""
    found = awaited(Respondent.objects.filter(pk__in=rows.values("pk"), campaign__state=CampaignState.OPEN), today)
    return found.select_related("campaign", "enrolment__form", "enrolment__person").order_by(
        "campaign__closes_on", "pk"
    )
