"""Taking a whole import back, until the people it brought are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.errors import DomainError
from core.journal import LOOKS, Line, record_events, thing_of
from core.models import Event, School
from core.states import move
from participants.models import (
    Consent,
    Enrolment,
    Guardian,
    Guardianship,
    PeopleSheet,
    Person,
    SheetRow,
    SheetState,
)

BATCH = 500
SHOWN = 3
DAYS = frozenset({"birth_date", "entered_on"})
PERSON_KEYS = ("search_key", "class_key", "sort_key")


class _Undo:
    """What the rows of a sheet made and overwrote, gathered by kind."""

    def __init__(self, rows: Iterable[SheetRow]) -> None:
        self.people: dict[int, int | None] = {}
        """The row's number by each person that was written of."""
        self.made_people: set[int] = set()
        self.made_parts: set[int] = set()
        self.made_guardians: set[int] = set()
        self.made_ties: set[int] = set()
        self.old_people: dict[int, dict[str, Any]] = {}
        self.old_parts: dict[int, dict[str, Any]] = {}
        self.old_areas: dict[int, list[int]] = {}
        self.old_guardians: dict[int, dict[str, Any]] = {}
        self.old_ties: dict[int, dict[str, Any]] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: SheetRow) -> None:
        undo, made = row.undo, row.undo.get("made", {})
        if row.person_id:
            self.people[row.person_id] = row.number
            if made.get("person"):
                self.made_people.add(row.person_id)
            elif "person" in undo:
                self.old_people[row.person_id] = undo["person"]
        if row.enrolment_id:
            self._add_part(row.enrolment_id, undo, is_made=bool(made.get("part")))
        self.made_guardians |= set(made.get("guardians", ()))
        self.made_ties |= set(made.get("guardianships", ()))
        for pk, columns in undo.get("guardians", {}).items():
            self.old_guardians.setdefault(int(pk), columns)
        self.old_ties |= {int(pk): {"authority": old} for pk, old in undo.get("guardianships", {}).items()}

    def _add_part(self, part: int, undo: Mapping[str, Any], *, is_made: bool) -> None:
        if is_made:
            self.made_parts.add(part)
            return
        if "part" in undo:
            self.old_parts[part] = undo["part"]
        if "areas" in undo:
            self.old_areas[part] = undo["areas"]

    @property
    def things(self) -> dict[type[models.Model], set[int]]:
        """Everything that was made or changed, by model."""
        return {
            Person: self.made_people | self.old_people.keys(),
            Enrolment: self.made_parts | self.old_parts.keys() | self.old_areas.keys(),
            Guardian: self.made_guardians | self.old_guardians.keys(),
            Guardianship: self.made_ties | self.old_ties.keys(),
        }


def take_back(*, sheet: PeopleSheet, by: Actor) -> int:
    """Put everything back as it stood before the sheet was written; how many people went out of the register again.

    Raises DomainError, and changes nothing, once any of the people is used: enrolled further, asked for a consent, put
    into a pair, changed by hand.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=sheet.school_id)
        locked = PeopleSheet.objects.select_for_update(of=("self",)).select_related("school").get(pk=sheet.pk)
        undo = _Undo(locked.rows.filter(is_written=True))
        if locked.state == SheetState.WRITTEN:
            _refuse_used(locked, undo)
        move(locked, SheetState.TAKEN_BACK, school=locked.school, detail={"people": len(undo.made_people)}, by=by)
        _journal(locked.school, undo, by)
        _restore(undo)
        try:
            _remove(undo)
        except ProtectedError as error:
            raise DomainError(
                _("People of this sheet are named in other papers, so it can not be taken back.")
            ) from error
        locked.rows.update(undo={}, is_written=False)
    return len(undo.made_people)


def why_not_taken_back(sheet: PeopleSheet) -> str:
    """Why the sheet can not be taken back, in words; empty where it can."""
    undo = _Undo(sheet.rows.filter(is_written=True))
    try:
        _refuse_used(sheet, undo)
    except DomainError as refusal:
        return str(refusal)
    return ""


def _refuse_used(sheet: PeopleSheet, undo: _Undo) -> None:
    used = _used_people(sheet, undo)
    if not used:
        return
    people = Person.objects.filter(pk__in=used).order_by("sort_key", "pk")
    names = ", ".join(person.short_name for person in people[:SHOWN])
    words = ngettext(
        "The sheet can not be taken back: %(count)s person of it is used already: %(names)s.",
        "The sheet can not be taken back: %(count)s people of it are used already, as %(names)s.",
        len(used),
    )
    raise DomainError(words % {"count": len(used), "names": names})


def _used_people(sheet: PeopleSheet, undo: _Undo) -> set[int]:
    """The people who were asked, enrolled further, tied to anything or changed since the writing."""
    asked = Consent.objects.filter(person__in=undo.people, asked_at__gte=sheet.written_at)
    used = set(asked.values_list("person", flat=True))
    doors = models.Q(user__isnull=False) | models.Q(invitation__isnull=False)
    used |= set(Person.objects.filter(doors, pk__in=undo.made_people).values_list("pk", flat=True))
    skipped: dict[type[models.Model], set[int]] = {Enrolment: undo.made_parts, Guardianship: undo.made_ties}
    used |= _tied(Person, undo.made_people, skipped).keys()
    owners = dict(Enrolment.objects.filter(pk__in=undo.made_parts).values_list("pk", "person"))
    used |= {owners[part] for part in _tied(Enrolment, undo.made_parts, skipped)}
    changed = _changed_since(sheet, undo)
    used |= changed[Person]
    used |= set(Enrolment.objects.filter(pk__in=changed[Enrolment]).values_list("person", flat=True))
    ties = Guardianship.objects.filter(
        models.Q(pk__in=changed[Guardianship]) | models.Q(guardian__in=changed[Guardian])
    )
    return used | (set(ties.values_list("minor", flat=True)) & undo.people.keys())


def _tied(model: type[models.Model], keys: set[int], skipped: Mapping[type[models.Model], set[int]]) -> dict[int, bool]:
    """The rows to which anything is tied besides what the sheet itself made."""
    found: dict[int, bool] = {}
    relations = [one for one in model._meta.get_fields(include_hidden=True) if isinstance(one, models.ManyToOneRel)]
    for relation in relations if keys else ():
        other: type[models.Model] = relation.related_model
        if other is SheetRow or other is Enrolment.areas.through:
            continue
        name = relation.field.name
        rows = other._base_manager.filter(**{f"{name}__in": keys}).exclude(pk__in=skipped.get(other, ()))
        found |= dict.fromkeys(rows.values_list(name, flat=True), True)
    return found


def _changed_since(sheet: PeopleSheet, undo: _Undo) -> dict[type[models.Model], set[int]]:
    """What somebody touched after the line by which the sheet was written."""
    lines = Event.objects.filter(chain=sheet.school_id)
    written = lines.filter(thing=thing_of(sheet), to_state=SheetState.WRITTEN).order_by("number").last()
    after = lines.filter(number__gt=written.number if written else 0).exclude(verb__in=LOOKS)
    touched = set(after.values_list("thing", flat=True))
    return {
        model: {pk for pk in keys if f"{model._meta.model_name}:{pk}" in touched} for model, keys in undo.things.items()
    }


def _journal(school: School, undo: _Undo, by: Actor) -> None:
    verbs = {Person: undo.made_people, Enrolment: undo.made_parts, Guardianship: undo.made_ties}
    lines = []
    for model, keys in undo.things.items():
        lines += [Line("remove" if pk in verbs.get(model, ()) else "change", model(pk=pk)) for pk in sorted(keys)]
    record_events(lines, school=school, by=by)


def _restore(undo: _Undo) -> None:
    _put_back(Person, undo.old_people, PERSON_KEYS)
    _put_back(Enrolment, undo.old_parts)
    _put_back(Guardian, undo.old_guardians)
    _put_back(Guardianship, undo.old_ties)
    through = Enrolment.areas.through
    through.objects.filter(enrolment__in=undo.old_areas).delete()
    through.objects.bulk_create(
        [through(enrolment_id=pk, area_id=area) for pk, areas in undo.old_areas.items() for area in areas]
    )


def _put_back(model: type[models.Model], old: Mapping[int, Mapping[str, Any]], keys: Iterable[str] = ()) -> None:
    rows = list(model._base_manager.filter(pk__in=old).order_by("pk")) if old else []
    columns: set[str] = set()
    for row in rows:
        for name, value in old[row.pk].items():
            setattr(row, name, _value(name, value))
            columns.add(name.removesuffix("_id"))
        for key in keys:
            model._meta.get_field(key).pre_save(row, add=False)  # type: ignore[union-attr]
    if rows:
        model._base_manager.bulk_update(rows, [*sorted(columns), *keys], batch_size=BATCH)


def _value(name: str, value: Any) -> Any:
    if name in DAYS and value:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if name == "filled_at" and value else value


def _remove(undo: _Undo) -> None:
    Guardianship.objects.filter(pk__in=undo.made_ties).delete()
    Enrolment.objects.filter(pk__in=undo.made_parts).delete()
    Person.objects.filter(pk__in=undo.made_people).delete()
    lone = Guardian.objects.filter(pk__in=undo.made_guardians, guardianships=None, consents=None)
    Guardian.objects.filter(pk__in=list(lone.values_list("pk", flat=True))).delete()
