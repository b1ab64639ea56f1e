"""An account made to tell nothing: letters, sessions, cards and invitations go with it, other people's stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import Card, Invitation
from accounts.services.forgetting import forget_account, forget_address, needs_account
from core.actors import SYSTEM
from core.models import Membership, Role, School, User
from mentoring.mail import FolderBackend
from tests.factories import CardFactory, InvitationFactory, MembershipFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory()


def test_a_forgotten_account_has_no_name_and_opens_nothing(school: School) -> None:
    membership = MembershipFactory(school=school, role=Role.MENTOR, post="учитель Дроздецкая")
    user, other = membership.user, UserFactory()
    before = user.login
    for owner in (user, other):
        CardFactory(school=school, user=owner)

    forget_account(user=user, school=school, by=SYSTEM)

    user = User.objects.get(pk=user.pk)
    assert (user.email, user.surname, user.search_key, user.sort_key, user.is_active) == ("", "", "", "", False)
    assert user.login != before
    assert not user.has_usable_password()
    assert (Membership.objects.get().ended_at is None, Membership.objects.get().post) == (False, "")
    assert [card.user for card in Card.objects.all()] == [other]


def test_sessions_of_the_person_end_and_a_code_that_is_awaited_too(school: School) -> None:
    user, other = UserFactory(email="drozd@home.test"), UserFactory()
    for who in (user, other):
        Client().force_login(who)
    asking = SessionStore()
    asking["account_login"] = {"email": "drozd@home.test"}
    asking.save()

    forget_account(user=user, school=school, by=SYSTEM)

    assert [row.get_decoded().get("_auth_user_id") for row in Session.objects.all()] == [str(other.pk)]


def test_letters_of_a_trial_installation_to_the_address_go(school: School, data_folder: Path) -> None:
    letters = [EmailMessage("Согласие", "Ссылка", to=[to]) for to in ("Drozd@home.test", "other@home.test")]
    FolderBackend().send_messages(letters)
    InvitationFactory(school=school, email="drozd@home.test")
    InvitationFactory(email="drozd@home.test")

    assert forget_address(school=school, addresses=["drozd@home.test", ""], by=SYSTEM) == 2

    left = [path.read_text() for path in (data_folder / "mail").glob("*.eml")]
    assert ["other@home.test" in text for text in left] == [True]
    assert Invitation.objects.filter(school=school).count() == 0
    assert Invitation.objects.count() == 1


def test_without_an_address_nothing_is_looked_for(school: School) -> None:
    InvitationFactory(school=school)

    assert forget_address(school=school, addresses=["", ""], by=SYSTEM) == 0
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "elsewhere", "needed"),
    [
        (Role.MENTOR, False, False),
        (Role.GUARDIAN, False, False),
        (Role.CLASS_TEACHER, False, True),
        (Role.MENTOR, True, True),
    ],
)
def test_who_logs_in_for_something_else_keeps_his_account(
    school: School, role: Role, elsewhere: bool, needed: bool
) -> None:
    user = UserFactory()
    MembershipFactory(user=user, school=SchoolFactory() if elsewhere else school, role=role)

    assert needs_account(user, school) == needed
