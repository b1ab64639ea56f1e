"""Several curators carry out at once: each person is destroyed once, nobody waits for ever, the journal is whole."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from core.actors import Actor
from core.journal import broken_links
from core.models import Event
from participants.models import Consent, Destruction, DestructionGround, DestructionState, Person
from participants.services.carrying import carry_out
from participants.services.checking import accept_on_paper
from participants.services.demanding import demand_destruction
from tests.factories import ConsentFactory, GuardianshipFactory, PersonFactory, actor_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def carry(keys: list[int], by: Actor) -> int:
    """How many were destroyed; who has waited for a lock too long tries again, as the worker does."""
    try:
        return len(carry_out(destructions=keys, sheets=0, by=by))
    except OperationalError as error:
        if "lock timeout" not in str(error):
            raise
        return carry(keys, by)
    finally:
        connection.close()


def doomed_people(by: Actor, count: int) -> list[int]:
    people = [PersonFactory(school=by.school) for _ in range(count)]
    return [demand_destruction(person=row, ground=DestructionGround.DEMAND, by=by).pk for row in people]


def test_of_all_who_carry_out_the_same_one_does() -> None:
    by = actor_of()
    first, second, third = doomed_people(by, 3)
    wishes = [[first, second], [second, third], [third, first], [third, second, first]]

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(lambda keys: carry(keys, by), wishes))

    events = Counter(Event.objects.filter(verb="destroy").values_list("thing", flat=True))
    assert done == 3
    assert set(events.values()) == {1}
    assert len(events) == 3
    assert list(broken_links()) == []


def test_a_consent_that_comes_in_force_at_the_same_moment_wins_or_is_refused() -> None:
    by = actor_of()
    (key,) = doomed_people(by, 1)
    person = Person.objects.get(destructions=key)
    guardian = GuardianshipFactory(minor=person).guardian
    consent = ConsentFactory(person=person, guardian=guardian)

    def accept() -> str:
        try:
            accept_on_paper(consent=consent, on=timezone.localdate(), place="Сейф", by=by)
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(2) as pool:
        accepted, carried = pool.submit(accept), pool.submit(carry, [key], by)
        outcome = accepted.result(), carried.result()

    state = Destruction.objects.get(pk=key).state
    is_in_force = Consent.objects.get(pk=consent.pk).state == "in_force"
    assert outcome in {("accepted", 0), ("TransitionRefused", 1)}
    assert (is_in_force, state) == (outcome[1] == 0, DestructionState.DONE if outcome[1] else DestructionState.LIFTED)
