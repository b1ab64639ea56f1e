"""The register: entering, changing and removing people, and those who represent the minors."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import PassState
from core.actors import user_actor
from core.errors import DomainError
from core.models import Event, Membership, Role
from participants.models import Guardian, Guardianship, LinkState, Person, PersonKind
from participants.services.people import (
    add_guardian,
    add_person,
    change_guardian,
    change_person,
    remove_guardian,
    remove_person,
)
from participants.services.withdrawal import withdraw_consent
from tests.factories import (
    ConsentFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    InvitationFactory,
    MembershipFactory,
    PersonalLinkFactory,
    PersonFactory,
    UserFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
PUPIL: dict[str, Any] = {
    "kind": PersonKind.PUPIL,
    "surname": "Ёлкина",
    "given_name": "Зоя",
    "patronymic": "",
    "birth_date": date(2013, 5, 6),
    "class_name": "7 «Б»",
    "post": "",
    "email": "",
    "phone": "",
}
TEACHER = PUPIL | {
    "kind": PersonKind.TEACHER,
    "birth_date": date(1980, 5, 6),
    "class_name": "",
    "post": "учитель",
    "email": "Zoya@School.test",
}
PARENT = {"surname": "Ёлкин", "given_name": "Пётр", "patronymic": "", "authority": "father"}


def columns_of(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in PUPIL}


def enter(**changes: Any) -> Person:
    by = actor_of()
    assert by.school
    return add_person(school=by.school, **(PUPIL | changes), by=by)


def test_a_person_is_entered_tidied_and_journaled_without_a_name() -> None:
    by = actor_of()
    assert by.school

    person = add_person(school=by.school, **TEACHER | {"surname": "  Ёлкина   Белая "}, by=by)

    assert (person.surname, person.email, person.sort_key) == ("Ёлкина Белая", "zoya@school.test", "елкина белая зоя")
    event = Event.objects.get(verb="add")
    assert (event.thing, event.detail) == (f"person:{person.pk}", {})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "zoya@home.test"}, "через родителей"),
        ({"phone": "+7 900 000-00-00"}, "через родителей"),
        ({"post": "староста"}, "должности нет"),
        ({"surname": " "}, "фамилия и имя"),
        ({"birth_date": date(2113, 5, 6)}, "дату рождения"),
        ({"birth_date": date(1813, 5, 6)}, "дату рождения"),
        (TEACHER | {"phone": "+7 900 000-00-00"}, "Телефон можно записать"),
        (TEACHER | {"class_name": "7 «Б»"}, "только у ученика"),
        (TEACHER | {"kind": PersonKind.STUDENT, "birth_date": date(2010, 1, 1)}, "До 18 лет"),
        ({"sex": "f"}, "когда согласие действует"),
        (TEACHER | {"subject": "физика"}, "когда согласие действует"),
        (TEACHER | {"teaching_since": 2005}, "когда согласие действует"),
    ],
)
def test_what_may_not_be_kept_before_the_consent_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        enter(**changes)

    assert Person.objects.count() == 0


def test_the_phone_is_kept_once_the_consent_is_in_force() -> None:
    person = PersonFactory(teacher=True)
    ConsentFactory(person=person, own=True, in_force=True)

    changed = change_person(
        person=person, **columns_of(person) | {"phone": "+7 900 000-00-00"}, by=actor_of(school=person.school)
    )

    assert changed.phone == "+7 900 000-00-00"
    assert Event.objects.get(verb="change").detail == {"columns": ["phone"]}


def test_sex_subject_and_experience_follow_the_consent_and_stay_when_nothing_is_said_of_them() -> None:
    person = PersonFactory(teacher=True, birth_date=date(1980, 4, 2))
    ConsentFactory(person=person, own=True, in_force=True)
    by, told = actor_of(school=person.school), {"sex": "f", "subject": " физика ", "teaching_since": 2003}

    change_person(person=person, **columns_of(person) | told, by=by)
    kept = change_person(person=person, **columns_of(person) | {"post": "завуч"}, by=by)

    assert (kept.sex, kept.subject, kept.teaching_since, kept.post) == ("f", "физика", 2003, "завуч")
    assert [event.detail for event in Event.objects.filter(verb="change").order_by("pk")] == [
        {"columns": ["sex", "subject", "teaching_since"]},
        {"columns": ["post"]},
    ]


@pytest.mark.parametrize("year", [1995, 2100])
def test_nobody_begins_to_teach_as_a_child_or_in_years_to_come(year: int) -> None:
    person = PersonFactory(teacher=True, birth_date=date(1980, 4, 2))
    ConsentFactory(person=person, own=True, in_force=True)

    with pytest.raises(DomainError, match="Проверьте год"):
        change_person(person=person, **columns_of(person) | {"teaching_since": year}, by=actor_of(school=person.school))


def test_a_pupil_teaches_nothing() -> None:
    person = PersonFactory()
    ConsentFactory(person=person, in_force=True)

    with pytest.raises(DomainError, match="только у педагога"):
        change_person(person=person, **columns_of(person) | {"subject": "физика"}, by=actor_of(school=person.school))


def test_what_was_kept_stays_when_the_consent_has_ended_but_nothing_new_is_taken() -> None:
    person = PersonFactory(teacher=True, phone="+7 900 000-00-00")
    ConsentFactory(person=person, own=True, in_force=True, expires_on=timezone.localdate() - timedelta(days=1))
    by = actor_of(school=person.school)

    kept = change_person(person=person, **columns_of(person) | {"post": "завуч"}, by=by)
    with pytest.raises(DomainError):
        change_person(person=person, **columns_of(person) | {"phone": "+7 900 111-11-11"}, by=by)

    assert (kept.phone, kept.post) == ("+7 900 000-00-00", "завуч")


def test_an_invitation_to_an_address_that_was_wrong_opens_nothing_any_more() -> None:
    person = PersonFactory(teacher=True)
    person.invitation = InvitationFactory(school=person.school, email=person.email)
    person.save()

    change_person(
        person=person, **columns_of(person) | {"email": "right@school.test"}, by=actor_of(school=person.school)
    )

    person.invitation.refresh_from_db()
    assert person.invitation.state == PassState.REVOKED


def test_someone_entered_by_mistake_is_removed_with_the_parent_and_the_part() -> None:
    enrolment = EnrolmentFactory()
    GuardianshipFactory(minor=enrolment.person)

    remove_person(person=enrolment.person, by=actor_of(school=enrolment.person.school))

    assert (Person.objects.count(), Guardian.objects.count(), Guardianship.objects.count()) == (0, 0, 0)
    assert Event.objects.get(verb="remove").thing.startswith("person:")


def test_a_parent_of_another_child_stays_when_one_is_removed() -> None:
    first = GuardianshipFactory()
    GuardianshipFactory(guardian=first.guardian, minor__school=first.minor.school)

    remove_person(person=first.minor, by=actor_of(school=first.minor.school))

    assert Guardian.objects.count() == 1


@pytest.mark.parametrize("state", ["", "cancelled", "declined", "in_force"])
def test_someone_who_was_asked_for_a_consent_stays(state: str) -> None:
    person = PersonFactory()
    ConsentFactory(person=person, **{state: True} if state else {})

    with pytest.raises(DomainError, match="остаётся в списке"):
        remove_person(person=person, by=actor_of(school=person.school))

    assert Person.objects.count() == 1


def test_someone_who_can_log_in_stays() -> None:
    person = PersonFactory(user=UserFactory())

    with pytest.raises(DomainError, match="дали вход"):
        remove_person(person=person, by=actor_of(school=person.school))


def test_a_parent_is_the_same_one_for_brothers() -> None:
    first, by = PersonFactory(), actor_of()
    second = PersonFactory(school=first.school)

    rows = [
        add_guardian(minor=child, **PARENT, email=email, phone="", by=by)
        for child, email in ((first, "petr@home.test"), (second, "PETR@home.test"))
    ]

    assert rows[0].guardian == rows[1].guardian


@pytest.mark.parametrize(("email", "phone"), [("", ""), ("other@home.test", "")])
def test_a_parent_of_the_same_name_and_another_contact_is_another_one(email: str, phone: str) -> None:
    first, by = PersonFactory(), actor_of()
    second = PersonFactory(school=first.school)
    add_guardian(minor=first, **PARENT, email="petr@home.test", phone="", by=by)

    add_guardian(minor=second, **PARENT, email=email, phone=phone, by=by)

    assert Guardian.objects.count() == 2


def test_a_parent_of_another_school_is_another_one() -> None:
    for child in (PersonFactory(), PersonFactory()):
        add_guardian(minor=child, **PARENT, email="petr@home.test", phone="", by=actor_of())

    assert Guardian.objects.count() == 2


def test_a_guardian_is_not_entered_twice_nor_for_an_adult() -> None:
    child, adult, by = PersonFactory(), PersonFactory(teacher=True), actor_of()
    contacts = {"email": "petr@home.test", "phone": ""}
    add_guardian(minor=child, **PARENT, **contacts, by=by)

    with pytest.raises(DomainError, match="уже записан"):
        add_guardian(minor=child, **PARENT, **contacts, by=by)
    with pytest.raises(DomainError, match="подписывает сам"):
        add_guardian(minor=adult, **PARENT, **contacts, by=by)

    assert Guardianship.objects.count() == 1


def test_a_guardian_is_changed_for_every_child() -> None:
    first = GuardianshipFactory()
    second = GuardianshipFactory(guardian=first.guardian, minor__school=first.minor.school)

    change_guardian(
        guardianship=first, **PARENT | {"authority": "trustee"}, email="new@home.test", phone="", by=actor_of()
    )

    second.refresh_from_db()
    assert (second.guardian.full_name, second.guardian.email, second.authority) == (
        "Ёлкин Пётр",
        "new@home.test",
        "mother",
    )


def test_a_guardian_who_no_longer_represents_is_forgotten_and_his_links_open_nothing() -> None:
    row = GuardianshipFactory()
    link = PersonalLinkFactory(person=row.minor, guardian=row.guardian)
    other = GuardianshipFactory(guardian=row.guardian, minor__school=row.minor.school)

    remove_guardian(guardianship=row, by=actor_of())
    link.refresh_from_db()
    remove_guardian(guardianship=other, by=actor_of())

    assert (link.state, Guardian.objects.count()) == (LinkState.REVOKED, 0)


@pytest.mark.parametrize("state", ["sent", "in_force"])
def test_a_guardian_whose_consent_is_awaited_or_in_force_stays(state: str) -> None:
    row = GuardianshipFactory()
    ConsentFactory(person=row.minor, guardian=row.guardian, **{state: True})

    with pytest.raises(DomainError, match="Сначала отмените"):
        remove_guardian(guardianship=row, by=actor_of())


def test_a_guardian_who_withdrew_leaves_the_child_and_stays_on_the_consent() -> None:
    row = GuardianshipFactory()
    consent = ConsentFactory(person=row.minor, guardian=row.guardian, withdrawn=True)

    remove_guardian(guardianship=row, by=actor_of())

    assert (Guardianship.objects.count(), consent.guardian) == (0, Guardian.objects.get())


def test_a_withdrawal_ends_every_part_and_every_way_in() -> None:
    enrolment = cleared_enrolment(person=PersonFactory(teacher=True), mentor=True)
    person = enrolment.person
    mentor, teacher = MembershipFactory(school=person.school, role=Role.MENTOR), Role.CLASS_TEACHER
    MembershipFactory(school=person.school, user=mentor.user, role=teacher)
    person.user, person.invitation = mentor.user, InvitationFactory(school=person.school)
    person.save()

    withdraw_consent(consent=person.consents.get(), by=user_actor(mentor.user, [mentor]))

    enrolment.refresh_from_db()
    person.invitation.refresh_from_db()
    left = Membership.objects.active().filter(user=mentor.user).values_list("role", flat=True)
    assert (enrolment.state, person.invitation.state, list(left)) == ("left", PassState.REVOKED, [teacher])
