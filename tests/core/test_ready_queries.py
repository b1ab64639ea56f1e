"""A query that is put together once finds what the same query finds that is put together anew."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from core.models import Membership
from core.ready_queries import ReadyQuery
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def test_the_row_is_the_one_of_the_key_with_what_is_read_beside_it() -> None:
    _other, row = MembershipFactory(), MembershipFactory()
    ready = ReadyQuery(lambda: Membership.objects.select_related("school", "user"))

    found = ready.get(row.pk)

    with CaptureQueriesContext(connection) as queries:
        assert found == row
        assert (found.school, found.user, found.created_at) == (row.school, row.user, row.created_at)
    assert len(queries) == 0


def test_there_is_no_row_where_the_queryset_has_none() -> None:
    row = MembershipFactory()

    ready = ReadyQuery(lambda: Membership.objects.filter(role="nobody"))

    assert ready.get(row.pk) is None


def test_it_is_put_together_once_and_asked_each_time() -> None:
    row, made = MembershipFactory(), []

    def rows() -> QuerySet[Membership]:
        made.append(1)
        return Membership.objects.filter(ended_at=None)

    ready = ReadyQuery(rows, by="user")
    found = [ready.get(row.user_id)]
    Membership.objects.all().delete()
    found.append(ready.get(row.user_id))

    assert (found, made) == ([row, None], [1])
