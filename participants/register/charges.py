"""Who is in charge of whom, and the pupils that a class teacher or a psychologist sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Q, QuerySet

from core.actors import Actor
from core.models import Membership, School
from core.russian import search_key
from participants.models import Charge, Enrolment, Person, PersonKind, Side
from participants.models.person import CHARGE_ROLES, in_charge_of
from participants.register.notes import note_counts
from participants.register.standing import TONES, Standing, with_standing
from roadmap.models import Cycle


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A member of staff with the classes and the single people in his charge."""

    member: Membership
    classes: tuple[str, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One pupil as a class teacher or a psychologist sees him."""

    pk: int
    name: str
    place: str
    parts: tuple[str, ...]
    standing: str
    tone: str
    notes: int


def chargeable(actor: Actor) -> QuerySet[Membership]:
    """Those of the school's staff who may be in charge of pupils."""
    rows = Membership.objects.visible_to(actor).active().filter(role__in=CHARGE_ROLES, school=actor.school_id)
    return rows.select_related("user").order_by("role", "user__sort_key", "pk")


def charge_lines(members: Iterable[Membership]) -> list[ChargeLine]:
    """Each with his charges, in one query for all."""
    found = list(members)
    charges: dict[int, list[Charge]] = {}
    for row in Charge.objects.filter(membership__in=found).select_related("person"):
        charges.setdefault(row.membership_id, []).append(row)
    return [_charge_line(member, charges.get(member.pk, [])) for member in found]


def classes_of(school: School) -> list[str]:
    """The classes in which the school has pupils, as they are written, each once."""
    rows = Person.objects.present().filter(school=school, kind=PersonKind.PUPIL).exclude(class_key="")
    named = rows.order_by("class_key", "class_name").values_list("class_key", "class_name").distinct()
    return list(dict(named).values())


def in_charge_of_person(person: Person) -> list[Membership]:
    """The staff who see this person, by the class or singly."""
    by_class = Q(person=None, class_key=person.class_key) if person.class_key else Q(pk=None)
    charges = Charge.objects.filter(by_class | Q(person=person), membership__school=person.school_id)
    members = Membership.objects.active().filter(pk__in=charges.values("membership"), role__in=CHARGE_ROLES)
    return list(members.select_related("user").order_by("role", "user__sort_key", "pk"))


def pupils_of(actor: Actor, today: date) -> QuerySet[Person]:
    """Those in the actor's charge, with how their consent stands."""
    people = Person.objects.present().filter(in_charge_of(actor), school=actor.school_id)
    return with_standing(people, today).order_by("class_key", "sort_key", "pk")


def found_pupils(people: QuerySet[Person], q: str) -> QuerySet[Person]:
    """Those whose name or class holds every word."""
    for word in search_key(q).split():
        people = people.filter(search_key__contains=word)
    return people


def pupil_lines(page: Page[Person], actor: Actor, cycle: Cycle | None, today: date) -> list[PupilLine]:
    """The pupils of the page with their parts of the year and how many notes there are on them."""
    keys = [person.pk for person in page]
    parts: dict[int, list[str]] = {}
    rows = Enrolment.objects.enrolled().filter(cycle=cycle, person__in=keys).order_by("side", "form__place", "pk")
    for side, form, person in rows.values_list("side", "form__name", "person_id"):
        parts.setdefault(person, []).append(f"{Side(side).label}: {form}")
    notes = note_counts(keys, actor, today)
    return [_pupil_line(person, tuple(parts.get(person.pk, ())), notes.get(person.pk, 0)) for person in page]


def _charge_line(member: Membership, charges: Iterable[Charge]) -> ChargeLine:
    rows = list(charges)
    people = sorted((row.person for row in rows if row.person), key=lambda person: (person.sort_key, person.pk))
    return ChargeLine(member, tuple(row.class_name for row in rows if row.class_name), tuple(people))


def _pupil_line(person: Person, parts: tuple[str, ...], notes: int) -> PupilLine:
    standing = Standing(person.standing)  # type: ignore[attr-defined]
    return PupilLine(person.pk, person.full_name, person.place, parts, str(standing.label), TONES[standing], notes)
