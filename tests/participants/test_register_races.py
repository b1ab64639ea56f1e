"""Many curators at the same people at once: refusals in words, no deadlock, no part of someone who withdrew."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest

from core.actors import Actor
from core.models import Role
from participants.models import Consent, ConsentState, Enrolment, EnrolmentState, Guardianship, Person, Side
from participants.register.sheet import sheet_of
from participants.services.doors import open_door
from participants.services.enrolments import (
    end_enrolment,
    enrol_people,
    enrol_person,
    return_enrolment,
)
from participants.services.people import add_guardian, change_person, remove_guardian
from participants.services.profiles import fill_profile
from participants.services.withdrawal import withdraw_consent
from tests.factories import (
    ConsentFactory,
    EnrolmentFactory,
    MentoringFormFactory,
    PersonFactory,
    actor_of,
)
from tests.pairing.crowd import Race, run

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PEOPLE = 6
Deed = Callable[[Enrolment, Actor], object]


def change(row: Enrolment, by: Actor) -> object:
    sheet = sheet_of(row.person)
    columns = {name: getattr(sheet, name) for name in sheet.__slots__}
    return change_person(person=row.person, **columns | {"email": f"a{random.random()}@school.test"}, by=by)


def enrol_everyone(row: Enrolment, by: Actor) -> object:
    people = list(Person.objects.filter(school=row.person.school).order_by("?"))
    return enrol_people(people=people, cycle=row.cycle, side=Side.MENTEE, form=row.form, by=by)


def enrol_again(row: Enrolment, by: Actor) -> object:
    return enrol_person(person=row.person, cycle=row.cycle, side=row.side, form=row.form, by=by)


def forget_parents(by: Actor) -> None:
    for row in Guardianship.objects.all():
        remove_guardian(guardianship=row, by=by)


def withdraw(row: Enrolment, by: Actor) -> None:
    withdraw_consent(consent=row.person.consents.order_by("pk")[0], by=by)


DEEDS: tuple[Deed, ...] = (
    change,
    enrol_everyone,
    enrol_again,
    withdraw,
    lambda row, by: end_enrolment(enrolment=row, by=by),
    lambda row, by: return_enrolment(enrolment=row, by=by),
    lambda row, by: open_door(person=row.person, role=Role.MENTOR, by=by),
    lambda row, by: fill_profile(enrolment=row, competences="Физика", capacity=2, by=by),
)


def test_whatever_is_done_at_once_nobody_waits_for_ever_and_a_withdrawal_holds() -> None:
    curator = actor_of()
    assert curator.school
    form = MentoringFormFactory(school=curator.school, mentor_kind="", mentee_kind="")
    rows = [_mentor(curator, form) for _ in range(PEOPLE)]

    def begin() -> None:
        """Everybody takes part with a consent in force."""
        Enrolment.objects.update(state=EnrolmentState.ENROLLED, left_on=None)
        Consent.objects.update(state=ConsentState.IN_FORCE, ended_at=None)

    def attempt(number: int) -> object:
        return random.choice(DEEDS)(random.choice(rows), curator)

    def takes_part_after_withdrawing() -> bool:
        """What was withdrawn is the consent of a mentor: it ends that side alone."""
        withdrawn = Consent.objects.filter(state=ConsentState.WITHDRAWN).values("person")
        return Enrolment.objects.enrolled().filter(person__in=withdrawn, side=Side.MENTOR).exists()

    tally = run(Race("the register", begin, attempt, takes_part_after_withdrawing, (Enrolment,)))

    assert (tally.broken, tally.trouble) == (0, Counter())


def test_of_all_who_enter_the_same_parent_one_does() -> None:
    child = PersonFactory()
    by = actor_of(school=child.school)
    parent = {"surname": "Ёлкин", "given_name": "Пётр", "patronymic": "", "authority": "father", "phone": ""}

    tally = run(
        Race(
            "one parent",
            begin=lambda: forget_parents(by),
            attempt=lambda number: add_guardian(minor=child, **parent, email="petr@home.test", by=by),
            is_broken=lambda: Guardianship.objects.count() != 1,
            locked=(Person,),
        )
    )

    assert (tally.broken, tally.trouble) == (0, Counter())


def _mentor(curator: Actor, form: object) -> Enrolment:
    person = PersonFactory(school=curator.school, teacher=True)
    ConsentFactory(person=person, own=True, mentor=True, in_force=True)
    cycle = Enrolment.objects.first()
    same = {"cycle": cycle.cycle} if cycle else {}
    return EnrolmentFactory(person=person, form=form, mentor=True, **same)
