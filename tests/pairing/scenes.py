"""A small school whose best pairs one sees at a glance: by what each asks for and what each can."""

from __future__ import annotations

from collections.abc import Mapping

from core.actors import Actor
from core.models import Role, School
from pairing.models import Scenario
from pairing.scoring import DEFAULT_WEIGHTS
from pairing.services.scenarios import propose_scenario
from participants.models import Enrolment, EnrolmentState
from tests.factories import CycleFactory, MentoringFormFactory, actor_of, cleared_enrolment

MENTORS = {"Орлова": "органическая химия", "Петров": "подготовка по математике"}
MENTEES = {"Абрамова": "догнать химию", "Белова": "математика", "Тимофеев": "олимпиада по математике"}
"""Two mentors with a place each for three mentees: the chemist gets who asks for chemistry."""


class Crowd:
    """The parts of people by surname, in one cycle and form of one school."""

    def __init__(
        self,
        mentors: Mapping[str, str] = MENTORS,
        mentees: Mapping[str, str] = MENTEES,
        curator: Actor | None = None,
        places: int = 1,
    ) -> None:
        self.curator = curator or actor_of(Role.CURATOR)
        assert self.curator.school
        self.school: School = self.curator.school
        self.cycle = CycleFactory(programme__school=self.school, year=2026)
        self.form = MentoringFormFactory(school=self.school)
        self.parts: dict[str, Enrolment] = {}
        for surname, competences in mentors.items():
            self.add(surname, mentor=True, competences=competences, capacity=places, state=EnrolmentState.READY)
        for surname, request in mentees.items():
            self.add(surname, request=request)

    def add(self, surname: str, **columns: object) -> Enrolment:
        self.parts[surname] = cleared_enrolment(
            person__school=self.school, person__surname=surname, cycle=self.cycle, form=self.form, **columns
        )
        return self.parts[surname]

    def __getitem__(self, surname: str) -> Enrolment:
        return self.parts[surname]

    def propose(self, **columns: str) -> Scenario:
        return propose_scenario(
            **{"cycle": self.cycle, "form": self.form, "name": "", "weights": DEFAULT_WEIGHTS, **columns},  # type: ignore[arg-type]
            by=self.curator,
        )


def pairs_of(scenario: Scenario) -> dict[str, str]:
    """The stored pairs by surname: mentee, mentor."""
    rows = scenario.pairs.values_list("mentee__person__surname", "mentor__person__surname")
    return dict(rows)
