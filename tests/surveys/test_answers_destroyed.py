"""Once a person or one side of him is destroyed by the school's own deed, no row tells what he answered."""

from __future__ import annotations

import pytest

from core.actors import SYSTEM
from core.models import StoredFile
from participants.models import ConsentPurpose, Destruction, Enrolment
from participants.services.carrying import carry_out
from participants.services.withdrawal import withdraw_consent
from surveys.models import Answer, Measurement, Respondent
from surveys.services.answers import send_response
from surveys.services.drafts import content_of, save_draft
from surveys.services.erasing import FILE_PURPOSE
from tests.factories import (
    AnswerFactory,
    MeasurementFactory,
    PersonFactory,
    RespondentFactory,
    StoredFileFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.test_destruction import rows_that_tell
from tests.surveys.sheets import campaign_of, outline, question

pytestmark = pytest.mark.django_db
WORD = "Сокровенноеслово"
ASKED = outline([question("why")])


def answered(part: Enrolment, word: str) -> Respondent:
    """He sent one survey, began another, was chosen in a third, and has a figure, all with this word about."""
    campaign = campaign_of(ASKED, cycle=part.cycle)
    row: Respondent = RespondentFactory(campaign=campaign, enrolment=part)
    raw = {"q-why": [word]}
    response = send_response(respondent=row, content=content_of(row), raw=raw, by=SYSTEM)
    file = StoredFileFactory(school=part.person.school, purpose=FILE_PURPOSE, name=f"{word}.pdf")
    AnswerFactory(response=response, question="q9", file=file)
    begun = RespondentFactory(campaign=campaign_of(ASKED, cycle=part.cycle), enrolment=part)
    save_draft(respondent=begun, content=content_of(begun), page={"was-why": ["seen"], **raw})
    MeasurementFactory(parameter__school=part.person.school, parameter__side=part.side, enrolment=part)
    AnswerFactory(question="whom", text="", chosen=part, number=1)
    return row


def test_after_the_destruction_of_a_person_no_row_holds_what_he_answered() -> None:
    part, other = cleared_enrolment(), cleared_enrolment()
    answered(part, WORD)
    answered(other, "Чужое")
    assert len(rows_that_tell(WORD)) == 3
    curator = actor_of(school=part.person.school)

    withdraw_consent(consent=part.person.consents.get(), by=curator)
    carry_out(destructions=[Destruction.objects.get().pk], sheets=0, by=curator)

    assert rows_that_tell(WORD) == []
    assert not Respondent.objects.filter(enrolment=part).exists()
    assert not Answer.objects.filter(chosen=part).exists()
    assert list(Measurement.objects.values_list("enrolment", flat=True)) == [other.pk]
    assert StoredFile.objects.filter(purpose=FILE_PURPOSE).count() == 1
    assert len(rows_that_tell("Чужое")) == 3


def test_after_the_destruction_of_one_side_what_he_answered_on_the_other_stands() -> None:
    mentee = cleared_enrolment(person=PersonFactory())
    mentor = cleared_enrolment(person=mentee.person, mentor=True)
    answered(mentee, WORD)
    answered(mentor, "Наставническое")
    curator = actor_of(school=mentee.person.school)

    withdraw_consent(consent=mentee.person.consents.get(purpose=ConsentPurpose.PROCESSING), by=curator)
    carry_out(destructions=[Destruction.objects.get().pk], sheets=0, by=curator)

    assert rows_that_tell(WORD) == []
    assert len(rows_that_tell("Наставническое")) == 3
    assert list(Measurement.objects.values_list("enrolment", flat=True)) == [mentor.pk]
