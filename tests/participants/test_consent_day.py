"""What the curator's day says of consents: conflicts first, near ends, and who comes of age."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from participants.receivers.consent_day import ask_curator
from tests.factories import ConsentFactory, PersonFactory, SchoolFactory, actor_of

pytestmark = pytest.mark.django_db


def told(school: object) -> list[tuple[str, date | None]]:
    by = actor_of(school=school)  # type: ignore[arg-type]
    return [(waiting.text, waiting.day) for waiting in ask_curator(by, timezone.localdate())]


def test_a_conflict_is_told_before_all_else_and_only_in_its_school() -> None:
    consent = ConsentFactory(contested=True)
    ConsentFactory(contested=True)
    ConsentFactory(person__school=consent.person.school, sent=True)

    first, second = told(consent.person.school)

    assert (first[0], second[0]) == (
        f"Представители расходятся: {consent.person.short_name}",
        "Проверить 1 согласие",
    )


def test_near_ends_are_counted_until_they_are_asked_anew() -> None:
    school, soon = SchoolFactory(), timezone.localdate() + timedelta(days=20)
    near = ConsentFactory(person__school=school, in_force=True, expires_on=soon)
    ConsentFactory(person__school=school, in_force=True, expires_on=soon + timedelta(days=30))
    before = told(school)
    ConsentFactory(person=near.person, guardian=near.guardian)

    assert (before, told(school)) == ([("Скоро истекает 1 согласие", soon)], [])


def test_full_age_is_told_a_month_ahead_and_not_twice_as_a_near_end() -> None:
    school, birthday = SchoolFactory(), timezone.localdate() + timedelta(days=30)
    people = [
        PersonFactory(school=school, birth_date=birthday.replace(year=birthday.year - 18) + timedelta(days=shift))
        for shift in (0, 1)
    ]
    for person in people:
        ConsentFactory(person=person, in_force=True, expires_on=birthday - timedelta(days=1))

    assert told(school) == [
        ("Скоро истекает 1 согласие", birthday - timedelta(days=1)),
        (f"Исполняется 18 лет: {people[0].short_name}", birthday),
    ]
