from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import paging
from core.models import School
from core.paging import CappedPaginator
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def pages_of(rows: int, monkeypatch: pytest.MonkeyPatch, most: int = 5) -> CappedPaginator:
    monkeypatch.setattr(paging, "COUNTED_TO", most)
    for _row in range(rows):
        SchoolFactory()
    return CappedPaginator(School.objects.order_by("pk"), 2)


def test_a_short_list_is_counted_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pages_of(3, monkeypatch)
    first, second = pages.get_page(1), pages.get_page("2")

    assert (pages.count, pages.is_capped, pages.num_pages) == (3, False, 2)
    assert (len(first), first.has_next(), first.next_page_number(), len(second), second.has_next()) == (
        2,
        True,
        2,
        1,
        False,
    )


def test_a_long_list_goes_on_past_what_was_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pages_of(9, monkeypatch)
    fourth, fifth = pages.get_page(4), pages.get_page(5)

    assert (pages.count, pages.is_capped) == (5, True)
    assert (len(fourth), fourth.has_next(), len(fifth), fifth.has_next()) == (2, True, 1, False)
    assert {row.pk for number in range(1, 6) for row in pages.get_page(number)} == set(
        School.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("asked", "given"), [(None, 1), ("", 1), ("x", 1), ("-3", 1), ("0", 1), ("9" * 40, 2), ("7", 2)]
)
def test_an_address_with_no_such_page_shows_one_that_is(
    asked: str | None, given: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pages_of(3, monkeypatch).get_page(asked).number == given


def test_an_empty_list_has_one_empty_page(monkeypatch: pytest.MonkeyPatch) -> None:
    page = pages_of(0, monkeypatch).get_page(None)

    assert (list(page), page.has_other_pages(), page.paginator.count) == ([], False, 0)


def test_the_count_stops_at_its_bound_in_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pages_of(1, monkeypatch, most=4321)

    with CaptureQueriesContext(connection) as asked:
        assert pages.count == 1

    assert [("LIMIT 4321" in query["sql"]) for query in asked] == [True]
