"""R9 and R10 for orders: sixteen at once take sixteen numbers, one enforces, fifty sendings have one effect."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.actors import Actor
from core.models import Event, Notice, Role, School
from pairing.models import Match, MatchState, Mentorship, Place
from participants.models import Consent, ConsentState, Enrolment, EnrolmentState
from participants.services.withdrawal import withdraw_consent
from reports.models import Order, OrderLine, OrderState
from reports.services.orders import change_order, draft_order, enforce_order
from tests.factories import UserFactory, actor_of
from tests.pairing.crowd import PEOPLE, Race, run, unguarded
from tests.pairing.test_sendings import SENDINGS, at_once
from tests.participants.pictures import photo
from tests.reports.ordering import (
    LAST_DAY,
    SIGNED_ON,
    approved,
    curator_of,
    drafted,
    head_of,
    signed,
    some_school,
    texts_of,
)

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LogIn = Callable[[Actor], Client]


def crowd_of(school: School, role: Role) -> list[Actor]:
    return [actor_of(role, school) for _ in range(PEOPLE)]


def draft(match: Match, by: Actor, number: str = "") -> Order:
    return draft_order(
        cycle=match.mentor.cycle, matches=[match], number=number, dated_on=SIGNED_ON, starts_on=SIGNED_ON,
        ends_on=LAST_DAY, by=by,
    )  # fmt: skip


def drop_orders() -> None:
    Order.objects.all().delete()


def begin_anew() -> None:
    """The pairs as they were before any order."""
    Place.objects.all().delete()
    Mentorship.objects.all().delete()
    Match.objects.update(state=MatchState.APPROVED)


def numbers_of_a_year() -> Race:
    """Each drafts an order of a pair of his own and leaves the number to the program; one types another's number."""
    school = some_school()
    curators = crowd_of(school, Role.CURATOR)
    first = approved(school)
    matches = [first, *(approved(school, like=first) for _ in range(PEOPLE - 1))]
    typed = dict.fromkeys((5, 6, 7), "3")

    def is_broken() -> bool:
        keys = list(Order.objects.values_list("number_key", flat=True))
        return len(keys) != len(set(keys))

    return Race(
        "numbers of a year",
        begin=drop_orders,
        attempt=lambda number: draft(matches[number], curators[number], typed.get(number, "")),
        is_broken=is_broken,
        locked=(School,),
        backed_by=(Order, "one_order_per_school_year_and_number"),
    )


def one_order_per_pair() -> Race:
    school = some_school()
    curators = crowd_of(school, Role.CURATOR)
    match = approved(school)

    return Race(
        "one live order per pair",
        begin=drop_orders,
        attempt=lambda number: draft(match, curators[number]),
        is_broken=lambda: OrderLine.objects.count() != 1,
        locked=(Enrolment, Match, School),
        backed_by=(Order, "one_order_per_school_year_and_number"),
    )


def one_change_of_a_draft() -> Race:
    """All looked at the same revision; the second and the rest are told."""
    order = drafted(approved(some_school()))
    curators = crowd_of(order.school, Role.CURATOR)
    texts = texts_of(order)

    def begin() -> None:
        Order.objects.update(revision=1)
        Event.objects.all().delete()

    return Race(
        "one change of what was seen",
        begin=begin,
        attempt=lambda number: change_order(
            order=order, seen_revision=1, texts={**texts, "title": f"{number}"}, lines={}, by=curators[number]
        ),
        is_broken=lambda: Event.objects.filter(verb="change").count() != 1,
        locked=(Order, School),
    )


def one_enforcement() -> Race:
    order = signed(drafted(approved(some_school())))
    heads = crowd_of(order.school, Role.ADMINISTRATOR)
    seen = order.revision

    def begin() -> None:
        begin_anew()
        Order.objects.update(state=OrderState.DRAFT)
        Event.objects.all().delete()

    return Race(
        "one enforcement of an order",
        begin=begin,
        attempt=lambda number: enforce_order(order=order, seen_revision=seen, by=heads[number]),
        is_broken=lambda: (
            Event.objects.filter(verb="move", to_state="in_force", thing=f"order:{order.pk}").count() != 1
        ),
        locked=(Order, Match, Enrolment, Mentorship),
    )


def nothing_after_a_withdrawal() -> Race:
    """One withdraws a mentee's consent while the others put the order that names him in force."""
    match = approved(some_school())
    curator, heads = curator_of(match.school), crowd_of(match.school, Role.ADMINISTRATOR)
    consent = match.mentee.person.consents.get()

    def begin() -> None:
        begin_anew()
        Consent.objects.filter(pk=consent.pk).update(state=ConsentState.IN_FORCE, ended_at=None)
        Enrolment.objects.update(state=EnrolmentState.ENROLLED, left_on=None)
        drop_orders()
        signed(draft(match, curator), heads[0])

    def attempt(number: int) -> None:
        if number == 0:
            withdraw_consent(consent=consent, by=curator)
        else:
            enforce_order(order=Order.objects.get(), seen_revision=2, by=heads[number])

    return Race(
        "no active pair after a withdrawal",
        begin=begin,
        attempt=attempt,
        is_broken=lambda: Place.objects.filter(left_on=None).exists(),
        locked=(Order, Match, Enrolment, Mentorship),
        backed_by=(Order, "an_order_in_force_was_signed_and_scanned"),
    )


RACES: dict[str, Callable[[], Race]] = {
    "numbers": numbers_of_a_year,
    "pairs": one_order_per_pair,
    "changes": one_change_of_a_draft,
    "enforcements": one_enforcement,
    "withdrawals": nothing_after_a_withdrawal,
}


@pytest.mark.parametrize("name", RACES)
def test_the_promise_holds_however_many_act_at_once(name: str) -> None:
    tally = run(RACES[name]())

    assert (tally.broken, dict(tally.trouble)) == (0, {})
    assert tally.done > 0


@pytest.mark.parametrize("name", sorted(RACES.keys() - {"enforcements"}))
def test_without_the_lock_the_same_crowd_breaks_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    race = RACES[name]()

    with unguarded(race, monkeypatch):
        tally = run(race, until_broken=True)

    assert tally.broken == 1


def test_without_the_lock_only_the_database_keeps_an_order_from_beginning_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mentee has one place by a match, whatever happens; but nobody is told in words."""
    race = one_enforcement()

    with unguarded(race, monkeypatch):
        tally = run(race)

    assert tally.broken == 0
    assert tally.trouble.total() > 0


# ---------------------------------------------------------------- fifty sendings


def test_an_order_is_drafted_once(log_in: LogIn) -> None:
    school = some_school()
    match = approved(school)
    sent = {"pair": match.pk, "dated_on": SIGNED_ON, "starts_on": SIGNED_ON, "ends_on": LAST_DAY, "once": "token"}

    answers = at_once(log_in, curator_of(school), f"/orders/new/?cycle={match.mentor.cycle_id}", sent)

    order = Order.objects.get()
    assert [(row.status_code, row["Location"]) for row in answers] == [(302, f"/orders/{order.pk}/")] * SENDINGS
    assert Event.objects.filter(verb="draft").count() == 1
    print(f"sendings: {SENDINGS} of one draft at once, {Order.objects.count()} order")


def test_an_order_comes_in_force_once_with_one_letter_each(log_in: LogIn) -> None:
    match = approved(some_school())
    match.mentor.person.user = UserFactory()
    match.mentor.person.save()
    order = signed(drafted(match))
    head = head_of(order.school)

    answers = at_once(log_in, head, f"/orders/{order.pk}/enforce/", {"seen": order.revision, "once": "token"})

    assert [(row.status_code, row["Location"]) for row in answers] == [(302, f"/orders/{order.pk}/")] * SENDINGS
    assert (Mentorship.objects.count(), Notice.objects.count()) == (1, 1)
    assert Event.objects.filter(verb="move", thing=f"order:{order.pk}").count() == 1
    print(f"sendings: {SENDINGS} of one enforcement at once, {Mentorship.objects.count()} mentorship, 1 letter")


def test_two_heads_who_sign_at_once_sign_once(log_in: LogIn) -> None:
    order = signed(drafted(approved(some_school())))
    heads = itertools.cycle([head_of(order.school), head_of(order.school)])
    page, sent = f"/orders/{order.pk}/enforce/", {"seen": order.revision}

    answers = at_once(lambda _actor: log_in(next(heads)), head_of(order.school), page, sent)

    assert {row.status_code for row in answers} == {302}
    assert Event.objects.filter(verb="move", thing=f"order:{order.pk}").count() == 1
    assert Mentorship.objects.count() == 1


def test_a_scan_is_kept_once(log_in: LogIn) -> None:
    order = drafted(approved(some_school()))
    head = head_of(order.school)
    browsers = [log_in(head) for _ in range(4)]
    page = f"/orders/{order.pk}/scan/"

    answers = [
        browser.post(
            page, {"seen": 1, "once": "token", "pages": SimpleUploadedFile("1.jpg", photo()), "deed": "enforce"}
        )
        for browser in browsers
    ]

    assert [(row.status_code, row["Location"]) for row in answers] == [(302, f"/orders/{order.pk}/")] * 4
    assert Event.objects.filter(verb="attach").count() == 1
