"""Campaigns in preparation: written down, changed, put to open by themselves, copied to another year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.journal import record_event
from core.models import School
from core.states import move
from participants.services.cycles import today_in
from roadmap.models import Cycle, Window
from surveys.content import Kind, content_from_json
from surveys.models import (
    Answerer,
    Campaign,
    CampaignState,
    QuestionnaireKind,
    QuestionnaireVersion,
    Respondent,
    VersionState,
    Wave,
)
from surveys.services.audience import fitting

PREPARED = (CampaignState.DRAFT, CampaignState.PLANNED)
"""The states in which everything about a campaign may still be changed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the curator settles about a campaign; with a `window` that has days the days are those of the window."""

    title: str
    wave: str
    is_anonymous: bool
    audience: Mapping[str, Any]
    opens_on: date
    closes_on: date
    window: Window | None = None
    remind_after: tuple[int, ...] = (3, 6)


def versions_to_ask(actor: Actor) -> QuerySet[QuestionnaireVersion]:
    """The newest version in use of each questionnaire that the school uses."""
    newest = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("questionnaire"), state=VersionState.PUBLISHED)
    rows = QuestionnaireVersion.objects.visible_to(actor).filter(questionnaire__is_used=True)
    found = rows.filter(pk=Subquery(newest.order_by("-number").values("pk")[:1]))
    return found.select_related("questionnaire__form").order_by("questionnaire__title")


def versions_by_kind(actor: Actor) -> dict[str, list[QuestionnaireVersion]]:
    """The same by what the questionnaire is for, in the order of the method's year."""
    found: dict[str, list[QuestionnaireVersion]] = {}
    for version in versions_to_ask(actor):
        found.setdefault(version.questionnaire.kind, []).append(version)
    return {str(kind.label): found[kind] for kind in QuestionnaireKind if kind in found}


def begin_campaign(*, cycle: Cycle, version: QuestionnaireVersion, plan: Plan, by: Actor) -> Campaign:
    """A campaign in preparation; nobody is asked yet. Raises DomainError for a plan that is impossible."""
    _refuse_plan(version, plan)
    with transaction.atomic():
        campaign = Campaign(cycle=cycle, version=version, created_by=by.user)
        _put(campaign, plan)
        campaign.save(force_insert=True)
        record_event(verb="add", thing=campaign, school=school_of(campaign), to_state=campaign.state, by=by)
    return campaign


def change_campaign(*, campaign: Campaign, plan: Plan, by: Actor) -> Campaign:
    """Change what is being prepared; of an open one the name, the last day and the reminders alone.

    Raises DomainError for a plan that is impossible, and for a campaign that is closed.
    """
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.state == CampaignState.CLOSED:
            raise TransitionRefused(_("The survey is closed, so nothing of it is changed any more."))
        if locked.state == CampaignState.OPEN:
            _put_open(locked, plan)
        else:
            _refuse_plan(locked.version, plan)
            _put(locked, plan)
        locked.save()
        record_event(verb="change", thing=locked, school=school_of(locked), by=by)
    return locked


def plan_campaign(*, campaign: Campaign, by: Actor) -> None:
    """Let the campaign open by itself on its first day. Raises DomainError where its last day has passed."""
    with transaction.atomic():
        locked = lock_campaign(campaign)
        refuse_past(locked)
        move(locked, CampaignState.PLANNED, school=school_of(locked), by=by)


def hold_campaign(*, campaign: Campaign, by: Actor) -> None:
    """Do not let it open by itself after all."""
    with transaction.atomic():
        locked = lock_campaign(campaign)
        move(locked, CampaignState.DRAFT, school=school_of(locked), by=by)


def remove_campaign(*, campaign: Campaign, by: Actor) -> None:
    """Take away a campaign of which nobody was asked. Raises TransitionRefused for any other."""
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.state not in PREPARED:
            raise TransitionRefused(_("People were asked in this survey already, so it is not removed."))
        record_event(verb="remove", thing=locked, school=school_of(locked), from_state=locked.state, by=by)
        locked.delete()


def excuse_people(*, campaign: Campaign, enrolments: Iterable[int], by: Actor) -> None:
    """Leave out these people of the audience and no others of it, before anybody is asked.

    Raises TransitionRefused once the campaign is open.
    """
    with transaction.atomic():
        locked = lock_campaign(campaign)
        if locked.state not in PREPARED:
            raise TransitionRefused(_("The survey is open already. Single people are left out before that."))
        wanted = set(fitting(locked).filter(pk__in=list(enrolments)).values_list("pk", flat=True))
        rows = Respondent.objects.filter(campaign=locked, enrolment__isnull=False)
        rows.exclude(enrolment__in=wanted).delete()
        known = set(rows.values_list("enrolment", flat=True))
        Respondent.objects.bulk_create(
            Respondent(campaign=locked, enrolment_id=key, is_excused=True) for key in sorted(wanted - known)
        )
        record_event(verb="excuse", thing=locked, school=school_of(locked), detail={"count": len(wanted)}, by=by)


def copy_campaign(*, campaign: Campaign, cycle: Cycle, by: Actor) -> Campaign:
    """The same asking in another year: the newest version in use, the same audience, the days moved by whole years.

    An activity of the roadmap that both years have is followed there too. Raises DomainError where the questionnaire
    has no version that could be asked so.
    """
    version = campaign.version.questionnaire.versions.filter(state=VersionState.PUBLISHED).first()
    assert version is not None  # the campaign was made with one
    years = cycle.year - campaign.cycle.year
    window = None
    if campaign.window:
        window = Window.objects.filter(cycle=cycle, activity=campaign.window.activity, starts_on__isnull=False).first()
    plan = Plan(
        title=campaign.title,
        wave=campaign.wave,
        is_anonymous=campaign.is_anonymous,
        audience=campaign.audience,
        opens_on=_years_on(campaign.opens_on, years),
        closes_on=_years_on(campaign.closes_on, years),
        window=window,
        remind_after=tuple(campaign.remind_after),
    )
    return begin_campaign(cycle=cycle, version=version, plan=plan, by=by)


def school_of(campaign: Campaign) -> School:
    return campaign.cycle.programme.school


def lock_campaign(campaign: Campaign) -> Campaign:
    """The campaign as it now stands, its row locked: before any respondent, and before the journal."""
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("cycle__programme__school", "version__questionnaire", "window").get(pk=campaign.pk)


def refuse_past(campaign: Campaign) -> None:
    """Raise DomainError where the last day for answers has passed."""
    if campaign.closes_on < today_in(school_of(campaign)):
        raise DomainError(_("The last day for answers has passed. Give the survey other days first."))


def refuse_anonymous(version: QuestionnaireVersion, wave: str) -> None:
    """Raise DomainError where what is asked cannot be asked without names."""
    asked = content_from_json(version.content)
    questions = [question for section in asked.sections for question in section.questions]
    kinds = {question.kind for question in questions}
    if Kind.FILE in kinds:
        raise DomainError(
            _("It asks for a file, and a file shows whose it is. Ask with names, or take that question out.")
        )
    if Kind.PEOPLE in kinds:
        raise DomainError(_("It asks whom somebody prefers, which means nothing without a name. Ask it with names."))
    if any(question.fills for question in questions):
        raise DomainError(_("Its answers go into the register of those who answer, so it is asked with names."))
    if wave and any(question.measure for question in questions):
        raise DomainError(
            _(
                "Its figures are compared person by person, before and after, so it is asked with names. "
                "Or choose that it is no measurement."
            )
        )


def _refuse_plan(version: QuestionnaireVersion, plan: Plan) -> None:
    if version.state != VersionState.PUBLISHED:
        raise DomainError(_("This questionnaire is still a draft. Put it to use first."))
    if plan.is_anonymous:
        refuse_anonymous(version, plan.wave)
    if version.questionnaire.answerer == Answerer.STAFF:
        if not plan.audience.get("roles"):
            raise DomainError(_("Tick whom of the staff you ask."))
        if plan.wave not in {"", Wave.NONE}:
            raise DomainError(_("Mentors and mentees are measured before and after, the staff is not."))


def _put(campaign: Campaign, plan: Plan) -> None:
    campaign.title, campaign.wave, campaign.is_anonymous = plan.title, plan.wave, plan.is_anonymous
    campaign.audience, campaign.window = dict(plan.audience), plan.window
    campaign.remind_after = list(plan.remind_after)
    campaign.opens_on, campaign.closes_on = days_of(plan.window) or (plan.opens_on, plan.closes_on)


def _put_open(campaign: Campaign, plan: Plan) -> None:
    if plan.closes_on < today_in(school_of(campaign)):
        raise DomainError(_("This day has passed. To end the survey now, close it."))
    if plan.closes_on != campaign.closes_on:
        campaign.window = None  # its own last day from now on
    campaign.title, campaign.closes_on, campaign.remind_after = plan.title, plan.closes_on, list(plan.remind_after)


def days_of(window: Window | None) -> tuple[date, date] | None:
    """The days of the activity; None where it has none."""
    if window is None or window.starts_on is None or window.ends_on is None:
        return None
    return window.starts_on, window.ends_on


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + years)
