"""Giving a person of the register a way to log in."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import Card, PassState
from accounts.services.invitations import accept_invitation
from core.actors import NOBODY, Actor
from core.errors import DomainError
from core.models import Membership, Role, User
from participants.models import Enrolment, Person, Side
from participants.services.doors import open_door
from tests.factories import (
    ConsentFactory,
    EnrolmentFactory,
    InvitationFactory,
    MembershipFactory,
    PersonFactory,
    UserFactory,
    actor_of,
    cleared_enrolment,
)

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def mentor(**columns: object) -> Person:
    """A teacher with an address who mentors, not asked for a consent yet."""
    person = PersonFactory(teacher=True, **columns)
    EnrolmentFactory(person=person, mentor=True)
    return person


def roles_of(user: User | None) -> list[str]:
    return list(Membership.objects.active().filter(user=user).order_by("role").values_list("role", flat=True))


def test_an_adult_is_invited_and_is_himself_once_he_has_accepted() -> None:
    person = mentor()

    opened = open_door(person=person, role=Role.MENTOR, by=actor_of(school=person.school))
    assert opened.invitation
    names = {"surname": person.surname, "given_name": person.given_name, "patronymic": ""}
    accept_invitation(invitation=opened.invitation, user=None, names=names, password="", by=NOBODY)

    person.refresh_from_db()
    assert (opened.invitation.email, opened.invitation.role, bool(opened.token)) == (person.email, "mentor", True)
    assert person.user
    assert (person.user.email, roles_of(person.user)) == (person.email, ["mentor"])


def test_the_letter_is_sent_anew_when_asked_again() -> None:
    person = mentor()
    by = actor_of(school=person.school)

    first, second = (open_door(person=person, role=Role.MENTOR, by=by) for _ in range(2))

    assert first.invitation == second.invitation
    assert first.token != second.token


def test_an_invitation_that_is_nobody_s_ties_nobody() -> None:
    person = mentor()
    invitation = InvitationFactory(school=person.school, role=Role.MENTOR)

    accept_invitation(invitation=invitation, user=None, names={"surname": "Иной"}, password="", by=NOBODY)

    person.refresh_from_db()
    assert person.user is None


def test_whoever_is_another_person_already_is_not_tied_twice() -> None:
    person = mentor()
    opened = open_door(person=person, role=Role.MENTOR, by=actor_of(school=person.school))
    user = UserFactory(email=person.email)
    other = PersonFactory(school=person.school, user=user)
    assert opened.invitation

    accept_invitation(invitation=opened.invitation, user=user, names={}, password="", by=NOBODY)

    person.refresh_from_db()
    assert (person.user, other.user, roles_of(user)) == (None, user, ["mentor"])


def test_a_member_of_the_school_gets_the_role_with_the_account_he_has() -> None:
    person = mentor(email="teacher@school.test")
    teacher = MembershipFactory(
        school=person.school, role=Role.CLASS_TEACHER, user=UserFactory(email="teacher@school.test")
    )

    opened = open_door(person=person, role=Role.MENTOR, by=actor_of(school=person.school))

    person.refresh_from_db()
    assert (opened.invitation, opened.cards, person.user) == (None, {}, teacher.user)
    assert roles_of(teacher.user) == ["class_teacher", "mentor"]


def test_an_account_of_another_school_is_invited_like_a_stranger() -> None:
    person = mentor(email="teacher@school.test")
    MembershipFactory(user=UserFactory(email="teacher@school.test"))

    opened = open_door(person=person, role=Role.MENTOR, by=actor_of(school=person.school))

    person.refresh_from_db()
    assert (opened.invitation is None, person.user) == (False, None)


def test_two_people_do_not_share_an_account() -> None:
    person = mentor(email="teacher@school.test")
    user = MembershipFactory(school=person.school, user=UserFactory(email="teacher@school.test")).user
    PersonFactory(school=person.school, user=user)

    with pytest.raises(DomainError, match="другому участнику"):
        open_door(person=person, role=Role.MENTOR, by=actor_of(school=person.school))


def test_a_pupil_gets_a_card_and_a_new_one_when_it_is_lost() -> None:
    enrolment = cleared_enrolment()
    person, by = enrolment.person, actor_of(school=enrolment.person.school)

    first = open_door(person=person, role=Role.MENTEE, by=by)
    second = open_door(person=person, role=Role.MENTEE, by=by)

    person.refresh_from_db()
    assert (len(first.cards), len(second.cards), roles_of(person.user)) == (1, 1, ["mentee"])
    assert list(Card.objects.order_by("pk").values_list("state", flat=True)) == [PassState.REVOKED, PassState.WAITING]


def test_a_second_role_leaves_the_code_that_was_set() -> None:
    enrolment = cleared_enrolment()
    person, by = enrolment.person, actor_of(school=enrolment.person.school)
    open_door(person=person, role=Role.MENTEE, by=by)
    person.refresh_from_db()
    assert person.user
    person.user.set_password("код-ученика")
    person.user.save()
    EnrolmentFactory(person=person, cycle=enrolment.cycle, form=enrolment.form, side=Side.MENTOR)

    opened = open_door(person=person, role=Role.MENTOR, by=by)

    person.user.refresh_from_db()
    assert (opened.cards, person.user.has_usable_password(), roles_of(person.user)) == ({}, True, ["mentee", "mentor"])


@pytest.mark.parametrize("state", ["", "sent", "withdrawn", "declined", "expired"])
def test_a_minor_waits_for_the_consent(state: str) -> None:
    enrolment = EnrolmentFactory()
    ConsentFactory(person=enrolment.person, **{state: True} if state else {})

    with pytest.raises(DomainError):
        open_door(person=enrolment.person, role=Role.MENTEE, by=actor_of(school=enrolment.person.school))

    assert Membership.objects.filter(role=Role.MENTEE).count() == 0


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_nobody_without_a_consent_is_let_in(state: str) -> None:
    person = mentor()
    ConsentFactory(person=person, own=True, **{state: True})

    with pytest.raises(DomainError, match="Без согласия"):
        open_door(person=person, role=Role.MENTOR, by=actor_of(school=person.school))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MENTOR}))
def test_a_door_is_opened_only_for_the_part_that_is_taken(role: Role) -> None:
    person = mentor()

    with pytest.raises(DomainError, match="Сначала запишите"):
        open_door(person=person, role=role, by=actor_of(school=person.school))


def test_someone_who_has_left_gets_no_door() -> None:
    person = PersonFactory(teacher=True)
    EnrolmentFactory(person=person, mentor=True, left=True)

    with pytest.raises(DomainError, match="Сначала запишите"):
        open_door(person=person, role=Role.MENTOR, by=actor_of(school=person.school))


def test_the_button_makes_one_card_and_leads_to_it(log_in: LogIn) -> None:
    enrolment: Enrolment = cleared_enrolment()
    browser = log_in(actor_of(school=enrolment.person.school))
    url = f"/participants/{enrolment.person_id}/door/"

    answers = [browser.post(url, {"role": "mentee", "once": "one-sending"}) for _ in range(2)]
    page = browser.get(answers[0]["Location"]).content.decode()

    assert [answer["Location"] for answer in answers] == ["/people/cards/print/"] * 2
    assert ("готова к печати" in page, Card.objects.count()) == (True, 1)


@pytest.mark.parametrize("is_mail_set_up", [True, False])
def test_the_button_invites_and_the_card_says_so(log_in: LogIn, settings: Settings, is_mail_set_up: bool) -> None:
    if not is_mail_set_up:
        settings.EMAIL_BACKEND = "mentoring.mail.FolderBackend"
    person = mentor()
    browser = log_in(actor_of(school=person.school))

    before = browser.get(f"/participants/{person.pk}/").content.decode()
    answer = browser.post(f"/participants/{person.pk}/door/", {"role": "mentor"})
    after = browser.get(f"/participants/{person.pk}/").content.decode()

    assert answer["Location"] == (f"/participants/{person.pk}/" if is_mail_set_up else "/people/invitations/")
    assert ["Пригласить письмом" in before, f"приглашение отправлено на {person.email}" in after] == [True, True]


def test_a_refusal_is_told_on_the_card(log_in: LogIn) -> None:
    person = PersonFactory()

    page = log_in(actor_of(school=person.school)).post(
        f"/participants/{person.pk}/door/", {"role": "curator"}, follow=True
    )

    assert "Сначала запишите человека в программу" in page.content.decode()
