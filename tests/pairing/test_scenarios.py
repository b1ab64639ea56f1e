"""Working on a scenario: what each change does to the pairs, and what is refused."""

from __future__ import annotations

import pytest

from core.actors import Actor
from core.models import School
from pairing.models import Scenario
from pairing.scoring import DEFAULT_WEIGHTS
from pairing.services.scenarios import propose_scenario
from participants.models import Enrolment, MentoringForm
from roadmap.models import Cycle
from tests.factories import actor_of, cleared_enrolment

pytestmark = pytest.mark.django_db


def test_thin() -> None:
    curator = actor_of()
    assert curator.school
    mentor = cleared_enrolment(person__school=curator.school, mentor=True, capacity=2, state="ready", competences="Математика")
    mentees = [cleared_enrolment(person__school=curator.school, cycle=mentor.cycle, form=mentor.form, request="математика") for _ in range(3)]
    row = propose_scenario(cycle=mentor.cycle, form=mentor.form, name="", weights=DEFAULT_WEIGHTS, by=curator)
    assert row.served == 2
    assert row.pairs.count() == 2
    print(vars(row))
