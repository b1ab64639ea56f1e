"""R10 over every form of the product: each carries its hidden fields, and sent twice it has one effect and one answer.

The forms are those of all pages that the resolver knows and someone may open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from core.access import Door
from core.models import Event, JournalHead, Once, Role
from core.once import FIELD
from tests.canaries import KEEPER, LINK, OWN_MODELS, Filled, browser_of
from tests.crawler import Form, filled_out
from tests.walks.walked import Walked

pytestmark = pytest.mark.django_db

WHO = [Role.CURATOR, Role.ADMINISTRATOR, Role.MENTOR, Role.MENTEE, Role.GUARDIAN, LINK, KEEPER]
COUNTED = {model._meta.db_table for model in OWN_MODELS if model not in {Event, JournalHead, Once}}
HOW_MANY = " UNION ALL ".join(
    [f"SELECT '{table}', COUNT(*) FROM {table}" for table in sorted(COUNTED)]
    + [f"SELECT 'move', COUNT(*) FROM {Event._meta.db_table} WHERE verb = 'move'"]
)
"""Counted before and after each deed: one statement takes a tenth of what as many do."""


FRESH_EACH_TIME = {
    "/log-in/code/": "whoever asks for a code again wants a new one; the old opens nothing then",
    "/me/address/": "whoever asks for a code again wants a new one; the old opens nothing then",
}
"""Forms that are to act each time they are sent, within the limits on how often, and why."""


def rows() -> Counter[str]:
    """How many rows there are of each kind, and how many moves the journal knows."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY)
        return +Counter(dict(cursor.fetchall()))


@pytest.mark.parametrize("who", WHO)
def test_every_form_carries_its_hidden_fields_and_acts_once_however_often_it_is_sent(
    who: str, schools: tuple[Filled, Filled], walked: Callable[[str], Walked]
) -> None:
    came_upon = walked(who)
    forms = came_upon.plain_forms

    bare = [form.address for form in forms if hidden_fields(form) - form.names]
    twice = [
        line
        for form in forms
        if form.address not in FRESH_EACH_TIME
        for line in sent_twice(browser_of(came_upon.actor, schools[0]), form, schools[0])
    ]

    acting = sum(line.startswith("did") for line in twice)
    print(f"forms: {who}: {len(forms)} forms, {acting} made or moved something when sent as they stand")
    assert bare == []
    assert [line for line in twice if not line.startswith("did")] == []


def hidden_fields(form: Form) -> set[str]:
    """What a form has to carry; who comes in by a door open to anyone acts in no role yet."""
    rule = resolve(form.address.split("?")[0]).func.access_rule  # type: ignore[attr-defined]
    return {"csrfmiddlewaretoken"} if Door.ANYONE in rule.who else {"csrfmiddlewaretoken", "acting_as"}


def sent_twice(client: Client, form: Form, place: Filled) -> list[str]:
    """What is wrong when the form is sent a second time with the very same values; then all is as before."""
    values, found = filled_out(form, place.mark), []
    with transaction.atomic():
        before = rows()
        first = client.post(form.address, values)
        once = rows()
        for upload in (values[name] for name in form.files):
            upload.seek(0)
        second = client.post(form.address, values)
        if once != before:
            found.append(f"did {form.address}")
        if rows() != once:
            found.append(f"{form.address} did it twice: {rows() - once} {once - rows()}")
        leads_on = first.status_code == 302 and FIELD in form.names
        if leads_on and (second.status_code, second.get("Location")) != (302, first["Location"]):
            found.append(f"{form.address} led to {first['Location']}, then gave {second.status_code}")
        if max(first.status_code, second.status_code) >= 500:
            found.append(f"{form.address} gave {first.status_code} and {second.status_code}")
        transaction.set_rollback(True)
    return found
