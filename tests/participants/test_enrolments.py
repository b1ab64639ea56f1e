"""Parts in a year: entering, the profile that follows the consent, leaving and coming back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.models import Event
from participants import leaving
from participants.models import Enrolment, Person, PersonKind, Side
from participants.services.enrolments import (
    end_enrolment,
    enrol_people,
    enrol_person,
    return_enrolment,
)
from participants.services.profiles import fill_profile
from tests.factories import (
    AreaFactory,
    ConsentFactory,
    CycleFactory,
    EnrolmentFactory,
    MentoringFormFactory,
    PersonFactory,
    RoleModelFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db


def curator_of(person: Person) -> Actor:
    return actor_of(school=person.school)


def the_year(person: Person, **form: Any) -> dict[str, Any]:
    """A cycle and a form of the person's school."""
    return {
        "cycle": CycleFactory(programme__school=person.school),
        "form": MentoringFormFactory(school=person.school, **form),
    }


def test_a_person_takes_part_and_the_journal_knows() -> None:
    person = PersonFactory()

    enrolment = enrol_person(person=person, side=Side.MENTEE, **the_year(person), by=curator_of(person))

    assert (enrolment.person, enrolment.side, enrolment.state) == (person, "mentee", "enrolled")
    assert Event.objects.get(verb="enrol").detail == {"side": "mentee"}


def test_one_is_mentor_of_one_and_mentee_of_another_but_nothing_twice() -> None:
    person = PersonFactory()
    year, by = the_year(person), curator_of(person)
    for side in Side:
        enrol_person(person=person, side=side, **year, by=by)

    with pytest.raises(DomainError, match="уже участвует"):
        enrol_person(person=person, side=Side.MENTEE, **year, by=by)

    assert Enrolment.objects.count() == 2


def test_someone_who_had_left_is_back_by_enrolling_again() -> None:
    row = EnrolmentFactory(left=True)

    enrol_person(person=row.person, cycle=row.cycle, side=row.side, form=row.form, by=curator_of(row.person))

    row.refresh_from_db()
    assert (row.state, row.left_on, Enrolment.objects.count()) == ("enrolled", None, 1)


@pytest.mark.parametrize(
    ("side", "words"),
    [(Side.MENTOR, "наставник – педагог"), (Side.MENTEE, "наставляемый – студент")],
)
def test_a_form_is_for_people_of_its_kind(side: Side, words: str) -> None:
    person = PersonFactory()
    year = the_year(person, mentor_kind=PersonKind.TEACHER, mentee_kind=PersonKind.STUDENT)

    with pytest.raises(DomainError, match=words):
        enrol_person(person=person, side=side, **year, by=curator_of(person))


def test_a_form_without_a_kind_is_for_anyone() -> None:
    person = PersonFactory()

    enrol_person(person=person, side=Side.MENTOR, **the_year(person, mentor_kind=""), by=curator_of(person))

    assert Enrolment.objects.count() == 1


def test_a_form_that_is_switched_off_takes_nobody() -> None:
    person = PersonFactory()

    with pytest.raises(DomainError, match="не использует"):
        enrol_person(person=person, side=Side.MENTEE, **the_year(person, is_used=False), by=curator_of(person))


@pytest.mark.parametrize("foreign", ["cycle", "form"])
def test_nothing_of_another_school_is_mixed_in(foreign: str) -> None:
    person = PersonFactory()
    year = the_year(person) | {foreign: the_year(PersonFactory())[foreign]}

    with pytest.raises(DomainError, match="из разных школ"):
        enrol_person(person=person, side=Side.MENTEE, **year, by=curator_of(person))


def test_after_a_withdrawal_nobody_takes_part_until_asked_anew() -> None:
    person = PersonFactory()
    ConsentFactory(person=person, withdrawn=True, asked_at=timezone.now() - timedelta(days=2))
    year, by = the_year(person), curator_of(person)
    left = EnrolmentFactory(person=person, left=True, side=Side.MENTOR, **year)

    with pytest.raises(DomainError, match="отозвано"):
        enrol_person(person=person, side=Side.MENTEE, **year, by=by)
    with pytest.raises(DomainError, match="отозвано"):
        return_enrolment(enrolment=left, by=by)
    ConsentFactory(person=person)
    enrol_person(person=person, side=Side.MENTEE, **year, by=by)

    assert Enrolment.objects.enrolled().count() == 1


def test_many_are_enrolled_together_and_those_who_can_not_be_are_counted_by_reason() -> None:
    person = PersonFactory()
    year = the_year(person, mentee_kind=PersonKind.PUPIL)
    pupils = PersonFactory.create_batch(3, school=person.school)
    teachers = PersonFactory.create_batch(2, school=person.school, teacher=True)
    EnrolmentFactory(person=person, side=Side.MENTEE, **year)

    entered = enrol_people(people=[person, *teachers, *pupils], side=Side.MENTEE, **year, by=curator_of(person))

    assert (entered.count, sorted(entered.refusals.values()), Enrolment.objects.count()) == (3, [1, 2], 4)


def test_the_role_model_waits_for_the_consent_and_belongs_to_the_form() -> None:
    person = PersonFactory()
    year, by = the_year(person), curator_of(person)
    role_model = RoleModelFactory(form=year["form"])

    with pytest.raises(DomainError, match="Ролевую модель можно выбрать"):
        enrol_person(person=person, side=Side.MENTEE, role_model=role_model, **year, by=by)
    ConsentFactory(person=person, in_force=True)
    with pytest.raises(DomainError, match="относится к другой форме"):
        enrol_person(person=person, side=Side.MENTEE, role_model=RoleModelFactory(), **year, by=by)
    enrolment = enrol_person(person=person, side=Side.MENTEE, role_model=role_model, **year, by=by)

    assert enrolment.role_model == role_model


@pytest.mark.parametrize("state", ["", "sent", "returned", "declined", "cancelled", "withdrawn", "expired"])
def test_nothing_more_is_written_down_before_the_consent_is_in_force(state: str) -> None:
    enrolment = EnrolmentFactory(request="")
    ConsentFactory(person=enrolment.person, **{state: True} if state else {})

    with pytest.raises(DomainError, match="пока согласие не действует"):
        fill_profile(enrolment=enrolment, request="Математика", by=curator_of(enrolment.person))

    enrolment.refresh_from_db()
    assert enrolment.request == ""


def test_a_consent_past_its_last_day_is_no_consent() -> None:
    enrolment = EnrolmentFactory()
    ConsentFactory(person=enrolment.person, in_force=True, expires_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(DomainError, match="пока согласие не действует"):
        fill_profile(enrolment=enrolment, request="Математика", by=curator_of(enrolment.person))


def test_a_profile_is_filled_with_what_pairing_needs() -> None:
    mentee = cleared_enrolment()
    mentor = cleared_enrolment(person__school=mentee.person.school, mentor=True)
    role_model, by = RoleModelFactory(form=mentee.form), curator_of(mentee.person)

    one = fill_profile(enrolment=mentee, request=" Олимпиады ", available=[116, 115, 116], role_model=role_model, by=by)
    two = fill_profile(enrolment=mentor, competences="Физика", capacity=3, by=by)

    assert (one.request, one.available, one.role_model, one.filled_at is None) == (
        "Олимпиады",
        [115, 116],
        role_model,
        False,
    )
    assert (two.competences, two.capacity, two.filled_at is None) == ("Физика", 3, False)


def test_everything_the_registers_ask_is_written_and_what_is_not_named_stays() -> None:
    mentor = cleared_enrolment(mentor=True)
    areas, by = AreaFactory.create_batch(2, school=mentor.person.school), curator_of(mentor.person)

    fill_profile(
        enrolment=mentor,
        achievements=" Призёр олимпиады ",
        interests="шахматы",
        areas=areas,
        wanted_age_from=10,
        wanted_age_to=12,
        time_resource="час в неделю",
        by=by,
    )
    fill_profile(enrolment=mentor, areas=areas[:1], wanted_age_to=None, by=by)

    mentor.refresh_from_db()
    assert (mentor.competences, mentor.capacity, mentor.achievements) == ("Математика", 2, "Призёр олимпиады")
    assert (mentor.interests, mentor.time_resource, list(mentor.areas.all())) == ("шахматы", "час в неделю", areas[:1])
    assert (mentor.wanted_age_from, mentor.wanted_age_to, mentor.filled_at is None) == (10, None, False)


@pytest.mark.parametrize(
    ("side", "profile"),
    [(Side.MENTEE, {"available": [115]}), (Side.MENTOR, {"competences": "Физика"}), (Side.MENTOR, {"capacity": 2})],
)
def test_half_a_profile_is_kept_and_not_counted_as_filled(side: Side, profile: dict[str, Any]) -> None:
    bare = {"request": ""} if side == Side.MENTEE else {"side": side, "competences": "", "capacity": None}
    enrolment = cleared_enrolment(**bare)

    kept = fill_profile(enrolment=enrolment, **profile, by=curator_of(enrolment.person))

    assert kept.filled_at is None


@pytest.mark.parametrize(
    ("side", "profile", "words"),
    [
        (Side.MENTEE, {"capacity": 2}, "У наставляемого есть запрос"),
        (Side.MENTEE, {"competences": "Физика"}, "У наставляемого есть запрос"),
        (Side.MENTOR, {"request": "Физика"}, "У наставляемого есть запрос"),
        (Side.MENTOR, {"capacity": 0}, "от 1 до 30"),
        (Side.MENTOR, {"capacity": 31}, "от 1 до 30"),
        (Side.MENTEE, {"available": [125]}, "не часы"),
        (Side.MENTEE, {"time_resource": "час"}, "У наставляемого есть запрос"),
        (Side.MENTOR, {"wanted_help": "Объяснять"}, "У наставляемого есть запрос"),
        (Side.MENTOR, {"wanted_age_from": 12, "wanted_age_to": 11}, "раньше, чем начинается"),
        (Side.MENTOR, {"wanted_age_from": 2}, "от 3 до 99"),
    ],
)
def test_what_a_profile_can_not_hold_is_refused(side: Side, profile: dict[str, Any], words: str) -> None:
    enrolment = cleared_enrolment(mentor=side == Side.MENTOR)

    with pytest.raises(DomainError, match=words):
        fill_profile(enrolment=enrolment, **profile, by=curator_of(enrolment.person))


def test_an_area_of_another_school_is_refused() -> None:
    enrolment = cleared_enrolment()

    with pytest.raises(DomainError, match="из другой школы"):
        fill_profile(enrolment=enrolment, areas=[AreaFactory()], by=curator_of(enrolment.person))

    assert not enrolment.areas.exists()


def test_a_mentee_s_consent_is_not_enough_for_the_profile_of_a_mentor() -> None:
    mentee = cleared_enrolment()
    mentor = EnrolmentFactory(person=mentee.person, mentor=True)
    by = curator_of(mentee.person)

    fill_profile(enrolment=mentee, request="Олимпиады", by=by)
    with pytest.raises(DomainError, match="пока согласие не действует"):
        fill_profile(enrolment=mentor, competences="Физика", by=by)

    mentor.refresh_from_db()
    assert mentor.competences == "Математика"


def test_someone_leaves_and_comes_back_and_the_journal_has_both() -> None:
    enrolment = EnrolmentFactory()
    by = curator_of(enrolment.person)

    end_enrolment(enrolment=enrolment, by=by)
    enrolment.refresh_from_db()
    left = (enrolment.state, enrolment.left_on)
    return_enrolment(enrolment=enrolment, by=by)
    enrolment.refresh_from_db()

    assert left == ("left", timezone.localdate(timezone=enrolment.person.school.zone))
    assert (enrolment.state, enrolment.left_on) == ("enrolled", None)
    moves = Event.objects.filter(thing=f"enrolment:{enrolment.pk}").values_list("from_state", "to_state")
    assert list(moves.order_by("number")) == [("enrolled", "left"), ("left", "enrolled")]


def test_of_two_who_end_it_one_is_told_that_it_is_ended() -> None:
    enrolment = EnrolmentFactory()
    end_enrolment(enrolment=enrolment, by=curator_of(enrolment.person))

    with pytest.raises(TransitionRefused):
        end_enrolment(enrolment=enrolment, by=curator_of(enrolment.person))


def test_nobody_who_is_held_by_a_pair_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    held = EnrolmentFactory()
    monkeypatch.setattr(leaving, "_holders", [lambda row: "Сначала завершите пару." if row == held else ""])

    with pytest.raises(DomainError, match="завершите пару"):
        end_enrolment(enrolment=held, by=curator_of(held.person))
    end_enrolment(enrolment=EnrolmentFactory(), by=actor_of())

    held.refresh_from_db()
    assert held.state == "enrolled"
