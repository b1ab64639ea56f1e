"""R13 within forms: a row of another school that is named in a field changes nothing there and ties nothing to it.

Addresses are tried by the access matrix; here every field of every form that holds a key is given those of the
other school's rows instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F, Q
from django.test import Client

from core.models import Event, Membership, Role
from pairing.models import Match, Mentorship, Place
from participants.models import (
    Consent,
    Enrolment,
    Guardian,
    Guardianship,
    MentoringForm,
    Person,
    PersonalLink,
    RoleModel,
)
from reports.models import Order, OrderLine
from roadmap.models import Activity, Cycle
from tests.canaries import Filled, all_marks, browser_of
from tests.crawler import Form, Page, filled_out
from tests.walks.walked import Walked

pytestmark = pytest.mark.django_db

WAYS: dict[Any, str] = {
    Person: "school",
    Guardian: "school",
    Guardianship: "minor__school",
    Enrolment: "person__school",
    MentoringForm: "school",
    RoleModel: "form__school",
    Consent: "person__school",
    PersonalLink: "person__school",
    Match: "school",
    Mentorship: "school",
    Place: "mentorship__school",
    Order: "school",
    OrderLine: "order__school",
    Cycle: "programme__school",
    Activity: "stage__programme__school",
    Membership: "school",
}
"""What a field may name, and the way from its row to its school."""

TIES: dict[Any, tuple[str, ...]] = {
    Guardianship: ("minor__school", "guardian__school"),
    Enrolment: ("person__school", "form__school", "cycle__programme__school", "role_model__form__school"),
    Consent: ("person__school", "guardian__school", "text__school"),
    PersonalLink: ("school", "person__school", "guardian__school"),
    Match: ("school", "mentor__person__school", "mentee__person__school"),
    Mentorship: ("school", "mentor__person__school"),
    Place: ("mentorship__school", "mentee__person__school", "match__school"),
    Order: ("school", "cycle__programme__school"),
    OrderLine: ("order__school", "matches__school"),
}
"""The ways from a row to its school, which all lead to the same one."""


def crossed() -> list[str]:
    """The rows that belong to two schools."""
    return [
        f"{model.__name__} {pk}"
        for model, (first, *others) in TIES.items()
        for other in others
        for pk in model.objects.exclude(Q(**{other: None}) | Q(**{other: F(first)})).values_list("pk", flat=True)
    ]


def keys_there(there: Filled) -> list[str]:
    """One key of each kind of row of the other school."""
    newest = (model.objects.filter(**{way: there.school}).order_by("-pk").first() for model, way in WAYS.items())
    return sorted({str(row.pk) for row in newest if row})


def lines_of(there: Filled) -> int:
    """The lines of the other school's journal: no change and no view is without one."""
    return Event.objects.filter(school=there.school).count()


def fillings(form: Form, here: Filled, keys: list[str]) -> Iterator[dict[str, Any]]:
    """The form filled in as it stands, with a foreign key in one field after another: in boxes all of them at once."""
    given = filled_out(form, here.mark)
    for name, value in given.items():
        values = value if isinstance(value, list) else []
        offered = [*values, *form.choices.get(name, [])]
        if name != "acting_as" and name not in form.kinds and any(str(one).isdigit() for one in offered):
            yield given | {name: keys}
            for key in keys if name not in form.boxes else []:
                yield given | {name: [key]}


@pytest.mark.parametrize("who", [Role.CURATOR, Role.ADMINISTRATOR, Role.MENTOR])
def test_a_key_of_another_school_in_a_form_does_nothing_there(
    who: str, schools: tuple[Filled, Filled], walked: Callable[[str], Walked]
) -> None:
    here, there = schools
    came_upon, keys = walked(who), keys_there(there)
    forms = came_upon.plain_forms
    assert crossed() == []

    tried, wrong = 0, []
    for form in forms:
        browser = browser_of(came_upon.actor, here)
        for values in fillings(form, here, keys):
            tried += 1
            wrong += done_there(browser, form, values, there)

    print(f"foreign keys: {who}: {tried} fillings of {len(forms)} forms, {len(wrong)} wrong")
    assert sorted(set(wrong)) == []
    assert tried


@contextmanager
def watched() -> Iterator[list[str]]:
    """The statements that meanwhile write anything but the visitor's session: without one no row can be tied."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        is_write = not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        if is_write and Session._meta.db_table not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def done_there(client: Client, form: Form, values: dict[str, Any], there: Filled) -> list[str]:
    """What came of it in the other school; then all is as before."""
    before = lines_of(there)
    for name in form.files:
        values[name].seek(0)
    with transaction.atomic():
        with watched() as written:
            page = Page(form.address, client.post(form.address, values))
        found = [f"{form.address} showed {mark}" for mark in all_marks(page.text, there.mark)]
        found += [f"{form.address} tied {row} to another school" for row in crossed()] if written else []
        found += [f"{form.address} wrote into the other school's journal"] if lines_of(there) != before else []
        found += [f"{form.address} gave {page.answer.status_code}"] if page.answer.status_code >= 500 else []
        transaction.set_rollback(True)
    return found
