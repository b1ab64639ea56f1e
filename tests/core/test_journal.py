from __future__ import annotations

import random
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from core.actors import SYSTEM, link_actor
from core.errors import TransitionRefused
from core.journal import broken_links, record_event
from core.models import Event, JournalHead, School
from core.states import move
from roadmap.models import WindowState
from tests.factories import SchoolFactory, WindowFactory, actor_of

pytestmark = pytest.mark.django_db


def three_chains(length: int = 12) -> tuple[School, School]:
    """Two schools with a chain each and the installation's own."""
    here, there = SchoolFactory(), SchoolFactory()
    for number in range(length):
        record_event(verb="look", thing=here, school=here, detail={"rows": number, "of": "список"}, by=SYSTEM)
        record_event(verb="look", thing=there, school=there, from_state="a", to_state="b", by=actor_of(school=there))
        record_event(verb="look", by=SYSTEM)
    return here, there


def test_a_journal_that_nobody_touched_is_whole() -> None:
    three_chains()

    assert list(broken_links()) == []


def test_each_school_has_a_chain_that_counts_from_one() -> None:
    here, there = three_chains(length=2)

    found = Event.objects.order_by("chain", "number").values_list("chain", "number", "school_id")
    assert list(found) == [
        (0, 1, None),
        (0, 2, None),
        (here.pk, 1, here.pk),
        (here.pk, 2, here.pk),
        (there.pk, 1, there.pk),
        (there.pk, 2, there.pk),
    ]


def test_an_event_belongs_to_the_school_of_its_actor_where_none_is_named() -> None:
    actor = actor_of()

    assert record_event(verb="look", by=actor).school == actor.school


def test_an_event_names_keys_and_no_names() -> None:
    actor = actor_of()
    school = actor.school

    event = record_event(verb="move", thing=school, from_state="a", to_state="b", by=actor)
    by_link = record_event(verb="look", by=link_actor("invitation:7", school))

    assert school is not None
    assert (event.actor, event.thing) == (f"user:{actor.user_id}", f"school:{school.pk}")
    assert (by_link.actor, by_link.school_id, by_link.thing) == ("invitation:7", school.pk, "")


Tampering = Callable[[School], object]


def _copy(school: School, number: int, to: int) -> None:
    event = Event.objects.get(school=school, number=number)
    event.pk, event.number = None, to
    event.save(force_insert=True)


def _swap(school: School) -> None:
    three, four = Event.objects.filter(school=school, number__in=(3, 4)).order_by("number")
    Event.objects.filter(pk=three.pk).update(number=99)
    Event.objects.filter(pk=four.pk).update(number=3)
    Event.objects.filter(pk=three.pk).update(number=4)


def _put_in(school: School) -> None:
    for event in Event.objects.filter(school=school, number__gt=5).order_by("-number"):
        Event.objects.filter(pk=event.pk).update(number=event.number + 1)
    _copy(school, 5, to=6)


def _change(**columns: object) -> Tampering:
    return lambda school: Event.objects.filter(school=school, number=5).update(**columns)


TAMPERINGS: dict[str, tuple[Tampering, int]] = {
    "the actor is changed": (_change(actor="user:999"), 5),
    "the verb is changed": (_change(verb="delete"), 5),
    "the thing is changed": (_change(thing="school:999"), 5),
    "the state before is changed": (_change(from_state="x"), 5),
    "the state after is changed": (_change(to_state="x"), 5),
    "the detail is changed": (_change(detail={"rows": 5}), 5),
    "the digest is changed": (_change(digest="0" * 64), 5),
    "the moment is changed": (_change(at="2026-01-01T00:00:00Z"), 5),
    "the school is taken away": (_change(school=None), 5),
    "the first is deleted": (lambda school: Event.objects.filter(school=school, number=1).delete(), 1),
    "one in the middle is deleted": (lambda school: Event.objects.filter(school=school, number=5).delete(), 5),
    "the last is deleted": (lambda school: Event.objects.filter(school=school, number=12).delete(), 12),
    "two are exchanged": (_swap, 3),
    "one is put in": (_put_in, 6),
    "one is added at the end": (lambda school: _copy(school, 12, to=13), 13),
    "all are deleted": (lambda school: Event.objects.filter(school=school).delete(), 1),
    "the head is deleted": (lambda school: JournalHead.objects.filter(chain=school.pk).delete(), 13),
    "the head is changed": (lambda school: JournalHead.objects.filter(chain=school.pk).update(digest="0"), 13),
    "the head is set back": (
        lambda school: JournalHead.objects.filter(chain=school.pk).update(number=F("number") - 1),
        13,
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_journal_shows_that(name: str) -> None:
    here, _ = three_chains()
    tamper, number = TAMPERINGS[name]

    tamper(here)

    assert list(broken_links()) == [f"{here.pk}/{number}"]


def test_an_event_moved_to_another_school_breaks_both_chains() -> None:
    here, there = three_chains()

    Event.objects.filter(school=here, number=12).update(chain=there.pk, number=13)

    assert list(broken_links()) == [f"{here.pk}/12", f"{there.pk}/13"]


def test_every_one_of_many_random_changes_is_found(request: pytest.FixtureRequest) -> None:
    here, there = three_chains(length=20)
    chance = random.Random(request.node.name)
    columns = ["actor", "verb", "thing", "from_state", "to_state", "digest"]
    found = 0

    for _ in range(1000):
        with transaction.atomic():
            school, number = chance.choice((here, there)), chance.randint(1, 20)
            row = Event.objects.filter(school=school, number=number)
            if chance.random() < 0.3:
                row.delete()
            else:
                row.update(**{chance.choice(columns): f"{chance.random()}"})
            found += list(broken_links()) == [f"{school.pk}/{number}"]
            transaction.set_rollback(True)

    print(f"journal: {found} of 1000 changes found")
    assert found == 1000
    assert list(broken_links()) == []


def test_an_event_costs_the_same_queries_however_long_the_journal() -> None:
    costs = []
    for length in (1, 50):
        for _ in range(length):
            record_event(verb="look", by=SYSTEM)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            record_event(verb="look", by=SYSTEM)
        costs.append(len(queries))

    # the head locked, the event, the head moved on: a school stands in line behind these
    assert costs == [3, 3]


def test_what_cannot_be_journaled_does_not_happen() -> None:
    window = WindowFactory()
    school = window.activity.stage.programme.school
    actor = actor_of(school=school)
    record_event(verb="look", by=actor)
    _copy(school, 1, to=2)  # the place of the next event is taken
    window.done_on, window.done_by = window.ends_on, actor.user

    with pytest.raises(IntegrityError), transaction.atomic():
        move(window, WindowState.DONE, school=school, also=("done_on", "done_by"), by=actor)

    window.refresh_from_db()
    assert (window.state, window.done_on) == (WindowState.PLANNED, None)


def test_a_detail_that_cannot_be_kept_is_refused_before_anything_is_written() -> None:
    with pytest.raises(TypeError), transaction.atomic():
        record_event(verb="look", detail={"what": object()}, by=SYSTEM)

    assert (Event.objects.count(), list(broken_links())) == (0, [])


def test_a_refused_move_is_not_journaled() -> None:
    window = WindowFactory()

    with pytest.raises(TransitionRefused):
        move(window, WindowState.PLANNED, school=window.activity.stage.programme.school, by=actor_of())

    assert Event.objects.count() == 0


def test_the_command_counts_a_whole_journal() -> None:
    three_chains(length=2)
    out = StringIO()

    call_command("verify_journal", stdout=out)

    assert out.getvalue() == "journal whole: 6 events\n"


def test_the_command_fails_and_names_the_broken_places() -> None:
    here, there = three_chains()
    Event.objects.filter(school=here, number=3).delete()
    Event.objects.filter(school=there, number=7).update(verb="x")

    with pytest.raises(CommandError) as refused:
        call_command("verify_journal")

    assert str(refused.value) == f"journal broken at {here.pk}/3, {there.pk}/7"
