"""What the database itself refuses, and what is kept no longer."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import MOVES, Card, Invitation, PassState
from accounts.services.leftovers import remove_outlived
from accounts.tokens import digest, new_code, new_token
from core.models import Role, School, User
from tests.factories import SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


def invitation(school: School, **columns: object) -> Invitation:
    given = {"school": school, "role": Role.MENTOR, "email": "a@school.test", "token_hash": digest(new_token())}
    return Invitation.objects.create(**(given | {"expires_at": timezone.now()} | columns))


def card(school: School, user: User, **columns: object) -> Card:
    given = {"school": school, "user": user, "token_hash": digest(new_token()), "expires_at": timezone.now()}
    return Card.objects.create(**(given | columns))


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        (
            {"state": "lost", "closed_at": datetime(2026, 9, 1, tzinfo=timezone.get_default_timezone())},
            "invitation_state_is_known",
        ),
        ({"role": "director"}, "invitation_role_is_known"),
        (
            {"state": PassState.USED, "closed_at": datetime(2026, 9, 1, tzinfo=timezone.get_default_timezone())},
            "invitation_has_a_user_once_used",
        ),
        ({"state": PassState.REVOKED}, "invitation_is_closed_unless_waiting"),
        (
            {"closed_at": datetime(2026, 9, 1, tzinfo=timezone.get_default_timezone())},
            "invitation_is_closed_unless_waiting",
        ),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(columns: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        invitation(SchoolFactory(), **columns)


def test_a_second_waiting_invitation_is_refused_and_one_after_a_revoked_is_not() -> None:
    school = SchoolFactory()
    invitation(school, state=PassState.REVOKED, closed_at=timezone.now())
    invitation(school)

    with pytest.raises(IntegrityError):
        invitation(school)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [({"state": "lost"}, "card_"), ({"state": PassState.USED}, "card_is_closed_unless_waiting")],
)
def test_a_card_that_makes_no_sense_is_refused(columns: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        card(SchoolFactory(), UserFactory(), **columns)


def test_a_second_waiting_card_is_refused_and_one_after_a_used_is_not() -> None:
    school, user = SchoolFactory(), UserFactory()
    card(school, user, state=PassState.USED, closed_at=timezone.now())
    card(school, user)

    with pytest.raises(IntegrityError):
        card(school, user)


def test_what_was_used_or_revoked_never_moves_again() -> None:
    assert {state: sorted(MOVES[state]) for state in PassState} == {
        PassState.WAITING: [PassState.REVOKED, PassState.USED],
        PassState.USED: [],
        PassState.REVOKED: [],
    }


def test_invitations_and_cards_are_kept_for_ninety_days_after_they_were_closed() -> None:
    school, now = SchoolFactory(), timezone.now()
    old, young = now - timedelta(days=90, minutes=1), now - timedelta(days=89, hours=23)
    for number, moment in enumerate((old, young)):
        invitation(
            school, email=f"closed{number}@school.test", state=PassState.REVOKED, closed_at=moment, expires_at=old
        )
        invitation(school, email=f"expired{number}@school.test", expires_at=moment)
        card(school, UserFactory(), state=PassState.USED, closed_at=moment, expires_at=old)

    assert remove_outlived() == 3
    assert sorted(Invitation.objects.values_list("email", flat=True)) == ["closed1@school.test", "expired1@school.test"]
    assert Card.objects.get().closed_at == young


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(1000)}

    assert (len(made), {len(token) for token in made}, len(digest("x"))) == (1000, {43}, 64)
    assert {len(new_code()) for _ in range(100)} == {14}
