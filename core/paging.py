"""Pages of long lists: counted up to a bound, so that a list of a hundred thousand opens as quickly as a short one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

COUNTED_TO = 1000
LAST = 1_000_000
"""No list has as many pages; a larger number in an address is more than a database takes."""


class CountedPage(Page):  # type: ignore[type-arg]
    """A page that knows by one row read ahead whether another follows."""

    def __init__(self, rows: list[Any], number: int, paginator: CappedPaginator) -> None:
        super().__init__(rows[: paginator.per_page], number, paginator)
        self.is_followed = len(rows) > paginator.per_page

    def has_next(self) -> bool:
        return self.is_followed

    def next_page_number(self) -> int:
        return self.number + 1


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a query; `count` stops at 1000, where `is_capped` says that there may be more of them."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:COUNTED_TO].count()

    @property
    def is_capped(self) -> bool:
        return self.count == COUNTED_TO

    def page(self, number: float | str) -> CountedPage:
        """The page of this number. Raises EmptyPage past the last one."""
        place = min(max(int(number), 1), LAST)
        first = (place - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        if not rows and place > 1:
            raise EmptyPage
        return CountedPage(rows, place, self)

    def get_page(self, number: float | str | None) -> CountedPage:
        """The page of this number, the first one for what is no number, the last counted one past the end."""
        try:
            return self.page(number or 1)
        except ValueError:
            return self.page(1)
        except EmptyPage:
            return self.page(self.num_pages)
