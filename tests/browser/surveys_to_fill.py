"""Every standard questionnaire, and one with every kind of question, asked of five, four of whom have answered.

Run by `manage.py shell` while the installation runs; prints a line of JSON: the campaigns by key, and who can be chosen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.tokens import digest
from core.actors import SYSTEM
from core.models import Membership, Role, School
from participants.models import Enrolment
from surveys.content import content_to_json
from surveys.models import Answerer, Campaign, Questionnaire, Respondent
from surveys.services.answers import send_response
from surveys.services.questionnaires import give_standard_questionnaires
from tests.browser.filling import ALL_KINDS, CONTENTS, OTHERS, Asking
from tests.factories import (
    CampaignFactory,
    CycleFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
    RespondentFactory,
    SchoolFactory,
    UserFactory,
    cleared_enrolment,
)
from tests.factories.rows import RowFactory
from tests.surveys.sheets import token_of

BORN = date(2013, 3, 9)
SIDES = {"mentee": "Анкетин", "mentor": "Наставников"}
Part = Enrolment | Membership
People = dict[str, dict[str, str]]


def make() -> dict[str, Any]:
    for made in RowFactory.__subclasses__():
        made.reset_sequence(1_000, force=True)  # other surveys were made here
    school = SchoolFactory(short_name="Школа для анкет")
    cycle = CycleFactory(programme__school=school)
    parts: dict[str, Sequence[Any]] = _taking_part(school, cycle) | {Answerer.STAFF.value: _staff(school)}
    give_standard_questionnaires(school, SYSTEM)
    own = QuestionnaireFactory(school=school, key=ALL_KINDS, title="Вопросы всех видов")
    QuestionnaireVersionFactory(questionnaire=own, published=True, content=content_to_json(CONTENTS[ALL_KINDS]))
    people = {side: {str(one.pk): one.person.short_name for one in parts[side]} for side in SIDES}
    rows = Questionnaire.objects.filter(school=school)
    asked = {row.key: _ask(row, cycle, parts[row.answerer], people) for row in rows}
    return {"asked": asked, "people": people}


def _taking_part(school: School, cycle: Any) -> dict[str, Sequence[Any]]:
    form = EnrolmentFactory(person__school=school, cycle=cycle, left=True).form
    return {
        side: [
            cleared_enrolment(
                person=PersonFactory(school=school, surname=f"{surname}{number}", birth_date=BORN),
                cycle=cycle,
                form=form,
                mentor=side == "mentor",
            )
            for number in range(1, OTHERS + 2)
        ]
        for side, surname in SIDES.items()
    }


def _staff(school: School) -> list[Membership]:
    """The curator and the administrator, who log in, and others who are asked as well."""
    rows = []
    for login, role in (("curator", Role.CURATOR), ("head", Role.ADMINISTRATOR)):
        user = UserFactory(email=f"{login}@anketa.test")
        user.set_password("Anketa-2026-list")
        user.save()
        rows.append(MembershipFactory(user=user, school=school, role=role))
    return [*rows, *(MembershipFactory(school=school, role=Role.CLASS_TEACHER) for _one in range(OTHERS - 1))]


def _ask(questionnaire: Questionnaire, cycle: Any, parts: Sequence[Part], people: People) -> dict[str, Any]:
    """The campaign, open, and the way in for the first of them; the others have answered."""
    campaign = CampaignFactory(
        cycle=cycle,
        version=questionnaire.versions.get(),
        title=questionnaire.title,
        open=True,
        closes_on=date(2030, 5, 31),
    )
    first, *others = (_respondent(campaign, part) for part in parts)
    asking = Asking(CONTENTS[questionnaire.key], people)
    for row in others:
        send_response(respondent=row, content=asking.content, raw=asking.typed_by_others(), by=SYSTEM)
    return {"campaign": campaign.pk, "respondent": first.pk, "token": token_of(first)}


def _respondent(campaign: Campaign, part: Part) -> Respondent:
    given = {"enrolment": None, "membership": part} if isinstance(part, Membership) else {"enrolment": part}
    row: Respondent = RespondentFactory(campaign=campaign, **given)
    row.letter_hash = digest(token_of(row))
    row.save()
    return row


with transaction.atomic():
    found = make()
print(json.dumps(found))
