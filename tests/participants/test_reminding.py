"""Reminders: on the school's days, by day, one letter to a signer, and never to who has answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from core.models import Event, Notice, School
from core.notices import send_due_notices
from participants.models import Authority, Consent, ConsentState, Guardian, Person, RegisterRules
from participants.services.asking import ask_consents
from participants.services.reminding import remind_by_schedule, remind_in_turn, remind_signers
from tests.factories import ConsentFactory, GuardianshipFactory, actor_of
from tests.participants.asked import pupil, school_with_texts, teacher
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = datetime(2026, 10, 5, 12, 0, tzinfo=MOSCOW)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def school(clock: Any) -> School:
    school = school_with_texts()
    RegisterRules.objects.create(school=school, remind_after=[3, 7])
    return school


def asked_pupil(school: School, **columns: Any) -> Person:
    person = pupil(school, **columns)
    ask_consents(person=person, by=actor_of(school=school))
    return person


def counts() -> list[int]:
    return list(Consent.objects.order_by("pk").values_list("reminders", flat=True))


def test_the_days_of_the_school_are_kept_to_and_each_is_written_once(school: School, clock: Any) -> None:
    asked_pupil(school)

    written = []
    for day in range(10):
        clock.move_to(MONDAY + timedelta(days=day))
        written.append((remind_by_schedule(), remind_by_schedule()))

    assert [day for day, (letters, again) in enumerate(written) if letters] == [3, 7]
    assert {again for _letters, again in written} == {0}
    consent = Consent.objects.get()
    assert (consent.reminders, consent.reminded_at) == (2, MONDAY + timedelta(days=7))
    assert Event.objects.filter(verb="remind", thing=f"consent:{consent.pk}").count() == 2


def test_a_day_that_was_missed_is_made_up_for_once(school: School, clock: Any) -> None:
    asked_pupil(school)
    clock.move_to(MONDAY + timedelta(days=20))

    assert (remind_by_schedule(), remind_by_schedule(), counts()) == (1, 0, [1])


@pytest.mark.parametrize("hour", [0, 6, 8, 20, 23])
def test_nobody_is_written_to_at_night_where_the_school_is(hour: int, school: School, clock: Any) -> None:
    asked_pupil(school)
    clock.move_to((MONDAY + timedelta(days=4)).replace(hour=hour))

    assert remind_by_schedule() == 0


def test_a_school_in_the_east_has_its_own_day(school: School, clock: Any) -> None:
    asked_pupil(school)
    School.objects.update(time_zone="Asia/Kamchatka")
    clock.move_to((MONDAY + timedelta(days=4)).replace(hour=1))  # ten in the morning in Kamchatka

    assert remind_by_schedule() == 1


def test_a_school_may_remind_nobody(school: School, clock: Any) -> None:
    asked_pupil(school)
    RegisterRules.objects.update(remind_after=[])
    clock.move_to(MONDAY + timedelta(days=8))

    assert remind_by_schedule() == 0


@pytest.mark.parametrize("state", ["sent", "in_force", "accepted", "contested", "declined", "cancelled", "withdrawn"])
def test_who_has_answered_is_never_reminded(state: str, school: School, clock: Any) -> None:
    person = pupil(school)
    ConsentFactory(person=person, guardian=person.guardianships.get().guardian, **{state: True})
    clock.move_to(MONDAY + timedelta(days=8))

    assert (remind_by_schedule(), Notice.objects.count()) == (0, 0)


def test_a_second_parent_is_not_reminded_of_what_the_first_gave(school: School, clock: Any) -> None:
    person = asked_pupil(school, guardians=2)
    first = person.consents.earliest("pk")
    Consent.objects.filter(pk=first.pk).update(
        state=ConsentState.IN_FORCE, decided_at=MONDAY, decided_by=actor_of(school=school).user
    )
    clock.move_to(MONDAY + timedelta(days=4))

    assert remind_by_schedule() == 0


def test_a_copy_sent_back_is_counted_from_the_day_it_was_sent_back(school: School, clock: Any) -> None:
    person = pupil(school)
    ConsentFactory(
        person=person,
        guardian=person.guardianships.get().guardian,
        returned=True,
        asked_at=MONDAY - timedelta(days=30),
        decided_at=MONDAY,
    )

    clock.move_to(MONDAY + timedelta(days=2))
    early = remind_by_schedule()
    clock.move_to(MONDAY + timedelta(days=3))

    assert (early, remind_by_schedule()) == (0, 1)


def test_one_letter_tells_a_parent_of_all_the_children(school: School, clock: Any, post_office: PostOffice) -> None:
    first = pupil(school, given_name="Гордей", surname="Заречнов")
    guardian = Guardian.objects.get()
    second = pupil(school, guardians=0, given_name="Аксинья", surname="Заречнова")
    GuardianshipFactory(minor=second, guardian=guardian, authority=Authority.MOTHER)
    for person in (first, second):
        ask_consents(person=person, by=actor_of(school=school))
    Notice.objects.all().delete()
    clock.move_to(MONDAY + timedelta(days=3))

    assert remind_by_schedule() == 1
    send_due_notices()

    (letter,) = post_office.letters
    body = letter.get_content()
    assert (letter["To"], body.count(settings.SITE_URL)) == (guardian.email, 2)
    assert [name in body for name in ("Гордей:", "Аксинья:", "Заречнов", "2014")] == [True, True, False, False]
    assert counts() == [1, 1]


def test_a_letter_that_was_answered_meanwhile_is_not_sent(school: School, clock: Any, post_office: PostOffice) -> None:
    asked_pupil(school)
    Notice.objects.all().delete()
    clock.move_to(MONDAY + timedelta(days=3))
    remind_by_schedule()
    Consent.objects.update(state=ConsentState.DECLINED, ended_at=MONDAY)

    send_due_notices()

    assert post_office.letters == []


def test_many_are_reminded_by_hand_and_those_who_can_not_be_are_named(school: School, clock: Any) -> None:
    asked_pupil(school)
    asked_pupil(school)
    silent = asked_pupil(school)
    Guardian.objects.filter(guardianships__minor=silent).update(email="")
    answered = ConsentFactory(person=pupil(school), sent=True)
    clock.move_to(MONDAY + timedelta(days=2))

    done = remind_signers(consents=Consent.objects.all(), by=actor_of(school=school))
    again = remind_signers(consents=Consent.objects.exclude(pk=answered.pk), by=actor_of(school=school))

    assert (done.letters, len(done.refusals), again.letters, len(again.refusals)) == (2, 2, 0, 3)
    assert counts() == [1, 1, 0, 0]


def test_an_adult_is_reminded_of_both_papers_in_one_letter(school: School, clock: Any) -> None:
    ask_consents(person=teacher(school, of_employees=True), by=actor_of(school=school))
    clock.move_to(MONDAY + timedelta(days=3))

    assert (remind_by_schedule(), counts()) == (1, [1, 1])


def test_sweeps_that_follow_closely_look_once(school: School, clock: Any) -> None:
    asked_pupil(school)
    clock.move_to(MONDAY + timedelta(days=3))

    assert (remind_in_turn(), remind_in_turn()) == (1, 0)
