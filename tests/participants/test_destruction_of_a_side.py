"""Who is mentor and mentee takes one consent back: what was written on that side goes, the other goes on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import timezone

from core.actors import Actor
from core.models import StoredFile
from participants.models import (
    Consent,
    ConsentPurpose,
    Destruction,
    DestructionGround,
    DestructionState,
    Enrolment,
    Interview,
    Person,
    ThirdPartyNote,
)
from participants.services.carrying import carry_out
from participants.services.demanding import demand_destruction
from participants.services.destruction import lift_clock
from participants.services.destruction_days import end_keeping
from participants.services.destruction_terms import last_day_for
from participants.services.withdrawal import invalidate_consent, withdraw_consent
from tests.factories import (
    ConsentFactory,
    ConsentPageFactory,
    InterviewFactory,
    PersonFactory,
    ThirdPartyNoteFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.test_destruction import words_of_pdf

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Both:
    """One person on both sides, each with words and a consent in force."""

    person: Person
    mentee: Enrolment
    mentor: Enrolment
    curator: Actor

    def consent(self, purpose: ConsentPurpose) -> Consent:
        return self.person.consents.get(purpose=purpose)

    def due(self) -> list[tuple[str, str]]:
        rows = Destruction.objects.filter(person=self.person, state=DestructionState.DUE)
        return list(rows.values_list("side", "ground"))


@pytest.fixture
def both() -> Both:
    mentee = cleared_enrolment(person=PersonFactory(surname="Двойнов"))
    mentor = cleared_enrolment(person=mentee.person, mentor=True)
    mentee.request, mentor.competences = "Двойнов просит помочь", "Двойнов знает химию"
    mentee.save()
    mentor.save()
    ThirdPartyNoteFactory(enrolment=mentee, text="Двойнов стесняется")
    InterviewFactory(enrolment=mentor, note="Двойнов волнуется")
    return Both(mentee.person, mentee, mentor, actor_of(school=mentee.person.school))


def test_the_side_whose_consent_was_withdrawn_gets_its_clock_and_the_other_goes_on(both: Both) -> None:
    withdraw_consent(consent=both.consent(ConsentPurpose.PROCESSING), by=both.curator)

    row = Destruction.objects.get()
    assert both.due() == [("mentee", "withdrawn")]
    assert row.due_on == last_day_for(DestructionGround.WITHDRAWN, timezone.localdate(timezone=row.school.zone))
    assert list(both.person.enrolments.enrolled()) == [both.mentor]


def test_only_what_was_written_on_that_side_is_destroyed(both: Both) -> None:
    class_name = both.person.class_name
    withdraw_consent(consent=both.consent(ConsentPurpose.PROCESSING), by=both.curator)
    carry_out(destructions=[Destruction.objects.get().pk], sheets=0, by=both.curator)

    row = Destruction.objects.get()
    for held in (both.person, both.mentee, both.mentor):
        held.refresh_from_db()
    assert (both.person.surname, both.person.class_name, both.person.destroyed_at) == ("Двойнов", class_name, None)
    assert (both.mentee.request, both.mentor.competences) == ("", "Двойнов знает химию")
    assert (ThirdPartyNote.objects.count(), Interview.objects.count()) == (0, 1)
    assert both.consent(ConsentPurpose.MENTOR).state == "in_force"
    assert row.act
    told = words_of_pdf(row.act).replace("\u00a0", " ")
    assert "в качестве наставляемого" in told
    assert "дата рождения" not in told


def test_after_the_term_only_the_papers_of_that_side_go(both: Both) -> None:
    kept = {row.purpose: ConsentPageFactory(consent=row).file_id for row in both.person.consents.all()}
    withdraw_consent(consent=both.consent(ConsentPurpose.PROCESSING), by=both.curator)
    carry_out(destructions=[Destruction.objects.get().pk], sheets=0, by=both.curator)
    again = ConsentPageFactory(consent=ConsentFactory(person=both.person, guardian=None, in_force=True)).file_id
    Destruction.objects.update(kept_until="2020-01-01")

    end_keeping()

    left = set(StoredFile.objects.filter(pk__in=[*kept.values(), again]).values_list("pk", flat=True))
    assert left == {kept[ConsentPurpose.MENTOR], again}


def test_a_side_of_which_nothing_is_written_has_nothing_to_destroy() -> None:
    mentor = cleared_enrolment(mentor=True)
    person, by = mentor.person, actor_of(school=mentor.person.school)
    cleared_enrolment(person=person, request="")
    withdraw_consent(consent=person.consents.get(purpose=ConsentPurpose.PROCESSING), by=by)
    row = Destruction.objects.get()

    assert carry_out(destructions=[row.pk], sheets=0, by=by) == []

    row.refresh_from_db()
    assert (row.state, row.act) == (DestructionState.LIFTED, None)


def test_the_second_withdrawal_takes_the_first_clock_in_and_keeps_its_day(both: Both) -> None:
    withdraw_consent(consent=both.consent(ConsentPurpose.PROCESSING), by=both.curator)
    Destruction.objects.update(due_on="2026-01-15")

    withdraw_consent(consent=both.consent(ConsentPurpose.MENTOR), by=both.curator)

    rows = Destruction.objects.order_by("pk").values_list("side", "state", "due_on")
    assert [(side, state, str(day)) for side, state, day in rows] == [
        ("mentee", "lifted", "2026-01-15"),
        ("", "due", "2026-01-15"),
    ]


def test_a_new_consent_to_one_side_leaves_the_clock_of_the_other(both: Both) -> None:
    for purpose in (ConsentPurpose.PROCESSING, ConsentPurpose.MENTOR):
        withdraw_consent(consent=both.consent(purpose), by=both.curator)
    day = Destruction.objects.get(state=DestructionState.DUE).due_on
    ConsentFactory(person=both.person, guardian=None, purpose=ConsentPurpose.MENTOR, in_force=True)

    lift_clock(person=both.person, by=both.curator)

    assert both.due() == [("mentee", "withdrawn")]
    assert Destruction.objects.get(state=DestructionState.DUE).due_on == day


def test_a_new_consent_to_that_side_stops_its_clock(both: Both) -> None:
    withdraw_consent(consent=both.consent(ConsentPurpose.PROCESSING), by=both.curator)
    ConsentFactory(person=both.person, guardian=None, in_force=True)

    lift_clock(person=both.person, by=both.curator)

    assert both.due() == []


def test_what_never_held_goes_in_ten_working_days_though_the_other_side_is_allowed(both: Both) -> None:
    invalidate_consent(consent=both.consent(ConsentPurpose.PROCESSING), reason="подписал сосед", by=both.curator)

    assert both.due() == [("mentee", "unlawful")]


def test_a_demand_takes_everything_whatever_clock_runs(both: Both) -> None:
    withdraw_consent(consent=both.consent(ConsentPurpose.PROCESSING), by=both.curator)

    demand_destruction(person=both.person, ground=DestructionGround.DEMAND, by=both.curator)

    assert both.due() == [("", "demand")]
