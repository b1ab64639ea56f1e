"""A school with mentors and mentees who may be paired, and a scenario worked out of them."""

from __future__ import annotations

from core.actors import Actor
from core.models import Role
from pairing.models import Scenario
from pairing.scoring import DEFAULT_WEIGHTS
from pairing.services.scenarios import propose_scenario
from participants.models import Enrolment, EnrolmentState
from tests.factories import CycleFactory, MentoringFormFactory, actor_of, cleared_enrolment

SUBJECTS = ("химия", "математика", "английский язык")


def people(curator: Actor, *, mentees: int = 3, mentors: int = 2, places: int = 2) -> tuple[list[Enrolment], ...]:
    """Mentees and ready mentors of one form, each with a subject in turn, all free on Monday at four."""
    assert curator.school
    cycle = CycleFactory(programme__school=curator.school)
    form = MentoringFormFactory(school=curator.school)
    common = {"person__school": curator.school, "cycle": cycle, "form": form, "available": [116]}
    younger = [
        cleared_enrolment(**common, request=f"Нужна {SUBJECTS[n % 3]}", person__class_name="7 «Б»")
        for n in range(mentees)
    ]
    older = [
        cleared_enrolment(
            **common, mentor=True, state=EnrolmentState.READY, capacity=places, competences=f"Моя {SUBJECTS[n % 3]}"
        )
        for n in range(mentors)
    ]
    return younger, older


def worked_out(curator: Actor, *, mentees: int = 3, mentors: int = 2, places: int = 2) -> Scenario:
    """The best pairs of such a school."""
    younger, _older = people(curator, mentees=mentees, mentors=mentors, places=places)
    return propose_scenario(
        cycle=younger[0].cycle, form=younger[0].form, name="Первый", weights=DEFAULT_WEIGHTS, by=curator
    )


def administrator_of(curator: Actor) -> Actor:
    return actor_of(Role.ADMINISTRATOR, curator.school)
