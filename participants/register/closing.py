"""Those who take part in a year, as the page on which it is finished shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from participants.models import Enrolment
from participants.models.enrolment import EnrolmentQuerySet

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """One part in the year."""

    pk: int
    person: int
    name: str
    place: str
    part: str


def page_of(rows: EnrolmentQuerySet, number: str | None) -> Page[Enrolment]:
    """One page of the parts, mentees and mentors apart, by name."""
    found = rows.select_related("person", "form").order_by("side", "person__sort_key", "pk")
    return Paginator(found, PER_PAGE).get_page(number)


def closing_lines(page: Iterable[Enrolment]) -> list[ClosingLine]:
    """The parts of the page in words."""
    return [
        ClosingLine(
            pk=row.pk,
            person=row.person_id,
            name=row.person.full_name,
            place=row.person.place,
            part=f"{row.get_side_display()}, «{row.form.name}»",
        )
        for row in page
    ]
