"""People who may be asked, and campaigns that ask them."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.models import School
from participants.models import Enrolment, Guardian
from roadmap.models import Cycle
from surveys.models import Answerer, Campaign
from surveys.services.opening import open_campaign
from tests.factories import (
    CampaignFactory,
    CycleFactory,
    GuardianshipFactory,
    PersonFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    actor_of,
    cleared_enrolment,
)

FIRST, LAST = date(2026, 10, 5), date(2026, 10, 16)
AUDIENCE: dict[str, Any] = {"forms": [], "classes": [], "states": ["enrolled", "ready"], "roles": []}


def year(school: School | None = None) -> Cycle:
    return CycleFactory(**({"programme__school": school} if school else {}))


def prepared(cycle: Cycle, answerer: str = Answerer.MENTEE, content: Any = None, **columns: Any) -> Campaign:
    """A campaign of these days with a questionnaire in use."""
    questionnaire = QuestionnaireFactory(school=cycle.programme.school, answerer=answerer)
    given = {"content": content} if content else {}
    version = QuestionnaireVersionFactory(questionnaire=questionnaire, published=True, **given)
    named = {"opens_on": FIRST, "closes_on": LAST, "audience": AUDIENCE} | columns
    return CampaignFactory(cycle=cycle, version=version, **named)


def mentee(cycle: Cycle, guardian: Guardian | str | None = "", **person: Any) -> Enrolment:
    """A pupil with his consent in force, and a guardian: one with an address, this one, or (None) nobody."""
    child = PersonFactory(school=cycle.programme.school, **person)
    part = cleared_enrolment(person=child, cycle=cycle)
    if guardian is not None:
        GuardianshipFactory(minor=child, **({"guardian": guardian} if guardian else {}))
    return part


def mentor(cycle: Cycle, **columns: Any) -> Enrolment:
    """A teacher with his consent as a mentor in force, with an address of his own."""
    teacher = PersonFactory(school=cycle.programme.school, teacher=True, **columns)
    return cleared_enrolment(person=teacher, cycle=cycle, mentor=True)


def opened(campaign: Campaign) -> Campaign:
    open_campaign(campaign=campaign, by=actor_of(school=campaign.cycle.programme.school))
    campaign.refresh_from_db()
    return campaign
