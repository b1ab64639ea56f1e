"""Those who answer for an activity: from its rows to its form and back."""

from __future__ import annotations

from collections.abc import Iterable

from core.models import Membership, School
from roadmap.duties import KnownMember, duty_of, member_of
from roadmap.editing.wishes import ActivityWish, PersonWish
from roadmap.models import Activity, Duty, Responsible
from roadmap.services.ledger import Ledger

ROLE, NAME = 300, 200
"""Signs that the columns hold."""


def wish_of(activity: Activity) -> ActivityWish:
    """The activity as its form would have it."""
    return ActivityWish(
        stage=activity.stage_id,
        number=activity.number,
        section=activity.section,
        text=activity.text,
        term_text=activity.term_text,
        responsible_text=activity.responsible_text,
        extra=dict(activity.extra),
        people=tuple(
            PersonWish(row.pk, row.role, row.name, row.duty, row.member_id) for row in activity.responsible.all()
        ),
    )


def write_people(ledger: Ledger, activity: Activity, people: Iterable[PersonWish], school: School) -> None:
    """Make the rows of those who answer what is wished; a person keeps his row."""
    left = {row.pk: row for row in activity.responsible.all()}
    place = max((row.place for row in left.values()), default=0)
    members = known_members(school)
    for person in people:
        columns = _columns(person, members)
        row = left.pop(person.key, None) if person.key else None
        if row:
            ledger.put(row, **columns)
        else:
            place += 1
            ledger.add(Responsible(activity=activity, place=place, **columns))
    for row in left.values():
        ledger.drop(row)


def known_members(school: School) -> list[KnownMember]:
    """The members of a school as far as names go."""
    rows = Membership.objects.active().filter(school=school)
    names = ("pk", "user_id", "role", "user__surname", "user__given_name", "user__patronymic")
    return [KnownMember(*row) for row in rows.values_list(*names)]


def _columns(person: PersonWish, members: list[KnownMember]) -> dict[str, object]:
    """A new row takes its duty from the role and its member from the name where the wish leaves them open."""
    duty = Duty(person.duty) if person.duty else duty_of(person.role)
    member = person.member
    if member is None and person.key is None:
        member = member_of(person.name, duty, members)
    return {"role": person.role[:ROLE], "name": person.name[:NAME], "duty": duty, "member_id": member}
