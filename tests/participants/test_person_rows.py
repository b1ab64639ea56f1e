"""What the list of people puts together by hand: each of its values must be seen to be escaped, each standing to agree."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from participants.models import Person
from participants.register.listing import Line
from participants.register.standing import standings_of, with_standing
from participants.templatetags.people import people_rows
from tests.factories import ConsentFactory, PersonFactory

EVIL = "<b onclick='x'>\"&"
SAFE = "&lt;b onclick=&#x27;x&#x27;&gt;&quot;&amp;"
LINE = Line(7, "Ёлкин Глеб", "Отметить", "ученик", "7 «Б»", ("наставляемый",), "действует", "")


@pytest.mark.parametrize("field", ["name", "tick", "kind", "place", "parts", "standing", "tone"])
def test_a_row_is_escaped(field: str) -> None:
    evil: Any = {field: (EVIL,) if field == "parts" else EVIL}

    printed = people_rows([LINE._replace(**evil)], "/participants/", True)

    assert (EVIL in printed, SAFE in printed) == (False, True)


def test_a_row_without_parts_says_so_and_nobody_is_ticked_by_who_may_only_read() -> None:
    printed = people_rows([LINE._replace(parts=(), place="")], "/participants/", False)

    assert (">–</td>" in printed, "<input" in printed, ">ученик</td>" in printed) == (True, False, True)


@pytest.mark.django_db
def test_standings_of_a_page_are_those_of_the_column() -> None:
    today = timezone.localdate()
    states = ["in_force", "sent", "returned", "declined", "withdrawn", "cancelled", ""]
    for first in states:
        for place, second in enumerate(states):
            person = PersonFactory()
            for days, state in ((2, first), (1, second)):
                ConsentFactory(
                    person=person,
                    asked_at=timezone.now() - timedelta(days=days),
                    expires_on=today + timedelta(days=place - 3),
                    **{state: True} if state else {},
                )
    people = Person.objects.all()

    found = standings_of([row.pk for row in people], today)

    column = {row.pk: row.standing for row in with_standing(people, today)}  # type: ignore[attr-defined]
    assert {key: found.get(key, "none") for key in column} == column
    assert set(column.values()) > {"none", "expired", "in_force", "sent", "withdrawn"}
