"""What was counted for a school is kept by this process until the school's journal grows.

Every change of a school's rows writes a line of its journal in the same transaction, so that the journal's last
number says whether a count still holds; one look by a primary key stands for the queries of a page's counts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.db import connection

from core.models import JournalHead

Value = TypeVar("Value")
_kept: dict[int, tuple[int, dict[Hashable, object]]] = {}


def counted(school: int, what: Hashable, count: Callable[[], Value]) -> Value:
    """What `count` gives, not counted again while nothing has happened in the school.

    `what` names the count and all it depends on besides the school's rows: the day, the language. Inside a
    transaction, whose lines nobody else sees yet, it is always counted.
    """
    if connection.in_atomic_block:
        return count()
    number = JournalHead.objects.filter(chain=school).values_list("number", flat=True).first() or 0
    known, values = _kept.get(school, (-1, {}))
    if known != number:
        values = {}
        _kept[school] = number, values
    if what not in values:
        values[what] = count()
    return cast("Value", values[what])
