"""What a school settles about its register: read, checked, kept, and used from then on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role
from participants.models import RegisterRules
from participants.services.rules import change_rules, rules_of
from tests.factories import SchoolFactory, actor_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
GOOD = {"remind_after": "14, 3; 7", "expiring_days": "45", "least_age": "9", "kept_years": "5", "wants_originals": "on"}


def test_a_school_that_settled_nothing_goes_by_the_defaults_and_no_row_is_made() -> None:
    rules = rules_of(SchoolFactory())

    assert (rules.least_age, rules.wants_originals, rules.remind_after) == (10, False, [3, 7, 14])
    assert (rules.expiring_days, rules.kept_years, RegisterRules.objects.count()) == (30, 3, 0)


def test_the_page_settles_them_in_order_and_the_journal_names_the_columns(log_in: LogIn) -> None:
    by = actor_of()
    browser = log_in(by)

    shown = browser.get("/consents/rules/").text
    answer = browser.post("/consents/rules/", GOOD)

    assert by.school is not None
    rules = rules_of(by.school)
    assert ('value="3, 7, 14"' in shown, answer.status_code) == (True, 302)
    assert (rules.remind_after, rules.expiring_days, rules.least_age) == ([3, 7, 14], 45, 9)
    assert (rules.kept_years, rules.wants_originals) == (5, True)
    columns = ["expiring_days", "kept_years", "least_age", "wants_originals"]
    assert Event.objects.get(verb="settle").detail == {"columns": columns}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("remind_after", "каждый день"),
        ("remind_after", "3, 3"),
        ("remind_after", "0, 5"),
        ("remind_after", "121"),
        ("remind_after", "99999"),
        ("remind_after", "1, 2, 3, 4, 5, 6, 7"),
        ("expiring_days", "0"),
        ("expiring_days", "181"),
        ("least_age", "2"),
        ("kept_years", "11"),
        ("kept_years", ""),
    ],
)
def test_a_rule_that_can_not_be_is_told_and_what_was_typed_is_kept(field: str, value: str, log_in: LogIn) -> None:
    by = actor_of()

    answer = log_in(by).post("/consents/rules/", GOOD | {field: value})

    assert (answer.status_code, RegisterRules.objects.count()) == (400, 0)
    assert f'value="{value}"' in answer.text or not value


def test_no_reminders_at_all_are_a_rule_too(log_in: LogIn) -> None:
    by = actor_of()

    log_in(by).post("/consents/rules/", GOOD | {"remind_after": ""})

    assert RegisterRules.objects.get().remind_after == []


def test_the_service_refuses_days_that_the_page_would_not_send() -> None:
    by = actor_of()
    assert by.school is not None

    for days in ([3, 3], [0], [121], list(range(1, 8))):
        with pytest.raises(DomainError, match="разных дней"), transaction.atomic():
            change_rules(
                school=by.school,
                least_age=10,
                wants_originals=False,
                remind_after=days,
                expiring_days=30,
                kept_years=3,
                by=by,
            )

    assert RegisterRules.objects.count() == 0


def test_only_the_curator_settles_rules(log_in: LogIn) -> None:
    assert log_in(actor_of(Role.ADMINISTRATOR)).get("/consents/rules/").status_code == 403
