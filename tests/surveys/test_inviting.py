"""Letters of a survey: to whom they go, what they say, what they carry, and reminders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.tokens import digest
from core.errors import DomainError
from core.models import Notice, Role
from core.notices import send_due_notices
from participants.models import Guardianship
from surveys.models import Respondent
from surveys.services.opening import close_campaign, tend_campaigns
from surveys.services.reminding import remind_by_hand, remind_by_schedule, remind_in_turn
from tests.factories import GuardianFactory, GuardianshipFactory, MembershipFactory, actor_of
from tests.post import PostOffice
from tests.surveys.asking import AUDIENCE, mentee, mentor, opened, prepared, year

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=MOSCOW)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def tokens_in(text: str) -> list[str]:
    return re.findall(r"/a/([\w-]{20,})/", text)


def test_a_guardian_gets_one_letter_for_all_children_with_a_link_for_each(post_office: PostOffice) -> None:
    cycle = year()
    guardian = GuardianFactory(school=cycle.programme.school)
    parts = [mentee(cycle, guardian, given_name=name) for name in ("Мирон", "Лада")]

    opened(prepared(cycle, title="Опрос осенью"))
    send_due_notices()

    (letter,) = post_office.letters
    text = letter.get_content()
    found = Respondent.objects.filter(letter_hash__in=[digest(token) for token in tokens_in(text)])
    assert (letter["To"], set(found.values_list("enrolment", flat=True))) == (guardian.email, {row.pk for row in parts})
    assert [word in text for word in ("Мирон", "Лада", "Опрос осенью")] == [True] * 3
    assert [row.person.surname in text for row in parts] == [False, False]


def test_both_guardians_get_the_same_link_and_an_adult_his_own(post_office: PostOffice) -> None:
    cycle = year()
    part = mentee(cycle)
    GuardianshipFactory(minor=part.person)
    opened(prepared(cycle))
    teacher = mentor(cycle)
    opened(prepared(cycle, "mentor"))

    send_due_notices()

    to = {letter["To"]: tokens_in(letter.get_content()) for letter in post_office.letters}
    guardians = [to[bond.guardian.email] for bond in Guardianship.objects.all()]
    assert guardians[0] == guardians[1]
    assert len(to[teacher.person.email]) == 1
    assert len(to) == 3


def test_the_staff_is_written_to_at_the_address_of_the_account(post_office: PostOffice) -> None:
    cycle = year()
    member = MembershipFactory(school=cycle.programme.school, role=Role.PSYCHOLOGIST)
    opened(prepared(cycle, "staff", audience=AUDIENCE | {"roles": ["psychologist"]}))

    send_due_notices()

    assert [letter["To"] for letter in post_office.letters] == [member.user.email]


def test_no_row_of_the_outbox_holds_a_link_or_a_name(post_office: PostOffice) -> None:
    cycle = year()
    part = mentee(cycle, given_name="Святополк")
    opened(prepared(cycle))
    row = Notice.objects.get()
    plain = f"{row.key} {row.payload} {bytes(row.secret or b'')!r}"

    send_due_notices()

    (token,) = tokens_in(post_office.letters[0].get_content())
    row.refresh_from_db()
    assert [token in plain, part.person.given_name in plain, row.secret] == [False, False, None]


def test_a_letter_is_not_sent_once_its_reason_is_gone(post_office: PostOffice) -> None:
    cycle = year()
    answered, withdrawn, parted = mentee(cycle), mentee(cycle), mentee(cycle)
    opened(prepared(cycle))
    Respondent.objects.filter(enrolment=answered).update(has_answered=True)
    withdrawn.person.consents.update(state="withdrawn", ended_at=timezone.now())
    Guardianship.objects.filter(minor=parted.person).delete()

    send_due_notices()

    assert post_office.letters == []


def test_nobody_is_written_to_about_a_survey_that_was_closed(post_office: PostOffice) -> None:
    cycle = year()
    mentee(cycle)
    close_campaign(campaign=opened(prepared(cycle)), by=actor_of(school=cycle.programme.school))

    send_due_notices()

    assert post_office.letters == []


def test_an_address_that_comes_later_is_written_to_then() -> None:
    cycle = year()
    part = mentee(cycle, None)
    opened(prepared(cycle))
    before = Notice.objects.count()

    GuardianshipFactory(minor=part.person)
    tend_campaigns()
    tend_campaigns()

    assert (before, Notice.objects.count()) == (0, 1)


# ---------------------------------------------------------------- reminders


def test_the_days_of_the_campaign_are_kept_to_and_each_is_written_once(clock: Any) -> None:
    cycle = year()
    mentee(cycle)
    opened(prepared(cycle, remind_after=[3, 6]))

    written = []
    for day in range(10):
        clock.move_to(NOON + timedelta(days=day))
        written.append((remind_by_schedule(), remind_by_schedule()))

    assert [day for day, (letters, _again) in enumerate(written) if letters] == [3, 6]
    assert {again for _letters, again in written} == {0}


def test_only_those_who_have_not_answered_are_reminded(clock: Any, post_office: PostOffice) -> None:
    cycle = year()
    silent, answered = mentee(cycle), mentee(cycle)
    opened(prepared(cycle))
    send_due_notices()
    post_office.letters.clear()
    Respondent.objects.filter(enrolment=answered).update(has_answered=True)
    clock.move_to(NOON + timedelta(days=3))

    remind_in_turn()
    send_due_notices()

    guardian = silent.person.guardianships.get().guardian
    assert [letter["To"] for letter in post_office.letters] == [guardian.email]


def test_no_reminder_goes_out_at_night(clock: Any) -> None:
    cycle = year()
    mentee(cycle)
    opened(prepared(cycle))
    clock.move_to(NOON + timedelta(days=3, hours=9))

    assert remind_by_schedule() == 0


def test_by_hand_everyone_is_reminded_once_a_day_at_most(clock: Any) -> None:
    cycle = year()
    mentee(cycle)
    campaign, by = opened(prepared(cycle)), actor_of(school=cycle.programme.school)

    with pytest.raises(DomainError):
        remind_by_hand(campaign=campaign, by=by)
    clock.move_to(NOON + timedelta(days=1))
    letters = remind_by_hand(campaign=campaign, by=by)
    with pytest.raises(DomainError):
        remind_by_hand(campaign=campaign, by=by)

    assert letters == 1


def test_the_link_of_a_reminder_takes_the_place_of_the_first(clock: Any, post_office: PostOffice) -> None:
    cycle = year()
    mentee(cycle)
    campaign = opened(prepared(cycle))
    send_due_notices()
    clock.move_to(NOON + timedelta(days=2))

    remind_by_hand(campaign=campaign, by=actor_of(school=cycle.programme.school))
    send_due_notices()

    first, second = (tokens_in(letter.get_content())[0] for letter in post_office.letters)
    assert first != second
    assert Respondent.objects.get().letter_hash == digest(second)
