"""Those who take part in a year, as the page on which it is finished shows them."""

from __future__ import annotations

from dataclasses import dataclass

from participants.models.enrolment import EnrolmentQuerySet


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """One part in the year."""

    pk: int
    person: int
    name: str
    place: str
    part: str


def closing_lines(rows: EnrolmentQuerySet) -> list[ClosingLine]:
    """The parts, mentees and mentors apart, by name."""
    found = rows.select_related("person", "form").order_by("side", "person__sort_key", "pk")
    return [
        ClosingLine(
            pk=row.pk,
            person=row.person_id,
            name=row.person.full_name,
            place=row.person.place,
            part=f"{row.get_side_display()}, «{row.form.name}»",
        )
        for row in found
    ]
