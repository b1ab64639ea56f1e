"""Whom a campaign asks: those who fit its audience and may be asked, and those who fit and may not, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from core.models import Membership
from core.ready_queries import planning_once
from core.russian import sort_key
from participants.models import Enrolment
from participants.models.enrolment import EnrolmentQuerySet
from participants.register.standing import Standing, standings_of
from surveys.models import Answerer, Campaign, Respondent
from surveys.models.campaign import RespondentQuerySet

Row = TypeVar("Row", Enrolment, Membership)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One who fits the audience and is not asked, and why in words."""

    enrolment: Enrolment
    why: str


def fitting(campaign: Campaign) -> EnrolmentQuerySet:
    """The parts in the year that fit the audience, whatever their consents; nobody where the staff answers."""
    answerer = campaign.version.questionnaire.answerer
    if answerer == Answerer.STAFF:
        return Enrolment.objects.none()
    rows = Enrolment.objects.filter(cycle=campaign.cycle_id, side=answerer, person__destroyed_at=None)
    named = campaign.audience
    if forms := named.get("forms"):
        rows = rows.filter(form__in=forms)
    if classes := named.get("classes"):
        rows = rows.filter(person__class_key__in=[sort_key(name) for name in classes])
    if states := named.get("states"):
        rows = rows.filter(state__in=states)
    return rows.order_by("person__class_key", "person__sort_key", "form__place", "pk")


def wanted_parts(campaign: Campaign, today: date) -> list[Enrolment]:
    """Those who fit and whose consents are in force today; where no names are borne each person stands there once."""
    rows = fitting(campaign).cleared(today).select_related("person", "form")
    return _once(rows, by="person_id") if campaign.is_anonymous else list(rows)


def wanted_staff(campaign: Campaign) -> list[Membership]:
    """The members of the staff who are asked, each once however many roles he has."""
    if campaign.version.questionnaire.answerer != Answerer.STAFF:
        return []
    rows = Membership.objects.active().filter(school=campaign.cycle.programme.school_id)
    rows = rows.filter(role__in=campaign.audience.get("roles") or [])
    return _once(rows.select_related("user").order_by("user__sort_key", "pk"), by="user_id")


def left_out(campaign: Campaign, today: date) -> list[LeftOut]:
    """Those who fit and have not every consent in force today."""
    rows = fitting(campaign)
    found = list(rows.exclude(pk__in=rows.cleared(today).values("pk")).select_related("person", "form"))
    standings = standings_of([row.person_id for row in found], today)
    return [LeftOut(row, _why(standings.get(row.person_id, Standing.NONE))) for row in found]


def left_out_by_reason(campaign: Campaign, today: date) -> dict[str, int]:
    """How many are left out for each reason, the most frequent first."""
    return dict(Counter(row.why for row in left_out(campaign, today)).most_common())


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a campaign that is being prepared will ask; `excused` are those who fit and were left out singly."""

    parts: tuple[Enrolment, ...]
    staff: tuple[Membership, ...]
    excused: int

    @property
    def number(self) -> int:
        return len(self.parts) + len(self.staff)


def chosen_of(campaign: Campaign, today: date) -> Chosen:
    """Whom it would ask if it were opened today."""
    excused = set(excused_parts(campaign))
    wanted = wanted_parts(campaign, today)
    parts = tuple(row for row in wanted if row.pk not in excused)
    return Chosen(parts, tuple(wanted_staff(campaign)), len(wanted) - len(parts))


def excused_parts(campaign: Campaign) -> list[int]:
    """The parts (keys of `Enrolment`) that were left out singly."""
    rows = Respondent.objects.filter(campaign=campaign, is_excused=True, enrolment__isnull=False)
    return list(rows.values_list("enrolment_id", flat=True).order_by("pk"))


def _why(standing: str) -> str:
    """How the consent stands; one in force is not the one that this part needs."""
    if standing == Standing.IN_FORCE:
        return _("the consent that this part needs besides is not in force")
    return str(Standing(standing).label)


def may_answer(today: date) -> Q:
    """Respondents of whom an answer may be taken today: the consent is in force, or the member is still here."""
    cleared = _cleared(today).filter(pk=OuterRef("enrolment"))
    return Q(Exists(cleared)) | Q(membership__isnull=False, membership__ended_at=None)


def may_answer_on(respondent: Respondent, today: date) -> bool:
    """`may_answer` of one. Of a part by a query that is put together once a day: that costs much more than to ask."""
    if not respondent.enrolment_id:
        return Membership.objects.filter(respondents=respondent.pk, ended_at=None).exists()
    sql, params = _clearing(today)
    with planning_once() as cursor:
        cursor.execute(sql, [*params, respondent.enrolment_id])
        return cursor.fetchone() is not None


@lru_cache(maxsize=2)
def _clearing(today: date) -> tuple[str, tuple[Any, ...]]:
    """The query whether a part is cleared, and all it is given before the key of the part."""
    sql, (*params, key) = _cleared(today).filter(pk=0).query.exists().sql_with_params()
    assert key == 0
    return sql, tuple(params)


def _cleared(today: date) -> EnrolmentQuerySet:
    return Enrolment.objects.cleared(today).filter(person__destroyed_at=None)


def awaited(rows: RespondentQuerySet, today: date) -> RespondentQuerySet:
    """Those of whom an answer is still wanted, and who may give one today."""
    return rows.asked().filter(may_answer(today), has_answered=False)


def respondents_of(campaign: Campaign) -> RespondentQuerySet:
    """The respondents with what lists and letters say of them, by class and name."""
    rows = Respondent.objects.filter(campaign=campaign)
    named = rows.select_related("enrolment__person__user", "enrolment__form", "membership__user", "campaign")
    return named.order_by(
        "enrolment__person__class_key", "enrolment__person__sort_key", "membership__user__sort_key", "pk"
    )


def _once(rows: Iterable[Row], *, by: str) -> list[Row]:
    found: dict[int, Row] = {}
    for row in rows:
        found.setdefault(getattr(row, by), row)
    return list(found.values())
