"""Writing the rows of a spreadsheet into the register: everything in one transaction, nothing person by person."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone

from core.actors import Actor
from core.journal import Line, record_events
from core.models import School
from participants.models import Enrolment, Guardian, Guardianship, Person, Side
from participants.sheets.comparing import CHANGED, NEW, Compared
from participants.sheets.known import name_key
from participants.sheets.signing import SignerStep
from participants.sheets.values import phone_key
from roadmap.models import Cycle

BATCH = 500
DAYS = frozenset({"birth_date", "entered_on"})
Undo = dict[str, Any]
"""What a row made and overwrote: `person`, `part`: {column: old value}; `guardians`: {key: {column: old}};
`guardianships`: {key: old authority}; `made`: {kind: keys or True}.
"""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Thousands of rows live until the last is written: looking through them for cycles takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Writing:
    """One writing of many rows; `undo` has by row number how each is taken back, `people` and `parts` what it is now."""

    def __init__(self, *, school: School, side: str, cycle: Cycle | None, today: date, by: Actor) -> None:
        self.school, self.side, self.cycle, self.today, self.by = school, side, cycle, today, by
        self.people: dict[int, int] = {}
        self.parts: dict[int, int] = {}
        self.undo: dict[int, Undo] = {}
        self.lines: list[Line] = []
        """What the history of a person or a part is told from."""
        self.added: list[int] = []
        """The people who were not in the register before."""

    def write(self, compared: Sequence[Compared]) -> None:
        """Write what is new and changed; the caller holds the school's row and has the transaction."""
        rows = [row for row in compared if row.status in {NEW, CHANGED}]
        self.undo = {row.number: {} for row in rows}
        self._write_people(rows)
        self._write_signers(rows)
        self._write_parts(rows)
        record_events(self.lines, school=self.school, by=self.by)

    def _write_people(self, rows: Sequence[Compared]) -> None:
        new = [row for row in rows if row.person is None]
        people = [Person(school_id=self.school.pk, **_columns(row.columns)) for row in new]
        Person.objects.bulk_create(people, batch_size=BATCH)
        for row, person in zip(new, people, strict=True):
            self.people[row.number] = person.pk
            self._made(row, "person", True)
            self.added.append(person.pk)
        changed = {row.person.pk: row for row in rows if row.person is not None}
        self.people |= {row.number: pk for pk, row in changed.items()}
        self._change_people({pk: row for pk, row in changed.items() if row.columns})

    def _change_people(self, changed: dict[int, Compared]) -> None:
        people = list(Person.objects.select_for_update(no_key=True).filter(pk__in=changed).order_by("pk"))
        columns: set[str] = set()
        for person in people:
            row = changed[person.pk]
            self.undo[row.number]["person"] = {key: _plain(getattr(person, key)) for key in row.columns}
            for key, value in _columns(row.columns).items():
                setattr(person, key, value)
            columns |= row.columns.keys()
            self.lines.append(Line("change", person, {"columns": sorted(row.columns)}))
        _update(Person, people, columns, keys=("search_key", "class_key", "sort_key"))

    def _write_signers(self, rows: Sequence[Compared]) -> None:
        steps = [(row, step) for row in rows for step in row.signers]
        new = [(row, step) for row, step in steps if step.known is None]
        known = _Guardians(self.school, [step for _row, step in new])
        found = [known.one_for(step) for _row, step in new]
        made = known.create()
        ties = [
            Guardianship(minor_id=self.people[row.number], guardian_id=guardian.pk, authority=step.authority)
            for (row, step), guardian in zip(new, found, strict=True)
        ]
        Guardianship.objects.bulk_create(ties, batch_size=BATCH)
        for (row, _step), tie in zip(new, ties, strict=True):
            self._made(row, "guardianships", [tie.pk])
            if tie.guardian_id in made:
                made.remove(tie.guardian_id)
                self._made(row, "guardians", [tie.guardian_id])
        self._change_signers([(row, step) for row, step in steps if step.known is not None])

    def _change_signers(self, steps: Sequence[tuple[Compared, SignerStep]]) -> None:
        guardians = {
            one.pk: one for one in Guardian.objects.filter(pk__in=[_known(step).guardian for _, step in steps])
        }
        ties = {
            one.pk: one for one in Guardianship.objects.filter(pk__in=[_known(step).guardianship for _, step in steps])
        }
        for row, step in steps:
            guardian, tie, undo = (
                guardians[_known(step).guardian],
                ties[_known(step).guardianship],
                self.undo[row.number],
            )
            if step.columns:
                old = {key: getattr(guardian, key) for key in step.columns}
                undo.setdefault("guardians", {}).setdefault(str(guardian.pk), old)
                for key, value in step.columns.items():
                    setattr(guardian, key, value)
                self.lines.append(Line("change", guardian, {"columns": sorted(step.columns)}))
            if step.authority:
                undo.setdefault("guardianships", {})[str(tie.pk)] = tie.authority
                tie.authority = step.authority
                self.lines.append(Line("change", tie, {"columns": ["authority"]}))
        _update(Guardian, list(guardians.values()), {"patronymic", "phone", "email"})
        _update(Guardianship, list(ties.values()), {"authority"})

    def _write_parts(self, rows: Sequence[Compared]) -> None:
        new = [row for row in rows if row.part and row.part.known is None]
        made = [self._new_part(row) for row in new]
        Enrolment.objects.bulk_create(made, batch_size=BATCH)
        for row, enrolment in zip(new, made, strict=True):
            self.parts[row.number] = enrolment.pk
            self._made(row, "part", True)
            self.lines.append(Line("enrol", enrolment, {"side": self.side}))
        changed = {row.part.known.enrolment: row for row in rows if row.part and row.part.known}
        self.parts |= {row.number: pk for pk, row in changed.items()}
        touched = {
            pk: row for pk, row in changed.items() if row.part and (row.part.columns or row.part.areas is not None)
        }
        self._change_parts(touched)
        self._write_areas({self.parts[row.number]: row for row in rows if row.part and row.part.areas is not None})

    def _new_part(self, row: Compared) -> Enrolment:
        assert row.part is not None
        part = Enrolment(
            person_id=self.people[row.number],
            cycle=self.cycle,
            side=self.side,
            form_id=row.part.form,
            **{"entered_on": self.today, **_columns(row.part.columns)},
        )
        part.filled_at = timezone.now() if is_full(part) else None
        return part

    def _change_parts(self, changed: dict[int, Compared]) -> None:
        parts = list(Enrolment.objects.select_for_update(no_key=True).filter(pk__in=changed).order_by("pk"))
        columns: set[str] = set()
        for part in parts:
            row = changed[part.pk]
            assert row.part is not None
            keys = [*row.part.columns, "filled_at"]
            self.undo[row.number]["part"] = {key: _plain(getattr(part, key)) for key in keys}
            for key, value in _columns(row.part.columns).items():
                setattr(part, key, value)
            part.filled_at = (part.filled_at or timezone.now()) if is_full(part) else None
            columns |= set(keys)
            self.lines.append(Line("fill", part))
        _update(Enrolment, parts, columns)

    def _write_areas(self, rows: dict[int, Compared]) -> None:
        links = Enrolment.areas.through.objects
        old: dict[int, list[int]] = {}
        for enrolment, area in links.filter(enrolment__in=rows).values_list("enrolment_id", "area_id"):
            old.setdefault(enrolment, []).append(area)
        links.filter(enrolment__in=rows).delete()
        through = Enrolment.areas.through
        made = [
            through(enrolment_id=pk, area_id=area)
            for pk, row in rows.items()
            if row.part
            for area in row.part.areas or ()
        ]
        links.bulk_create(made, batch_size=BATCH)
        for pk, row in rows.items():
            self.undo[row.number]["areas"] = sorted(old.get(pk, []))

    def _made(self, row: Compared, what: str, keys: Any) -> None:
        made = self.undo[row.number].setdefault("made", {})
        made[what] = made.get(what, []) + keys if isinstance(keys, list) else keys


class _Guardians:
    """New guardians and those of other children: one of the same name and contact is the same one."""

    def __init__(self, school: School, steps: Sequence[SignerStep]) -> None:
        self.school = school
        self.new: list[Guardian] = []
        surnames = {step.signer["surname"] for step in steps}
        rows = Guardian.objects.filter(school=school, surname__in=surnames).order_by("pk") if surnames else ()
        self.known: dict[tuple[str, ...], Guardian] = {}
        for guardian in rows:
            for key in _ways(guardian):
                self.known.setdefault(key, guardian)

    def one_for(self, step: SignerStep) -> Guardian:
        signer = step.signer
        guardian = Guardian(
            school_id=self.school.pk,
            surname=signer["surname"],
            given_name=signer["given_name"],
            patronymic=signer["patronymic"],
            phone=signer["phone"],
            email=signer["email"],
        )
        ways = _ways(guardian)
        found = next((self.known[key] for key in ways if key in self.known), None)
        if found is None:
            self.new.append(guardian)
            for key in ways:
                self.known[key] = guardian
        return found or guardian

    def create(self) -> set[int]:
        """Write the new ones; their keys."""
        Guardian.objects.bulk_create(self.new, batch_size=BATCH)
        return {guardian.pk for guardian in self.new}


def _ways(guardian: Guardian) -> list[tuple[str, ...]]:
    """By what a guardian is known again: the name with the phone, the name with the address."""
    if not guardian.phone and not guardian.email:
        return []
    name = (*name_key(guardian.surname, guardian.given_name), *name_key(guardian.patronymic, ""))
    contacts = (phone_key(guardian.phone) if guardian.phone else "", guardian.email.lower())
    return [(*name, contact) for contact in contacts if contact]


def _known(step: SignerStep) -> Any:
    assert step.known is not None
    return step.known


def is_full(part: Enrolment) -> bool:
    """Whether the profile has what pairing goes by."""
    return bool(part.request) if part.side == Side.MENTEE else bool(part.competences and part.capacity)


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    return {key: date.fromisoformat(value) if key in DAYS and value else value for key, value in values.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _update(model: Any, rows: Sequence[Any], columns: set[str], keys: Sequence[str] = ()) -> None:
    """Write these columns of many rows; keys made of columns are made anew."""
    if not rows:
        return
    for row in rows:
        for key in keys:
            row._meta.get_field(key).pre_save(row, add=False)
    names = sorted(name.removesuffix("_id") for name in columns)
    model.objects.bulk_update(rows, [*names, *keys], batch_size=BATCH)


def spans_of(keys: Iterable[int]) -> list[str]:
    """Keys as the journal names many of them: «7-5006», «5010»."""
    spans: list[list[int]] = []
    for key in sorted(keys):
        if spans and key == spans[-1][1] + 1:
            spans[-1][1] = key
        else:
            spans.append([key, key])
    return [f"{first}-{last}" if last > first else str(first) for first, last in spans]
