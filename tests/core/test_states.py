from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation
from factory.declarations import Trait

from core.actors import SYSTEM
from core.errors import TransitionRefused
from core.models import Event
from core.states import move
from tests.factories import SchoolFactory, factory_of

pytestmark = pytest.mark.django_db

MOVING: list[Any] = [model for model in apps.get_models() if hasattr(model, "MOVES")]
"""Every model that has a table of its moves, of whatever app."""


TABLES = {
    "Invitation": {"waiting": "used revoked", "used": "", "revoked": ""},
    "Card": {"waiting": "used revoked", "used": "", "revoked": ""},
    "Window": {"planned": "done", "done": "planned"},
    "StageClosing": {"closed": "reopened", "reopened": "closed"},
    "PersonalLink": {"open": "revoked", "revoked": ""},
    "Consent": {
        "asked": "sent accepted contested in_force declined cancelled",
        "sent": "returned accepted contested in_force declined cancelled",
        "returned": "sent accepted contested in_force declined cancelled",
        "accepted": "contested in_force declined cancelled withdrawn invalid",
        "contested": "sent accepted in_force declined cancelled withdrawn invalid",
        "in_force": "contested withdrawn expired replaced invalid",
        "declined": "",
        "cancelled": "",
        "withdrawn": "",
        "expired": "",
        "replaced": "",
        "invalid": "",
    },
    "Enrolment": {
        "enrolled": "interviewed ready paused refused left finished",
        "interviewed": "enrolled ready paused refused left finished",
        "ready": "enrolled interviewed paused refused left finished",
        "paused": "enrolled interviewed ready left finished",
        "refused": "enrolled",
        "left": "enrolled",
        "finished": "enrolled",
    },
    "PeopleSheet": {"read": "compared", "compared": "read written", "written": "back", "back": ""},
    "Pile": {"reading": "read", "read": ""},
    "Destruction": {"due": "done lifted", "done": "", "lifted": ""},
    "Match": {
        "proposed": "approved returned dropped",
        "returned": "proposed dropped",
        "approved": "in_force returned dropped",
        "in_force": "",
        "dropped": "",
    },
    "Agreement": {"asked": "agreed declined", "agreed": "declined", "declined": "agreed"},
    "Mentorship": {"active": "finished stopped", "finished": "", "stopped": ""},
    "QuestionnaireVersion": {"draft": "published", "published": ""},
    "Campaign": {"draft": "planned open", "planned": "draft open", "open": "closed", "closed": "open"},
    "MonitoringReport": {"draft": "approved", "approved": "draft"},
    "Order": {"draft": "in_force cancelled", "in_force": "", "cancelled": ""},
}
"""What may follow what, said a second time, so that a step slipped into a model is found here."""


def states_of(model: Any) -> list[str]:
    return [value for value, _ in model._meta.get_field("state").choices]


PAIRS = [
    pytest.param(model, before, after, id=f"{model.__name__} {before} to {after}")
    for model in MOVING
    for before, after in itertools.product(states_of(model), repeat=2)
]


def row_in(model: Any, state: str) -> Any:
    """A stored row in `state`: its factory has a trait of that name unless the row begins there."""
    factory = factory_of(model)
    return factory(**({state: True} if state in factory._meta.parameters else {"state": state}))


def columns_of_states(model: Any) -> set[str]:
    """What changes with the state, by the traits of the factory."""
    traits = [given for given in factory_of(model)._meta.parameters.values() if isinstance(given, Trait)]
    return {name for trait in traits for name in trait.overrides} - {"state"}


@pytest.mark.parametrize("model", MOVING)
def test_a_models_moves_are_those_agreed_and_know_every_state(model: Any) -> None:
    agreed = {before: frozenset(after.split()) for before, after in TABLES[model.__name__].items()}

    assert dict(model.MOVES) == agreed
    assert list(model.MOVES) == states_of(model)


def test_every_model_with_a_life_is_in_the_tables() -> None:
    assert {model.__name__ for model in MOVING} == set(TABLES)


@pytest.mark.parametrize(("model", "before", "after"), PAIRS)
def test_a_row_moves_as_its_table_says_and_in_no_other_way(model: Any, before: str, after: str) -> None:
    row, sample, school = row_in(model, before), row_in(model, after), SchoolFactory()
    names = {"state", *columns_of_states(model)}
    as_it_was, as_it_shall_be = stored(row, names), stored(sample, names)
    also = names - {"state"}
    for name in also:
        setattr(row, name, getattr(sample, name))
    sample.delete()  # what belongs to one row alone, as a scan does, is free for the moving row
    earlier = set(Event.objects.values_list("pk", flat=True))

    if after in TABLES[model.__name__][before].split():
        move(row, after, school=school, also=also, by=SYSTEM)
        assert stored(row, names) == as_it_shall_be
        journaled = [("move", f"{model._meta.model_name}:{row.pk}", before, after, school.pk)]
    else:
        with pytest.raises(TransitionRefused):
            move(row, after, school=school, also=also, by=SYSTEM)
        assert stored(row, names) == as_it_was
        journaled = []

    found = Event.objects.exclude(pk__in=earlier).values_list("verb", "thing", "from_state", "to_state", "school_id")
    assert list(found) == journaled


def stored(row: models.Model, names: set[str]) -> dict[str, Any]:
    return type(row)._default_manager.values(*names).get(pk=row.pk)


def test_a_refusal_says_what_to_do() -> None:
    model = MOVING[0]
    row = row_in(model, states_of(model)[0])

    with translation.override("en"), pytest.raises(TransitionRefused, match="Look at it again before you go on"):
        move(row, row.state, school=SchoolFactory(), by=SYSTEM)
