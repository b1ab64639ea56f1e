"""R10: one effect for a form however often it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from core.access import ActingRequest
from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Notice, Once, School
from core.notices import queue_notice
from core.once import FIELD, KEPT, do_once, forget_old_sendings
from tests.factories import SchoolFactory, actor_of

SENDINGS, AT_ONCE = 50, 16


def sending(actor: Actor, token: str = "t", path: str = "/make/") -> ActingRequest:
    request = cast("ActingRequest", RequestFactory().post(path, {FIELD: token} if token else {}))
    request.actor = actor
    return request


def make_school() -> str:
    """A deed with a row, a letter and an answer of its own."""
    school = SchoolFactory()
    queue_notice(key=f"made:{school.pk}", kind="made", school=school)
    return f"/schools/{school.pk}/"


def effects() -> tuple[int, int]:
    return School.objects.filter(memberships=None).count(), Notice.objects.count()


@pytest.mark.django_db
def test_fifty_sendings_have_one_effect_and_one_answer() -> None:
    actor = actor_of()

    answers = {do_once(sending(actor), make_school) for _ in range(SENDINGS)}

    assert (len(answers), effects()) == (1, (1, 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_sendings_at_once_have_one_effect_and_one_answer() -> None:
    actor = actor_of()

    answers = at_once(lambda: do_once(sending(actor), make_school))

    assert len(answers) == SENDINGS
    assert (len(set(answers)), effects()) == (1, (1, 1))
    print(f"once: {SENDINGS} sendings at once, {effects()[0]} row, {effects()[1]} letter")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_a_token_each_of_the_fifty_acts() -> None:
    """The negative control."""
    actor = actor_of()

    answers = at_once(lambda: do_once(sending(actor, token=""), make_school))

    assert (len(set(answers)), effects()) == (SENDINGS, (SENDINGS, SENDINGS))


def at_once(send: Any) -> list[str]:
    def in_thread(_number: int) -> str:
        try:
            return str(send())
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(in_thread, range(SENDINGS)))


@pytest.mark.django_db
def test_a_sending_repeated_after_an_hour_gets_the_first_answer() -> None:
    actor = actor_of()
    first = do_once(sending(actor), make_school)
    Once.objects.update(created_at=timezone.now() - timedelta(hours=1))
    forget_old_sendings()

    assert do_once(sending(actor), make_school) == first
    assert effects() == (1, 1)


@pytest.mark.django_db
def test_a_sending_that_was_refused_leaves_the_token_good() -> None:
    actor = actor_of()

    def refuse() -> str:
        make_school()
        raise DomainError("not yet")

    with pytest.raises(DomainError):
        do_once(sending(actor), refuse)

    assert effects() == (0, 0)
    assert do_once(sending(actor), make_school) == do_once(sending(actor), make_school)
    assert effects() == (1, 1)


@pytest.mark.django_db
def test_a_token_is_one_persons_and_one_forms() -> None:
    one, other = actor_of(), actor_of()

    answers = [
        do_once(sending(one), make_school),
        do_once(sending(other), make_school),
        do_once(sending(one, path="/make/other/"), make_school),
        do_once(sending(one, token="u"), make_school),
    ]

    assert (len(set(answers)), effects()) == (4, (4, 4))


@pytest.mark.django_db
def test_sendings_are_forgotten_after_two_days_and_hold_no_name() -> None:
    actor = actor_of()
    do_once(sending(actor, token="secret-token"), make_school)
    row = Once.objects.get()
    assert (len(row.key), "secret" in str(vars(row))) == (64, False)
    Once.objects.update(created_at=timezone.now() - KEPT + timedelta(minutes=1))
    assert forget_old_sendings() == 0

    Once.objects.update(created_at=timezone.now() - KEPT - timedelta(seconds=1))

    assert forget_old_sendings() == 1
    assert not Event.objects.filter(thing__startswith="once:").exists()
