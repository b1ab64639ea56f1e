"""What those who keep no register see of it: themselves, the children they sign for, and the pair they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from core.actors import Actor, link_actor, user_actor
from core.models import Role, School
from participants.models import Guardianship, PersonKind, Side
from tests.factories import (
    ConsentFactory,
    ConsentPageFactory,
    EnrolmentFactory,
    GuardianFactory,
    GuardianshipFactory,
    MatchFactory,
    MeetingFactory,
    MembershipFactory,
    MentorshipFactory,
    PersonalLinkFactory,
    PersonFactory,
    PlaceFactory,
    SchoolFactory,
    UserFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db

MODELS: list[Any] = [
    model
    for app in ("participants", "surveys", "pairing", "reports")
    for model in apps.get_app_config(app).get_models()
    if hasattr(model._default_manager, "visible_to") and model.__name__ not in {"MentoringForm", "RoleModel"}
]
"""Those that tell something of people."""


@dataclass
class Group:
    """A mentor with two mentees, one of whom had another mentor before; everyone who can sign for someone signs."""

    school: School
    rows: dict[str, Any]

    def seen_by(self, actor: Actor) -> set[str]:
        """The names of the rows that the actor sees."""
        shown = {(model, pk) for model in MODELS for pk in model.objects.visible_to(actor).values_list("pk", flat=True)}
        named = {(type(row), row.pk): name for name, row in self.rows.items()}
        return {named.get(key, f"another {key[0].__name__}") for key in shown}

    def actor(self, role: Role, name: str) -> Actor:
        """The person or guardian of that name, with an account, in a role of the school."""
        row = self.rows[name]
        row.user = UserFactory()
        row.save()
        return user_actor(row.user, [MembershipFactory(user=row.user, school=self.school, role=role)])

    def holder(self, name: str) -> Actor:
        return link_actor(f"personallink:{self.rows[name].pk}", self.school)


@pytest.fixture
def group() -> Group:
    school = SchoolFactory()
    mentor = EnrolmentFactory(person=PersonFactory(school=school, teacher=True), mentor=True)
    rows: dict[str, Any] = {"mentor": mentor.person, "mentor's part": mentor}
    rows["mentor's consent"] = ConsentFactory(person=mentor.person, own=True, sent=True)
    rows["mentor's page"] = ConsentPageFactory(consent=rows["mentor's consent"])
    rows["mentor's link"] = PersonalLinkFactory(person=mentor.person, own=True)
    rows["group"] = MentorshipFactory(school=school, mentor=mentor)
    for child, parents in (("child", ("mother", "father")), ("classmate", ("classmate's mother",))):
        rows |= family(school, child, parents)
        rows[f"{child}'s part"] = EnrolmentFactory(person=rows[child], cycle=mentor.cycle, form=mentor.form)
        rows[f"{child}'s place"] = place_in(rows["group"], rows[f"{child}'s part"])
    rows["earlier pair"] = MentorshipFactory(school=school, finished=True)
    rows["earlier place"] = place_in(rows["earlier pair"], rows["child's part"], left_on=date(2026, 10, 1))
    for name, pair, places in (
        ("meeting of both", "group", ("child's place", "classmate's place")),
        ("meeting with the child", "group", ("child's place",)),
        ("meeting with the classmate", "group", ("classmate's place",)),
        ("earlier meeting", "earlier pair", ("earlier place",)),
    ):
        rows[name] = MeetingFactory(mentorship=rows[pair])
        rows[name].attended.set([rows[place] for place in places])
    MeetingFactory()
    return Group(school, rows)


def family(school: School, child: str, parents: tuple[str, ...]) -> dict[str, Any]:
    rows: dict[str, Any] = {child: PersonFactory(school=school)}
    for parent in parents:
        guardian = GuardianFactory(school=school)
        consent = ConsentFactory(person=rows[child], guardian=guardian, sent=True)
        rows |= {
            parent: guardian,
            f"{parent}'s right": GuardianshipFactory(minor=rows[child], guardian=guardian),
            f"{parent}'s consent": consent,
            f"{parent}'s page": ConsentPageFactory(consent=consent),
            f"{parent}'s link": PersonalLinkFactory(person=rows[child], guardian=guardian),
        }
    return rows


def place_in(mentorship: Any, mentee: Any, **columns: Any) -> Any:
    match = MatchFactory(school=mentorship.school, mentor=mentorship.mentor, mentee=mentee, in_force=True)
    return PlaceFactory(mentorship=mentorship, match=match, **columns)


OF_THE_CHILD = {
    "child",
    "child's part",
    "mother's right",
    "father's right",
    "group",
    "child's place",
    "meeting of both",
    "meeting with the child",
}
OF_THE_MENTOR = {"mentor", "mentor's part", "mentor's consent", "mentor's page"}


def test_a_mentor_sees_himself_and_the_whole_of_his_group(group: Group) -> None:
    assert group.seen_by(group.actor(Role.MENTOR, "mentor")) == OF_THE_MENTOR | {
        "group",
        "child's place",
        "classmate's place",
        "meeting of both",
        "meeting with the child",
        "meeting with the classmate",
    }


def test_a_mentee_sees_himself_and_his_own_place_in_the_group(group: Group) -> None:
    assert group.seen_by(group.actor(Role.MENTEE, "child")) == OF_THE_CHILD


def test_a_guardian_with_an_account_sees_the_child_and_what_she_signs(group: Group) -> None:
    assert group.seen_by(group.actor(Role.GUARDIAN, "mother")) == OF_THE_CHILD | {
        "mother",
        "mother's consent",
        "mother's page",
    }


@pytest.mark.parametrize("parent", ["mother", "father"])
def test_the_holder_of_a_guardians_link_sees_the_child_and_what_this_guardian_signs(group: Group, parent: str) -> None:
    assert group.seen_by(group.holder(f"{parent}'s link")) == OF_THE_CHILD | {
        parent,
        f"{parent}'s consent",
        f"{parent}'s page",
        f"{parent}'s link",
    }


def test_the_holder_of_his_own_link_sees_himself_and_no_group(group: Group) -> None:
    assert group.seen_by(group.holder("mentor's link")) == OF_THE_MENTOR | {"mentor's link"}


def test_a_ward_of_a_guardian_who_signs_no_more_is_seen_no_more(group: Group) -> None:
    mother = group.actor(Role.GUARDIAN, "mother")
    Guardianship.objects.filter(pk=group.rows["mother's right"].pk).delete()

    assert group.seen_by(mother) == {"mother", "mother's consent", "mother's page"}


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE, Role.GUARDIAN])
def test_who_is_in_no_register_sees_nothing_of_it(group: Group, role: Role) -> None:
    assert group.seen_by(actor_of(role, group.school)) == set()


@pytest.mark.parametrize("name", ["mentor", "child", "mother"])
@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE, Role.GUARDIAN, Role.CURATOR])
def test_what_one_is_in_one_school_opens_nothing_from_another(group: Group, role: Role, name: str) -> None:
    user = group.actor(Role.MENTOR, name).user
    assert user
    elsewhere = user_actor(user, [MembershipFactory(user=user, role=role)])

    assert group.seen_by(elsewhere) == set()


@pytest.mark.parametrize("role", [Role.CLASS_TEACHER, Role.PSYCHOLOGIST, Role.OBSERVER])
def test_other_roles_see_themselves_and_no_pair(group: Group, role: Role) -> None:
    assert group.seen_by(group.actor(role, "mentor")) == OF_THE_MENTOR


def test_an_employee_is_a_mentee_like_any_other(group: Group) -> None:
    newcomer = EnrolmentFactory(
        person=PersonFactory(school=group.school, teacher=True),
        side=Side.MENTEE,
        cycle=group.rows["mentor's part"].cycle,
    )
    group.rows |= {"newcomer": newcomer.person, "newcomer's part": newcomer}
    group.rows["newcomer's place"] = place_in(group.rows["group"], newcomer)

    assert newcomer.person.kind == PersonKind.TEACHER
    assert group.seen_by(group.actor(Role.MENTEE, "newcomer")) == {
        "newcomer",
        "newcomer's part",
        "newcomer's place",
        "group",
    }
