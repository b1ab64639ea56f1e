"""People of a school who may be one: found, and told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise

from core.actors import Actor
from core.journal import record_event
from core.models import School
from core.russian import sort_key
from participants.models import Distinction, Person
from participants.register.duplicates import Known, Likeness, Twins, folded, likeness, twins_among

CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Twin:
    """Someone of the register who may be the person that is being entered."""

    person: Person
    why: str | Promise


def twins_of(school: School) -> list[Twins]:
    """The pairs of the school's register that may be one person, without those who were told apart."""
    rows = Person.objects.present().filter(school=school).order_by("pk")
    columns = ("pk", "surname", "given_name", "patronymic", "birth_date", "class_name", "post")
    found = twins_among(_known(*row) for row in rows.values_list(*columns).iterator(2000))
    apart = set(Distinction.objects.filter(first__school=school).values_list("first", "second"))
    return [twins for twins in found if (twins.first, twins.second) not in apart]


def likely_twins(
    *, school: School, surname: str, given_name: str, patronymic: str, birth_date: date | None, place: str = ""
) -> list[Twin]:
    """Those of the register who may be the person of this name, the surest first."""
    days = {birth_date, _turned(birth_date)} - {None}
    near = Q(sort_key__startswith=f"{sort_key(surname)} ") | Q(birth_date__in=days)
    rows = Person.objects.present().filter(near, school=school).order_by("pk")[:CANDIDATES]
    entered = _known(0, surname, given_name, patronymic, birth_date, place, "")
    found = [(why, person) for person in rows if (why := likeness(entered, _known_of(person)))]
    order = list(Likeness)
    return [Twin(person, why.label) for why, person in sorted(found, key=lambda row: (order.index(row[0]), row[1].pk))]


def tell_apart(*, one: Person, other: Person, by: Actor) -> Distinction:
    """These two are not one person; the list of likely duplicates shows them no more."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    with transaction.atomic():
        row, is_new = Distinction.objects.get_or_create(first=first, second=second, defaults={"said_by": by.user})
        if is_new:
            record_event(verb="tell_apart", thing=first, school=first.school, detail={"other": second.pk}, by=by)
    return row


def forget_distinctions(person: Person, by: Actor) -> list[str]:
    """An eraser: from whom the person was told apart; no category of the act, for it tells nothing of him."""
    Distinction.objects.filter(Q(first=person) | Q(second=person)).delete()
    return []


def _known(
    pk: int, surname: str, given: str, patronymic: str, birth_date: date | None, class_name: str, post: str
) -> Known:
    place = sort_key(class_name or post)
    return Known(pk, folded(surname), folded(given), folded(patronymic), birth_date, place)


def _known_of(person: Person) -> Known:
    names = person.surname, person.given_name, person.patronymic
    return _known(person.pk, *names, person.birth_date, person.class_name, person.post)


def _turned(day: date | None) -> date | None:
    """The day with its month in its place, where there is such a day."""
    return day.replace(month=day.day, day=day.month) if day and day.day <= 12 else None
