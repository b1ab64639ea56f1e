"""What the register knows of the people of a spreadsheet, read in as many queries for one row as for thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from core.models import School
from core.russian import search_key
from participants.models import (
    DATA_PURPOSES,
    TAKING_PART,
    Area,
    Charge,
    Consent,
    ConsentPurpose,
    Enrolment,
    Guardianship,
    MentoringForm,
    Person,
    PersonKind,
    RoleModel,
    SheetSide,
)
from participants.register.standing import Standing, with_standing
from participants.services.cycles import today_in
from participants.sheets.known import KnownForm, KnownGuardian, KnownPart, KnownPerson, Register, name_key
from participants.sheets.rows import RowRead
from participants.sheets.values import class_key
from roadmap.models import Cycle

COLUMNS = (
    "surname", "given_name", "patronymic", "kind", "birth_date", "class_name", "post", "email", "phone", "sex", "subject",
    "teaching_since",
)  # fmt: skip
PART_COLUMNS = (
    "request", "wanted_help", "competences", "achievements", "interests", "time_resource", "capacity", "available",
    "building", "is_remote", "entered_on", "results", "case_url", "is_passed",
)  # fmt: skip
OWN_PURPOSE = {SheetSide.MENTEE: ConsentPurpose.PROCESSING, SheetSide.MENTOR: ConsentPurpose.MENTOR}
"""The consent without which nothing of a part is written down."""


def register_for(
    rows: Sequence[RowRead], *, school: School, side: str, cycle: Cycle | None, form: MentoringForm | None
) -> Register:
    """The people of the school who have the names of these rows, with all that a comparison asks of them."""
    wanted = {name_key(row.values["surname"], row.values["given_name"]) for row in rows if "surname" in row.values}
    people = _people(school, wanted)
    register = Register(
        side=side,
        today=today_in(school),
        people={},
        forms=_forms(school, side),
        areas={search_key(name): pk for pk, name in Area.objects.filter(school=school).values_list("pk", "name")},
        classes=_classes(school),
        cycle=cycle.pk if cycle else None,
        form=form.pk if form else None,
    )
    for person in people.values():
        key = name_key(person.columns["surname"], person.columns["given_name"])
        register.people.setdefault(key, []).append(person)
    _add_standing(people, register)
    _add_guardians(people)
    if side != SheetSide.PERSON and cycle is not None:
        _add_parts(people, cycle, side)
    return register


def _people(school: School, wanted: set[tuple[str, str]]) -> dict[int, KnownPerson]:
    names = Person.objects.present().filter(school=school).order_by().values_list("pk", "surname", "given_name")
    keys = [pk for pk, surname, given_name in names if name_key(surname, given_name) in wanted] if wanted else []
    rows = Person.objects.filter(pk__in=keys).order_by("pk").values_list("pk", *COLUMNS)
    return {pk: KnownPerson(pk, _plain(dict(zip(COLUMNS, values, strict=True)))) for pk, *values in rows}


def _plain(columns: dict[str, Any]) -> dict[str, Any]:
    if columns["birth_date"]:
        columns["birth_date"] = columns["birth_date"].isoformat()
    return columns


def _add_standing(people: dict[int, KnownPerson], register: Register) -> None:
    if not people:
        return
    own = OWN_PURPOSE.get(SheetSide(register.side))
    consents = Consent.objects.in_force(register.today).filter(person__in=people, purpose__in=DATA_PURPOSES)
    for person, purpose in consents.values_list("person", "purpose"):
        people[person].is_cleared = True
        people[person].is_cleared_for_part |= purpose == own
    standings = with_standing(Person.objects.filter(pk__in=people).order_by(), register.today)
    for pk in standings.filter(Q(standing=Standing.WITHDRAWN)).values_list("pk", flat=True):
        people[pk].is_withdrawn = True


def _add_guardians(people: dict[int, KnownPerson]) -> None:
    rows = Guardianship.objects.filter(minor__in=people).select_related("guardian").order_by("pk") if people else ()
    for row in rows:
        guardian = row.guardian
        people[row.minor_id].guardians.append(
            KnownGuardian(
                row.pk,
                guardian.pk,
                guardian.surname,
                guardian.given_name,
                guardian.patronymic,
                row.authority,
                guardian.phone,
                guardian.email,
            )
        )


def _add_parts(people: dict[int, KnownPerson], cycle: Cycle, side: str) -> None:
    rows = Enrolment.objects.filter(person__in=people, cycle=cycle, side=side).order_by("pk") if people else ()
    areas = _areas_of(rows)
    for row in rows:
        columns = {key: getattr(row, key) for key in PART_COLUMNS}
        columns["entered_on"] = row.entered_on.isoformat() if row.entered_on else ""
        columns["wanted_ages"] = [row.wanted_age_from, row.wanted_age_to]
        columns["role_model"], columns["areas"] = row.role_model_id, sorted(areas.get(row.pk, ()))
        part = KnownPart(row.pk, row.form_id, row.state in TAKING_PART, columns)
        people[row.person_id].parts.append(part)


def _areas_of(rows: Iterable[Enrolment]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    keys = [row.pk for row in rows]
    links = Enrolment.areas.through.objects.filter(enrolment__in=keys) if keys else ()
    for link in links:
        found.setdefault(link.enrolment_id, []).append(link.area_id)
    return found


def _forms(school: School, side: str) -> dict[int, KnownForm]:
    models: dict[int, dict[str, int]] = {}
    for pk, form, name in RoleModel.objects.filter(form__school=school).values_list("pk", "form_id", "name"):
        models.setdefault(form, {})[search_key(name)] = pk
    return {
        form.pk: KnownForm(
            form.pk,
            form.name,
            form.mentor_kind if side == SheetSide.MENTOR else form.mentee_kind,
            form.is_used,
            models.get(form.pk, {}),
        )
        for form in MentoringForm.objects.filter(school=school)
    }


def _classes(school: School) -> dict[str, str]:
    """How the school writes each class: as most of its pupils have it, else as somebody is in charge of it."""
    charges = Charge.objects.filter(membership__school=school, person=None).values_list("class_name", flat=True)
    pupils = Person.objects.present().filter(school=school, kind=PersonKind.PUPIL).exclude(class_name="")
    found: dict[str, str] = {}
    for name in (*pupils.order_by("class_name").values_list("class_name", flat=True).distinct(), *charges.distinct()):
        found.setdefault(class_key(name), name)
    return found
