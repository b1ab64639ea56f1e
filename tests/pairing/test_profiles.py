"""What is read of everybody before pairs are scored, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Role, School
from pairing.models import Agreement, AgreementState
from pairing.profiles import fingerprint, profiles_of, read_profiles
from pairing.rules import FormRules
from pairing.scoring import MenteeProfile, MentorProfile, Weights
from participants.models import ConsentState, Enrolment, EnrolmentState, Person, PersonKind
from tests.factories import (
    AreaFactory,
    CampaignFactory,
    ChargeFactory,
    EnrolmentFactory,
    GuardianFactory,
    GuardianshipFactory,
    MatchFactory,
    MembershipFactory,
    MentorshipFactory,
    PairNoteFactory,
    PlaceFactory,
    RespondentFactory,
    ResponseFactory,
    RoleModelFactory,
    ThirdPartyNoteFactory,
    UserFactory,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def mentee() -> Enrolment:
    return cleared_enrolment(
        person__given_name="Глеб",
        person__patronymic="Ильич",
        person__surname="Тимофеев",
        person__birth_date=date(2013, 11, 2),
        request="Догнать алгебру",
        wanted_help="Не успеваю за классом",
        interests="шахматы",
        available=[215, 216],
        building="Ленина, 5",
        is_remote=True,
    )


def mentor_of(mentee: Enrolment, **columns: object) -> Enrolment:
    same = {"person__school": mentee.person.school, "cycle": mentee.cycle, "form": mentee.form}
    return cleared_enrolment(**same | columns, mentor=True)


def read(mentee: Enrolment) -> tuple[list[MenteeProfile], list[MentorProfile]]:
    return read_profiles(mentee.cycle, mentee.form, TODAY)


def digest_of(mentee: Enrolment) -> str:
    return fingerprint(*read(mentee), Weights(), FormRules())


def test_a_mentee_is_read_with_what_pairs_are_scored_by(mentee: Enrolment) -> None:
    area = AreaFactory(school=mentee.person.school, name="Математика")
    role = RoleModelFactory(form=mentee.form)
    mentee.areas.add(area)
    Enrolment.objects.filter(pk=mentee.pk).update(role_model=role)

    (one,), mentors = read(mentee)

    assert mentors == []
    assert (one.key, one.person, one.name) == (mentee.pk, mentee.person_id, "Тимофеев\u00a0Г.\u00a0И.")
    assert (one.first_name, one.patronymic, one.sex, one.age) == ("Глеб", "", "m", 13)
    assert (one.request, one.wanted_help, one.interests) == ("Догнать алгебру", "Не успеваю за классом", "шахматы")
    assert (dict(one.areas), sorted(one.hours), one.role_model) == ({area.pk: "Математика"}, [215, 216], role.pk)
    assert (one.building, one.is_remote, one.class_name) == ("Ленина, 5", True, "7 «Б»")


def test_a_mentor_is_read_with_his_wish_his_places_and_how_far_he_is(mentee: Enrolment) -> None:
    teacher = mentor_of(
        mentee,
        person__kind=PersonKind.TEACHER,
        person__birth_date=date(1980, 4, 2),
        person__given_name="Нина",
        person__patronymic="Андреевна",
        person__class_name="",
        person__sex="f",
        competences="Алгебра",
        achievements="Учитель года",
        wanted_age_from=12,
        state=EnrolmentState.READY,
        capacity=3,
    )
    PlaceFactory(mentorship=MentorshipFactory(school=mentee.person.school, mentor=teacher))

    mentees, (one,) = profiles_of([teacher.pk], TODAY)

    assert mentees == []
    assert (one.first_name, one.patronymic, one.sex, one.age) == ("Нина", "Андреевна", "f", 46)
    assert (one.competences, one.achievements) == ("Алгебра", "Учитель года")
    assert (one.wanted_age_from, one.wanted_age_to, one.is_ready, one.experience) == (12, None, True, 0)
    assert (one.party.places, one.party.free) == (3, 2)


def test_mentorships_led_to_their_end_in_any_year_are_experience(mentee: Enrolment) -> None:
    mentor = mentor_of(mentee)
    earlier = cleared_enrolment(person=mentor.person, mentor=True)
    for trait in ("finished", "finished", "stopped"):
        MentorshipFactory(school=mentee.person.school, mentor=earlier, **{trait: True})

    assert [row.experience for row in read(mentee)[1]] == [2]


def test_of_whom_no_consent_is_in_force_nothing_is_read_but_the_name(mentee: Enrolment) -> None:
    mentee.areas.add(AreaFactory(school=mentee.person.school))
    mentee.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())

    (one,), _mentors = read(mentee)

    assert one == MenteeProfile(
        key=mentee.pk, party=one.party, first_name="Глеб", class_name="7 «Б»", place=mentee.person.place
    )
    assert (one.name, one.party.is_cleared) == ("Тимофеев\u00a0Г.\u00a0И.", False)


def test_those_who_left_or_take_part_elsewhere_are_not_read(mentee: Enrolment) -> None:
    EnrolmentFactory(person__school=mentee.person.school, cycle=mentee.cycle, form=mentee.form, left=True)
    cleared_enrolment(person__school=mentee.person.school, cycle=mentee.cycle)
    cleared_enrolment(person__school=mentee.person.school, form=mentee.form)

    assert [row.key for row in read(mentee)[0]] == [mentee.pk]


def test_choices_after_the_group_meeting_and_notes_are_read_by_the_keys_of_enrolments(mentee: Enrolment) -> None:
    one, other = mentor_of(mentee), mentor_of(mentee)
    campaign = CampaignFactory(cycle=mentee.cycle, open=True)
    campaign.version.questionnaire.kind = "preference"
    campaign.version.questionnaire.save()
    respondent = RespondentFactory(campaign=campaign, enrolment=mentee, has_answered=True)
    sent_at = datetime(2026, 10, 9, tzinfo=UTC)
    response = ResponseFactory(campaign=campaign, respondent=respondent, sent=True, sent_at=sent_at)
    response.answers.create(question="people", chosen=other, number=1)
    response.answers.create(question="people", chosen=one, number=2)
    PairNoteFactory(mentee=mentee, mentor=one, is_for=True)
    PairNoteFactory(mentee=mentee, mentor=other)

    (profile,), mentors = read(mentee)

    assert (profile.chosen, profile.notes) == ({one.pk: 2, other.pk: 1}, {one.pk: True, other.pk: False})
    assert [row.chosen for row in mentors] == [{}, {}]


# ---------------------------------------------------------------- family, class teachers, the past


def as_guardian(mentee: Enrolment, **columns: object) -> None:
    guardian = GuardianFactory(school=mentee.person.school, **columns)
    GuardianshipFactory(minor=mentee.person, guardian=guardian)


def by_account(mentee: Enrolment, mentor: Enrolment) -> None:
    Person.objects.filter(pk=mentor.person_id).update(user=(user := UserFactory()))
    as_guardian(mentee, user=user)


def by_address(mentee: Enrolment, mentor: Enrolment) -> None:
    as_guardian(mentee, email=mentor.person.email.upper())


def by_telephone(mentee: Enrolment, mentor: Enrolment) -> None:
    Person.objects.filter(pk=mentor.person_id).update(phone="8 (912) 345-67-89")
    as_guardian(mentee, phone="+79123456789")


@pytest.mark.parametrize("alike", [by_account, by_address, by_telephone])
def test_a_mentor_who_represents_the_mentee_is_his_relative(
    mentee: Enrolment, alike: Callable[[Enrolment, Enrolment], None]
) -> None:
    mother, stranger = (mentor_of(mentee, person__teacher=True) for _ in range(2))
    alike(mentee, mother)
    as_guardian(cleared_enrolment(person__school=mentee.person.school), email=stranger.person.email)

    (profile,), _mentors = read(mentee)

    assert profile.relatives == {mother.person_id}


def test_those_whom_one_adult_represents_are_of_one_family(mentee: Enrolment) -> None:
    brother, stranger = mentor_of(mentee), mentor_of(mentee)
    guardian = GuardianFactory(school=mentee.person.school)
    for enrolment in (mentee, brother):
        GuardianshipFactory(minor=enrolment.person, guardian=guardian)
    GuardianshipFactory(
        minor=stranger.person, guardian__school=mentee.person.school, guardian__phone="+7 912 345-67-89"
    )
    as_guardian(mentee, phone="+7 912 345-67-89")

    assert read(mentee)[0][0].relatives == {brother.person_id}


def test_a_namesake_is_no_relative(mentee: Enrolment) -> None:
    teacher = mentor_of(mentee, person__teacher=True).person
    as_guardian(mentee, surname=teacher.surname, given_name=teacher.given_name, patronymic=teacher.patronymic)

    assert read(mentee)[0][0].relatives == frozenset()


def test_a_class_teacher_is_known_by_the_class_and_by_the_pupil(mentee: Enrolment) -> None:
    school = mentee.person.school
    of_class, of_pupil, of_other, of_before = (
        mentor_of(mentee, person__teacher=True, person__user=UserFactory()) for _ in range(4)
    )
    ChargeFactory(membership=member(school, of_class), class_name="7 «Б»")
    ChargeFactory(membership=member(school, of_pupil), class_name="", person=mentee.person)
    ChargeFactory(membership=member(school, of_other), class_name="7 «А»")
    ChargeFactory(membership=member(school, of_before, ended_at=timezone.now()), class_name="7 «Б»")

    assert read(mentee)[0][0].class_teachers == {of_class.person_id, of_pupil.person_id}


def member(school: School, mentor: Enrolment, **columns: object) -> object:
    return MembershipFactory(school=school, user=mentor.person.user, role=Role.CLASS_TEACHER, **columns)


def test_pairs_that_were_refused_or_ended_early_are_known_in_later_years(mentee: Enrolment) -> None:
    mentors = {name: mentor_of(mentee) for name in ("returned", "declined", "stopped", "left", "lasted", "taken_back")}
    before = {name: cleared_enrolment(person=row.person, mentor=True) for name, row in mentors.items()}
    then = {name: cleared_enrolment(person=mentee.person) for name in mentors}
    matches = {
        name: MatchFactory(
            school=mentee.person.school,
            mentor=before[name],
            mentee=then[name],
            **{"in_force" if name in {"stopped", "left", "lasted"} else "dropped": True},
            decision_note="Не подходит" if name == "returned" else "",
        )
        for name in mentors
    }
    Agreement.objects.create(
        match=matches["declined"],
        enrolment=then["declined"],
        state=AgreementState.DECLINED,
        answered_at=timezone.now(),
    )
    for name, trait, left_on in (
        ("stopped", {"stopped": True}, date(2026, 10, 1)),
        ("left", {}, date(2026, 12, 1)),
        ("lasted", {"finished": True}, date(2027, 5, 31)),
    ):
        mentorship = MentorshipFactory(school=mentee.person.school, mentor=before[name], **trait)
        PlaceFactory(match=matches[name], mentorship=mentorship, mentee=then[name], left_on=left_on)

    past = read(mentee)[0][0].past

    assert {name for name, row in mentors.items() if row.person_id in past} == {
        "returned",
        "declined",
        "stopped",
        "left",
    }


# ---------------------------------------------------------------- queries and the digest


def test_the_number_of_queries_does_not_grow_with_the_people(mentee: Enrolment) -> None:
    counts = []
    for number in (1, 3):
        while Enrolment.objects.filter(side="mentor").count() < number:
            mentor = mentor_of(mentee)
            PairNoteFactory(mentee=cleared_enrolment(cycle=mentee.cycle, form=mentee.form), mentor=mentor)
            mentor.areas.add(AreaFactory(school=mentee.person.school))
            GuardianshipFactory(minor=mentor.person)
        with CaptureQueriesContext(connection) as queries:
            mentees, mentors = read(mentee)
        counts.append(len(queries))
        assert (len(mentees), len(mentors)) == (number + 1, number)

    assert counts[0] == counts[1]


def test_the_digest_tells_every_change_of_what_counts_and_nothing_else(mentee: Enrolment) -> None:
    mentor = mentor_of(mentee)
    mentees, mentors = read(mentee)
    before = digest_of(mentee)

    assert len(before) == 64
    assert fingerprint(mentees[::-1], mentors[::-1], Weights(), FormRules()) == before
    assert fingerprint(mentees, mentors, Weights(request=41), FormRules()) != before
    assert fingerprint(mentees, mentors, Weights(), FormRules(least_age_gap=2)) != before
    ThirdPartyNoteFactory(enrolment=mentee, is_sensitive=True)
    assert digest_of(mentee) == before
    Enrolment.objects.filter(pk=mentor.pk).update(available=[116])
    assert digest_of(mentee) != before


def test_notes_of_others_are_never_read(mentee: Enrolment) -> None:
    ThirdPartyNoteFactory(enrolment=mentee, text="Трудная семья", is_sensitive=True)

    with CaptureQueriesContext(connection) as queries:
        read(mentee)

    assert [row for row in queries.captured_queries if "thirdpartynote" in row["sql"]] == []
