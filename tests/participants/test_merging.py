"""Two rows that are one person become one: what is chosen, what goes over, what collides, what keeps them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Event, Notice, Role
from pairing.models import Match, Place
from participants.holding import all_held_on
from participants.models import (
    Attendance,
    Consent,
    ConsentState,
    Distinction,
    Enrolment,
    EnrolmentState,
    Guardian,
    Guardianship,
    LinkState,
    Person,
    PersonalLink,
)
from participants.register.history import events_of
from participants.register.merging import merging_of, preview_of, state_of
from participants.services.merging import merge_people
from participants.services.register import is_cleared
from tests.factories import (
    AgreementFactory,
    AnswerFactory,
    AttendanceFactory,
    CampaignFactory,
    ChargeFactory,
    ConsentFactory,
    DestructionFactory,
    DistinctionFactory,
    EnrolmentFactory,
    GuardianFactory,
    GuardianshipFactory,
    GuestFactory,
    InterviewFactory,
    MatchFactory,
    MeasurementFactory,
    MentorshipFactory,
    NoticeFactory,
    PairNoteFactory,
    ParameterFactory,
    PersonalLinkFactory,
    PersonFactory,
    PlaceFactory,
    RespondentFactory,
    ResponseFactory,
    ScenarioBanFactory,
    ScenarioPairFactory,
    SeatFactory,
    SheetRowFactory,
    ThirdPartyNoteFactory,
    TrainingFactory,
    UserFactory,
    actor_of,
)
from tests.pairing.crowd import Race, run

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def two(**columns: Any) -> tuple[Person, Person]:
    """The same pupil, entered twice."""
    kept = PersonFactory(surname="Ёлкин", **columns)
    return kept, PersonFactory(surname="Елкин", school=kept.school, **columns)


def merge(kept: Person, gone: Person, *taken: str, by: Actor | None = None) -> Person:
    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    return merge_people(
        kept=kept,
        gone=gone,
        taken=dict.fromkeys(taken, True),
        seen=state_of(kept, gone),
        by=by or actor_of(school=kept.school),
    )


def twice_enrolled(kept: Person, gone: Person, **columns: Any) -> tuple[Enrolment, Enrolment]:
    """Both take part in the same year, on one side of one form."""
    one = EnrolmentFactory(person=kept, **columns)
    return one, EnrolmentFactory(person=gone, cycle=one.cycle, form=one.form, side=one.side, **columns)


# ---------------------------------------------------------------- nothing refers to the row that is gone

MAKERS: dict[str, Callable[[Person], object]] = {
    "Charge.person": lambda person: ChargeFactory(membership__school=person.school, person=person, class_name=""),
    "Consent.person": lambda person: ConsentFactory(person=person, cancelled=True),
    "Destruction.person": lambda person: DestructionFactory(person=person, lifted=True),
    "Distinction.first": lambda person: DistinctionFactory(first=person),
    "Distinction.second": lambda person: DistinctionFactory(
        first=Person.objects.filter(school=person.school).earliest("pk"), second=person
    ),
    "Enrolment.person": lambda person: EnrolmentFactory(person=person),
    "Guardianship.minor": lambda person: GuardianshipFactory(minor=person),
    "PersonalLink.person": lambda person: PersonalLinkFactory(person=person),
    "SheetRow.person": lambda person: SheetRowFactory(sheet__school=person.school, person=person),
}
PART_MAKERS: dict[str, Callable[[Enrolment], object]] = {
    "Attendance.enrolment": lambda part: AttendanceFactory(enrolment=part),
    "Interview.enrolment": lambda part: InterviewFactory(enrolment=part),
    "SheetRow.enrolment": lambda part: SheetRowFactory(sheet__school=part.person.school, enrolment=part),
    "ThirdPartyNote.enrolment": lambda part: ThirdPartyNoteFactory(enrolment=part),
    "Match.mentor": lambda part: MatchFactory(school=part.person.school, mentor=part, dropped=True),
    "Match.mentee": lambda part: MatchFactory(school=part.person.school, mentee=part, dropped=True),
    "Mentorship.mentor": lambda part: MentorshipFactory(school=part.person.school, mentor=part),
    "Place.mentee": lambda part: PlaceFactory(school=part.person.school, mentee=part),
    "Agreement.enrolment": lambda part: AgreementFactory(match__school=part.person.school, match__mentee=part),
    "PairNote.mentor": lambda part: PairNoteFactory(school=part.person.school, mentor=part),
    "PairNote.mentee": lambda part: PairNoteFactory(school=part.person.school, mentee=part),
    "ScenarioPair.mentor": lambda part: ScenarioPairFactory(mentor=part),
    "ScenarioPair.mentee": lambda part: ScenarioPairFactory(mentee=part),
    "ScenarioBan.mentor": lambda part: ScenarioBanFactory(mentor=part),
    "ScenarioBan.mentee": lambda part: ScenarioBanFactory(mentee=part),
    "Guest.enrolment": lambda part: GuestFactory(enrolment=part),
    "Seat.mentor": lambda part: SeatFactory(mentor=part),
    "Seat.mentee": lambda part: SeatFactory(mentee=part),
    "Respondent.enrolment": lambda part: RespondentFactory(campaign__cycle=part.cycle, enrolment=part),
    "Answer.chosen": lambda part: AnswerFactory(question="who", text="", number=1, chosen=part),
    "Measurement.enrolment": lambda part: MeasurementFactory(parameter__school=part.person.school, enrolment=part),
    "Enrolment_areas.enrolment": lambda part: part.areas.create(school=part.person.school, name="Математика"),
}


def references_to(model: type[models.Model]) -> dict[str, models.ManyToOneRel]:
    """Every foreign key to the model, by `Model.column`."""
    relations = model._meta.get_fields(include_hidden=True)
    return {
        f"{row.related_model.__name__}.{row.field.name}": row
        for row in relations
        if isinstance(row, models.ManyToOneRel)
    }


def test_this_file_knows_every_key_that_points_to_a_person_or_a_part() -> None:
    assert references_to(Person).keys() == MAKERS.keys()
    assert references_to(Enrolment).keys() == PART_MAKERS.keys()


@pytest.mark.parametrize("name", MAKERS)
def test_whatever_refers_to_the_one_that_goes_refers_to_the_one_that_stays(name: str) -> None:
    kept, gone = two()
    other = PersonFactory(school=kept.school)
    MAKERS[name](gone)
    relation = references_to(Person)[name]
    rows, column = relation.related_model._base_manager, relation.field.name
    assert rows.filter(**{column: gone}).count() == 1

    merge(kept, gone)

    assert not Person.objects.filter(pk=gone.pk).exists()
    is_own = name == "Distinction.second"  # it told the two themselves apart
    touching = {f"{column}__in": [kept.pk, other.pk]} if name.startswith("Distinction") else {column: kept.pk}
    assert rows.filter(**touching).count() == (0 if is_own else 1)


@pytest.mark.parametrize("name", PART_MAKERS)
def test_whatever_hangs_on_a_part_that_both_have_goes_over_to_the_one_that_stays(name: str) -> None:
    kept, gone = two()
    mentor = name in {"Attendance.enrolment", "Interview.enrolment", "Match.mentor", "Mentorship.mentor"}
    stays, goes = twice_enrolled(kept, gone, **{"mentor": True} if mentor else {})
    PART_MAKERS[name](goes)
    relation = references_to(Enrolment)[name]
    rows, column = relation.related_model._base_manager, relation.field.name

    merge(kept, gone)

    assert Enrolment.objects.filter(person=kept, pk=stays.pk).exists()
    assert not Enrolment.objects.filter(pk=goes.pk).exists()
    assert rows.filter(**{column: stays}).count() == 1


# ---------------------------------------------------------------- columns


def test_each_column_has_the_value_that_was_chosen_and_the_journal_names_no_value() -> None:
    kept, gone = two()
    Person.objects.filter(pk=gone.pk).update(patronymic="Ильич", class_name="8 «А»")

    person = merge(kept, gone, "class_name")

    person.refresh_from_db()
    assert (person.surname, person.patronymic, person.class_name) == ("Ёлкин", "Захарович", "8 «А»")
    assert (person.class_key, person.sort_key) == ("000008 а", "елкин мирон захарович")
    event = Event.objects.get(verb="merge")
    assert (event.thing, event.detail) == (
        f"person:{kept.pk}",
        {"gone": gone.pk, "columns": ["class_name"], "parts": []},
    )


def test_what_the_register_may_not_hold_is_not_made_by_a_choice() -> None:
    kept = PersonFactory()
    gone = PersonFactory(school=kept.school, teacher=True)

    with pytest.raises(DomainError, match="через родителей"):
        merge(kept, gone, "email")

    assert Person.objects.count() == 2


def test_what_was_changed_since_the_page_was_opened_is_looked_at_again() -> None:
    kept, gone = two()
    seen = state_of(kept, gone)
    Person.objects.filter(pk=gone.pk).update(class_name="9 «В»")

    with pytest.raises(DomainError, match="изменили"):
        merge_people(kept=kept, gone=gone, taken={}, seen=seen, by=actor_of(school=kept.school))

    assert Person.objects.count() == 2


# ---------------------------------------------------------------- clashes that end by themselves


def test_of_two_parts_in_one_form_the_farther_stays_and_takes_what_it_lacks() -> None:
    kept, gone = two(teacher=True)
    ours, theirs = twice_enrolled(kept, gone, mentor=True)
    Enrolment.objects.filter(pk=ours.pk).update(interests="шахматы", competences="старое")
    Enrolment.objects.filter(pk=theirs.pk).update(state=EnrolmentState.READY, competences="физика", interests="")
    training = TrainingFactory(cycle=ours.cycle)
    AttendanceFactory(enrolment=ours, training=training, came=True)
    AttendanceFactory(enrolment=theirs, training=training)

    merge(kept, gone)

    part = Enrolment.objects.get()
    assert (part.pk, part.person, part.state) == (theirs.pk, kept, EnrolmentState.READY)
    assert (part.competences, part.interests) == ("физика", "шахматы")
    assert Attendance.objects.get().has_come is True


def test_the_same_mother_stays_once_with_both_contacts_and_her_consents_and_links() -> None:
    kept, gone = two()
    names = {"surname": "Ёлкина", "given_name": "Вера", "patronymic": "Павловна", "school": kept.school}
    ours = GuardianshipFactory(minor=kept, guardian=GuardianFactory(**names, email="vera@home.test", phone=""))
    theirs = GuardianshipFactory(
        minor=gone, guardian=GuardianFactory(**names | {"surname": "Елкина"}, email="", phone="+7 900 000-00-00")
    )
    ConsentFactory(person=gone, guardian=theirs.guardian, in_force=True)
    PersonalLinkFactory(person=gone, guardian=theirs.guardian)

    merge(kept, gone)

    mother = Guardian.objects.get()
    assert (mother.pk, mother.email, mother.phone) == (ours.guardian_id, "vera@home.test", "+7 900 000-00-00")
    assert Guardianship.objects.get().minor == kept
    assert (Consent.objects.get().guardian, PersonalLink.objects.get().guardian) == (mother, mother)


def test_a_mother_of_another_address_stays_beside_the_first() -> None:
    kept, gone = two()
    names = {"surname": "Ёлкина", "given_name": "Вера", "patronymic": "Павловна", "school": kept.school}
    for minor in (kept, gone):
        GuardianshipFactory(minor=minor, guardian=GuardianFactory(**names))

    merge(kept, gone)

    assert Guardianship.objects.filter(minor=kept).count() == 2


def test_the_preview_says_which_answers_and_figures_are_lost_because_both_have_them() -> None:
    kept, gone = two()
    stays, goes = twice_enrolled(kept, gone)
    campaign, parameter = CampaignFactory(cycle=stays.cycle), ParameterFactory(school=kept.school)
    for part in (stays, goes):
        ResponseFactory(respondent=RespondentFactory(campaign=campaign, enrolment=part))
        MeasurementFactory(parameter=parameter, enrolment=part)
    preview = preview_of(merging_of(kept, gone))

    merge(kept, gone)

    words = " ".join(preview.settled)
    assert ("ответили обе записи: 1" in words, "есть у обеих записей: 1" in words) == (True, True)
    assert (stays.respondents.count(), stays.measurements.count()) == (1, 1)


def test_of_two_consents_in_force_by_one_signer_the_newer_holds() -> None:
    kept, gone = two()
    mother = GuardianshipFactory(minor=kept).guardian
    GuardianshipFactory(minor=gone, guardian=mother)
    older = ConsentFactory(person=kept, guardian=mother, in_force=True)
    newer = ConsentFactory(person=gone, guardian=mother, in_force=True, decided_at=timezone.now() + timedelta(hours=1))
    preview = preview_of(merging_of(kept, gone))

    merge(kept, gone)

    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.state, newer.state, newer.person) == (ConsentState.REPLACED, ConsentState.IN_FORCE, kept)
    assert any("более новое" in words for words in preview.settled)


def test_of_two_open_links_for_one_signer_the_one_of_the_row_that_goes_is_revoked() -> None:
    kept, gone = two()
    mother = GuardianshipFactory(minor=kept).guardian
    GuardianshipFactory(minor=gone, guardian=mother)
    ours = PersonalLinkFactory(person=kept, guardian=mother)
    theirs = PersonalLinkFactory(person=gone, guardian=mother)

    merge(kept, gone)

    assert dict(PersonalLink.objects.values_list("pk", "state")) == {
        ours.pk: LinkState.OPEN,
        theirs.pk: LinkState.REVOKED,
    }


def test_the_account_of_either_goes_with_the_person_and_so_do_letters() -> None:
    kept, gone = two(teacher=True)
    user = UserFactory()
    Person.objects.filter(pk=gone.pk).update(user=user)
    NoticeFactory(school=kept.school, payload={"person": gone.pk})

    person = merge(kept, gone)

    assert (person.user, Notice.objects.get().payload) == (user, {"person": kept.pk})


def test_who_was_told_apart_from_both_stays_told_apart_once() -> None:
    kept, gone = two()
    other = PersonFactory(school=kept.school)
    for person in (kept, gone):
        DistinctionFactory(first=person, second=other)

    merge(kept, gone)

    row = Distinction.objects.get()
    assert (row.first, row.second) == (kept, other)


# ---------------------------------------------------------------- guardians who said different things of the two


def with_guardian(person: Person, **state: Any) -> Consent:
    return ConsentFactory(person=person, guardian=GuardianshipFactory(minor=person).guardian, **state)


@pytest.mark.parametrize("said_no", ["declined", "withdrawn", "contested"])
@pytest.mark.parametrize("given", ["in_force", "accepted"])
def test_what_one_gave_and_another_refused_for_the_same_child_is_contested(given: str, said_no: str) -> None:
    kept, gone = two()
    ours = with_guardian(kept, **{given: True}, decided_at=timezone.now() + timedelta(hours=1))
    with_guardian(gone, **{said_no: True})
    preview = preview_of(merging_of(kept, gone))

    merge(kept, gone)

    ours.refresh_from_db()
    assert (ours.state, is_cleared(kept)) == (ConsentState.CONTESTED, False)
    assert ["Законные представители не согласны" in words for words in preview.settled] == [True]
    assert Notice.objects.get().kind == "consent-contested"


def test_a_consent_that_the_same_mother_gave_twice_stays_contested_once() -> None:
    kept, gone = two()
    mother = GuardianshipFactory(minor=kept).guardian
    GuardianshipFactory(minor=gone, guardian=mother)
    ours = ConsentFactory(person=kept, guardian=mother, in_force=True)
    theirs = ConsentFactory(person=gone, guardian=mother, contested=True)

    merge(kept, gone)

    assert dict(Consent.objects.values_list("pk", "state")) == {ours.pk: "replaced", theirs.pk: "contested"}


def test_a_copy_that_waits_is_checked_before_a_dispute_is_brought_together() -> None:
    kept, gone = two()
    mother = GuardianshipFactory(minor=kept).guardian
    GuardianshipFactory(minor=gone, guardian=mother)
    ConsentFactory(person=kept, guardian=mother, in_force=True)
    ConsentFactory(person=gone, guardian=mother, sent=True)
    with_guardian(gone, declined=True)

    with pytest.raises(DomainError, match="одно и то же согласие"):
        merge(kept, gone)


@pytest.mark.parametrize("asked", ["kept", "gone"])
def test_nobody_is_asked_any_more_for_what_was_given_for_the_other(asked: str) -> None:
    kept, gone = two()
    one, other = (kept, gone) if asked == "kept" else (gone, kept)
    request, given = with_guardian(one), with_guardian(other, in_force=True)
    renewal = with_guardian(other)
    preview = preview_of(merging_of(kept, gone))

    merge(kept, gone)

    states = dict(Consent.objects.values_list("pk", "state"))
    assert states == {request.pk: "cancelled", given.pk: "in_force", renewal.pk: "asked"}
    assert ["запрос согласия" in words for words in preview.settled] == [True]


# ---------------------------------------------------------------- what keeps them apart


def both_log_in(kept: Person, gone: Person) -> None:
    for person in (kept, gone):
        Person.objects.filter(pk=person.pk).update(user=UserFactory())


def both_are_asked(kept: Person, gone: Person) -> None:
    mother = GuardianshipFactory(minor=kept).guardian
    GuardianshipFactory(minor=gone, guardian=mother)
    for person in (kept, gone):
        ConsentFactory(person=person, guardian=mother)


def one_is_to_be_destroyed(kept: Person, gone: Person) -> None:
    DestructionFactory(person=gone)


def one_mentors_the_other(kept: Person, gone: Person) -> None:
    mentor = EnrolmentFactory(person=kept, mentor=True)
    mentee = EnrolmentFactory(person=gone, cycle=mentor.cycle, form=mentor.form)
    MatchFactory(school=kept.school, mentor=mentor, mentee=mentee, dropped=True)


def both_are_paired(kept: Person, gone: Person) -> None:
    for part in twice_enrolled(kept, gone):
        MatchFactory(school=kept.school, mentee=part)


@pytest.mark.parametrize(
    ("arrange", "words"),
    [
        (both_log_in, "Оба входят"),
        (both_are_asked, "одно и то же согласие"),
        (one_is_to_be_destroyed, "подлежат уничтожению"),
        (one_mentors_the_other, "это два человека"),
        (both_are_paired, "Оба в паре"),
    ],
)
def test_what_can_not_be_settled_is_refused_in_words_and_changes_nothing(
    arrange: Callable[[Person, Person], None], words: str
) -> None:
    kept, gone = two()
    arrange(kept, gone)
    refusals = preview_of(merging_of(*Person.objects.filter(pk__in=[kept.pk, gone.pk]).order_by("pk"))).refusals

    with pytest.raises(DomainError, match=words):
        merge(kept, gone)

    assert [words in refusal for refusal in refusals] == [True]
    assert Person.objects.filter(pk=gone.pk).exists()
    assert not Event.objects.filter(verb="merge").exists()


def test_people_of_two_schools_are_never_one() -> None:
    with pytest.raises(DomainError, match="одной школы"):
        merge(PersonFactory(), PersonFactory())


def test_a_pair_goes_on_when_its_mentee_was_entered_twice() -> None:
    kept, gone = two()
    stays, goes = twice_enrolled(kept, gone)
    place = PlaceFactory(school=kept.school, match__mentee=goes)

    merge(kept, gone)

    assert (Place.objects.get(pk=place.pk).mentee, Match.objects.get().mentee) == (stays, stays)


# ---------------------------------------------------------------- the page, and two curators at once


def test_the_page_shows_both_merges_once_and_leads_to_the_card(log_in: LogIn) -> None:
    kept, gone = two(birth_date=date(2013, 5, 6))
    GuardianshipFactory(minor=gone, guardian__surname="Ёлкина")
    browser = log_in(actor_of(school=kept.school))
    page = f"/participants/{gone.pk}/merge/?with={kept.pk}"

    shown = browser.get(page).content.decode()
    form = {"seen": state_of(kept, gone), "surname": "gone", "once": "a"}
    answers = [browser.post(page, form) for _ in range(2)]

    assert ("Ёлкин" in shown, "Елкин" in shown, "родители и представители: 1" in shown) == (True, True, True)
    assert [answer["Location"] for answer in answers] == [f"/participants/{kept.pk}/"] * 2
    assert Person.objects.get().surname == "Елкин"


def test_the_page_says_why_two_can_not_be_one_and_a_stale_page_is_refused(log_in: LogIn) -> None:
    kept, gone = two()
    browser = log_in(actor_of(school=kept.school))
    page = f"/participants/{kept.pk}/merge/?with={gone.pk}"

    stale = browser.post(page, {"seen": "x", "surname": "kept"})
    both_log_in(kept, gone)
    refused = browser.get(page).content.decode()

    assert (stale.status_code, "изменили" in stale.content.decode()) == (400, True)
    assert ("Оба входят" in refused, '<button type="submit" class="btn btn-primary">' in refused) == (True, False)


def test_nobody_but_the_curator_of_the_school_merges(log_in: LogIn) -> None:
    kept, gone = two()
    page = f"/participants/{kept.pk}/merge/?with={gone.pk}"

    assert log_in(actor_of(Role.ADMINISTRATOR, kept.school)).get(page).status_code == 403
    assert log_in(actor_of()).get(page).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_curators_at_once_merge_once_and_the_others_are_told_in_words() -> None:
    by = actor_of()
    pairs: list[tuple[Person, Person]] = []

    def begin() -> None:
        kept = PersonFactory(school=by.school)
        pairs.append((kept, PersonFactory(school=by.school)))
        GuardianshipFactory(minor=pairs[-1][1])

    def attempt(number: int) -> object:
        kept, gone = pairs[-1][:: 1 if number % 2 else -1]
        return merge_people(kept=kept, gone=gone, taken={}, seen=state_of(kept, gone), by=by)

    def is_broken() -> bool:
        left = Person.objects.filter(pk__in=[row.pk for row in pairs[-1]])
        return left.count() != 1 or Guardianship.objects.filter(minor__in=left).count() != 1

    tally = run(Race("one merging", begin, attempt, is_broken, (Person,)))

    assert (tally.broken, tally.trouble, tally.done) == (0, Counter(), len(pairs))


def test_what_the_journal_says_of_a_person_follows_the_rows_that_were_made_one() -> None:
    first, second = two()
    third = PersonFactory(surname="Елкин", school=first.school)
    for person in (first, second, third, third):
        record_event(verb="view", thing=person, school=first.school, by=actor_of(school=first.school))
    record_event(verb="view", thing=PersonFactory(school=first.school), by=actor_of(school=first.school))

    merge(second, third)
    merge(first, second)

    lines = events_of(first).values_list("thing", "verb")
    assert Counter(lines) == {
        (f"person:{first.pk}", "view"): 1,
        (f"person:{first.pk}", "merge"): 1,
        (f"person:{second.pk}", "view"): 1,
        (f"person:{second.pk}", "merge"): 1,
        (f"person:{third.pk}", "view"): 2,
    }
    told = next(held for held in all_held_on(first) if str(held.title) == "Журнал событий")
    assert [value for _label, value in told.lines[0]] == ["6"]
