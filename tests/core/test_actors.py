from __future__ import annotations

import pytest

from core.actors import NOBODY, SYSTEM, ActorKind, link_actor, user_actor
from core.models import Role
from tests.factories import MembershipFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_person_acts_in_the_chosen_role_else_in_the_first() -> None:
    user = UserFactory()
    rows = [MembershipFactory(user=user, role=role) for role in (Role.CURATOR, Role.MENTOR)]

    assert user_actor(user, rows, rows[1].pk).membership == rows[1]
    assert user_actor(user, rows).membership == rows[0]
    assert user_actor(user, rows, 10**9).membership == rows[0]


def test_a_person_without_a_role_acts_in_no_school() -> None:
    actor = user_actor(UserFactory(), [])

    assert (actor.membership, actor.school, actor.school_id, actor.role) == (None, None, 0, None)


def test_the_installations_administrator_acts_in_no_school_unless_he_chose_one() -> None:
    user = UserFactory(is_installation_admin=True)
    rows = [MembershipFactory(user=user, role=Role.CURATOR)]

    whole, chosen = user_actor(user, rows), user_actor(user, rows, rows[0].pk)

    assert (whole.is_installation_admin, whole.school) == (True, None)
    assert (chosen.is_installation_admin, chosen.school, chosen.role) == (False, rows[0].school, Role.CURATOR)


def test_a_link_acts_for_its_school_without_a_role_or_a_person() -> None:
    school = SchoolFactory()
    actor = link_actor("invitation:7", school)

    assert (actor.kind, actor.school, actor.school_id, actor.role, actor.user_id) == (
        ActorKind.LINK,
        school,
        school.pk,
        None,
        0,
    )


def test_the_journal_knows_each_by_a_pseudonym() -> None:
    user = UserFactory(surname="Лугов")

    assert [actor.pseudonym for actor in (user_actor(user, []), link_actor("card:3"), SYSTEM, NOBODY)] == [
        f"user:{user.pk}",
        "card:3",
        "system",
        "nobody",
    ]
