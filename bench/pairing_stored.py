"""From the rows of 300 mentees and 80 mentors to a stored proposal with its reasons, beside its bare parts.

The parts: one query of the same columns, stemming of the same texts, scipy on the same table, and the insert of the
pairs. Processor time; the database is that of the installation made for the measurement.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import snowballstemmer
from django.db import transaction
from django.utils import translation
from scipy.optimize import linear_sum_assignment

from bench.figures import Figure, middle
from bench.pairing_texts import OFFERS, REQUESTS, hours, interests, words
from core.actors import Actor
from core.models import Role
from pairing.models import Scenario, ScenarioPair
from pairing.scoring import DEFAULT_WEIGHTS, reasons_for
from pairing.scoring.words import words_of
from pairing.services.scenario_rows import bench_today
from pairing.services.scenarios import propose_scenario
from participants.models import Enrolment, EnrolmentState, MentoringForm
from roadmap.models import Cycle
from tests.factories import AreaFactory, CycleFactory, MentoringFormFactory, actor_of, cleared_enrolment

MENTEES, MENTORS, PLACES, AREAS = 300, 80, 4, 12
GOAL = 2.0
TEXTS = ("request", "wanted_help", "competences", "achievements", "interests")
COLUMNS = (
    *("pk", "side", "state", "available", "building", "is_remote", "role_model", "areas__name", "person__sex"),
    *("capacity", "wanted_age_from", "wanted_age_to", "person__surname", "person__given_name", "person__patronymic"),
    *("person__birth_date", "person__kind", "person__class_name", "person__post"),
)


def figures(blocks: int) -> list[Figure]:
    """The first computation is not measured: it loads what computing needs."""
    curator, cycle, form = school()
    with translation.override("ru"):
        scenario = proposed(curator, cycle, form)
        parts = _parts(scenario)
        pairs = [
            (
                _seconds(lambda: _with_reasons(proposed(curator, cycle, form))),
                [_seconds(part) for part in parts.values()],
            )
            for _block in range(blocks)
        ]
    ratios = [mine / sum(bare) for mine, bare in pairs]
    middles = (statistics.median(bare[index] for _mine, bare in pairs) * 1000 for index in range(len(parts)))
    beside = ", ".join(f"{name} {took:.0f} ms" for name, took in zip(parts, middles, strict=True))
    name = f"rows to proposal with reasons, {MENTEES} x {MENTORS}"
    return [middle(name, ratios, "x", goal=GOAL, baseline=beside)]


def school() -> tuple[Actor, Cycle, MentoringForm]:
    """Everybody with consents in force, areas, free hours and a few sentences."""
    draw = random.Random(5)  # noqa: S311  nothing is kept secret by it
    curator = actor_of(Role.CURATOR)
    assert curator.school
    cycle, form = CycleFactory(programme__school=curator.school), MentoringFormFactory(school=curator.school)
    areas = [AreaFactory(school=curator.school) for _area in range(AREAS)]
    same = {"cycle": cycle, "form": form, "person__school": curator.school}
    with transaction.atomic():
        for number in range(MENTEES + MENTORS):
            own = _of_a_mentee(draw, number) if number < MENTEES else _of_a_mentor(draw)
            part = cleared_enrolment(**same, **own, interests=interests(draw), available=hours(draw))
            part.areas.set(draw.sample(areas, 2))
    return curator, cycle, form


def _of_a_mentee(draw: random.Random, number: int) -> dict[str, Any]:
    return {
        "request": words(draw, REQUESTS),
        "wanted_help": words(draw, REQUESTS, 1),
        "person__class_name": f"{5 + number % 6} «{'АБВ'[number % 3]}»",
    }


def _of_a_mentor(draw: random.Random) -> dict[str, Any]:
    return {
        "mentor": True,
        "state": EnrolmentState.READY,
        "capacity": PLACES,
        "competences": words(draw, OFFERS),
        "achievements": words(draw, OFFERS, 1),
    }


def proposed(curator: Actor, cycle: Cycle, form: MentoringForm) -> Scenario:
    return propose_scenario(cycle=cycle, form=form, name="Мера", weights=DEFAULT_WEIGHTS, by=curator)


def _with_reasons(scenario: Scenario) -> None:
    """The reasons as the board says them, of every pair."""
    bench = bench_today(scenario)
    for pair in bench.pairs:
        reasons_for(bench.table, *pair)


def _parts(scenario: Scenario) -> dict[str, Callable[[], object]]:
    rows = Enrolment.objects.filter(cycle=scenario.cycle, form=scenario.form)
    texts = [text for row in rows.values_list(*TEXTS) for text in row]
    bench = bench_today(scenario)
    weights = np.where(np.isnan(bench.scores), 0, bench.scores + 4 * MENTEES * 100).repeat(bench.places, axis=1)
    pairs = [(pair.mentee_id, pair.mentor_id, pair.score) for pair in bench.stored]
    other = Scenario.objects.get(pk=scenario.pk)
    other.pk = None
    other.save(force_insert=True)

    def insert() -> None:
        with transaction.atomic():
            ScenarioPair.objects.bulk_create(
                ScenarioPair(scenario=other, mentee_id=mentee, mentor_id=mentor, score=score)
                for mentee, mentor, score in pairs
            )
        other.pairs.all().delete()

    def stem() -> None:
        stemmer = snowballstemmer.stemmer("russian")
        for text in texts:
            stemmer.stemWords(words_of(text))

    return {
        "query": lambda: list(rows.values_list(*COLUMNS, *TEXTS)),
        "stems": stem,
        "scipy": lambda: linear_sum_assignment(weights, maximize=True),
        "insert": insert,
    }


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
