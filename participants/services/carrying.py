"""Carrying a destruction out: everything in one transaction, with its act. Imported by the worker alone, which prints."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from core.actors import Actor, user_actor
from core.files import store_file
from core.jobs import Progress
from core.journal import record_event
from core.models import Event, Job, Membership, Role, StoredFile
from core.pdf import render_pdf
from core.states import move
from participants.erasing import erase_everywhere, erase_parts_everywhere
from participants.hanging import lock_use_of, stop_use_of
from participants.models import (
    Consent,
    Destruction,
    DestructionState,
    Person,
)
from participants.models.destruction import DestructionQuerySet
from participants.papers import act, categories
from participants.register.holdings import SIGNED
from participants.services.asking import lock_people
from participants.services.cycles import today_in
from participants.services.demanding import end_consents
from participants.services.destruction import is_allowed, lift_clock
from participants.services.destruction_terms import last_kept_day
from participants.services.erasing import lone_guardians
from participants.services.rules import rules_of
from participants.services.scrubbing import start_scrubbing
from participants.services.texts import processor_of

ALPHABET = "23456789ABCDEFGHKMNPQRSTUVWXYZ"
"""Without signs that are taken for one another."""


@dataclass(slots=True)
class Gone:
    """One person whose data were destroyed, with what the act says of it."""

    row: Destruction
    subjects: list[str]
    kept: list[str]
    pseudonym: str
    lines: list[Event] = field(default_factory=list)


def carry_out_in_turn(job: Job, progress: Progress) -> None:
    """Carry out the destructions named in the payload. Raises Membership.DoesNotExist once the curator has left."""
    memberships = Membership.objects.active().select_related("school", "user")
    membership = memberships.get(user=job.user, school=job.school_id, role=Role.CURATOR)
    by = user_actor(membership.user, [membership])
    carry_out(destructions=job.payload["destructions"], sheets=job.payload["sheets"], by=by)
    progress(1, 1)


def carry_out(*, destructions: Sequence[int], sheets: int, by: Actor) -> list[Destruction]:
    """Destroy the data of these people and draw up one act; all or nothing. Those that are done already are passed by,
    one whose consent is in force again is lifted. `sheets` of paper were destroyed with them.
    """
    rows = Destruction.objects.visible_to(by).filter(pk__in=destructions)
    return carry_out_rows(rows, sheets=sheets, by=by)


def carry_out_rows(
    rows: DestructionQuerySet, *, sheets: int, pseudonyms: Mapping[int, str] | None = None, by: Actor
) -> list[Destruction]:
    """The same for these rows of one school; `pseudonyms` are those that people had before, by the key of the row."""
    known = pseudonyms or {}
    with transaction.atomic():
        gone = [found for row in _held(rows) if (found := _destroy(row, known.get(row.pk, ""), by))]
        if gone:
            _draw_up(gone, sheets, by)
            start_scrubbing(gone[0].row, by=by)
    return [found.row for found in gone]


def _held(chosen: DestructionQuerySet) -> list[Destruction]:
    """The rows that are still due, locked with all that goes.

    The clocks come last, as where a consent is accepted: a consent that comes in force now is waited for.
    """
    rows = chosen.filter(state=DestructionState.DUE)
    people = [row.person for row in rows.select_related("person").order_by("pk")]
    for person in people:
        lock_use_of(person)
    lock_people(person.pk for person in people)
    consents = Consent.objects.select_for_update(no_key=True).filter(person__in=people)
    list(consents.order_by("pk").values_list("pk"))
    locked = rows.select_for_update(of=("self",), no_key=True).select_related("person__school", "school")
    return list(locked.order_by("pk"))


def _destroy(row: Destruction, pseudonym: str, by: Actor) -> Gone | None:
    person = row.person
    if is_allowed(person, row.side):
        lift_clock(person=person, by=by)
        return None
    end_consents(row.consents(), row.ground, by)
    parts = list(person.enrolments.filter(**({"side": row.side} if row.side else {})).values_list("pk", flat=True))
    stop_use_of(person, parts, by)
    found = Gone(row, _subjects(row), _kept(row), pseudonym or _new_pseudonym(person))
    if row.side:
        told = erase_parts_everywhere(parts, by)
    else:
        told = list(dict.fromkeys([*_own_categories(person), *erase_everywhere(person, by)]))
        _empty(person, found.pseudonym)
    if not told:
        move(row, DestructionState.LIFTED, school=row.school, by=by)
        return None
    row.categories = told
    detail: dict[str, object] = {
        "destruction": row.pk,
        "pseudonym": found.pseudonym,
        "ground": row.ground,
        "categories": told,
    }
    found.lines.append(record_event(verb="destroy", thing=person, school=row.school, detail=detail, by=by))
    return found


def _subjects(row: Destruction) -> list[str]:
    """Whose data go, by name, for the act alone."""
    lone = [] if row.side else lone_guardians(row.person)
    return [row.person.full_name, *(f"{guardian.full_name} (законный представитель)" for guardian in lone)]


def _kept(row: Destruction) -> list[str]:
    rows = row.consents().filter(state__in=SIGNED).select_related("text", "guardian", "person__school")
    return [act.words_of_consent(consent) for consent in rows.order_by("pk")]


def _own_categories(person: Person) -> list[str]:
    return [category for column, category in categories.OF_PERSON.items() if getattr(person, column)]


def _new_pseudonym(person: Person) -> str:
    while True:
        found = "П-" + "".join(secrets.choice(ALPHABET) for _ in range(6))
        if not Person.objects.filter(school=person.school_id, pseudonym=found).exists():
            return found


def _empty(person: Person, pseudonym: str) -> None:
    """Nothing is left but the key, what he was to the school, and the pseudonym."""
    for column in ("surname", "given_name", "patronymic", *categories.OF_PERSON):
        setattr(person, column, None if column in {"birth_date", "teaching_since"} else "")
    person.pseudonym, person.destroyed_at = pseudonym, timezone.now()
    person.save()


def _draw_up(gone: Sequence[Gone], sheets: int, by: Actor) -> None:
    """Print the act and the extract, seal them, and close the destructions with them."""
    school, today = gone[0].row.school, today_in(gone[0].row.school)
    until = last_kept_day(today, rules_of(school).kept_years)
    entries = [act.entry_of(one.row, one.subjects, one.kept, one.pseudonym) for one in gone]
    paper = act.paper_of(school, processor_of(school), entries)
    context = act.act_context(paper, today=today, until=until, sheets=sheets, by=act.hand_of(by))
    name = f"Акт об уничтожении персональных данных от {today:%d.%m.%Y}"
    sealed = _seal(gone[0].row, f"{name}.pdf", "participants/documents/act.html", context, name, by)
    lines = [act.line_of(event, school.zone) for one in gone for event in one.lines]
    name = f"Выгрузка из журнала от {today:%d.%m.%Y}"
    context = act.extract_context(paper, lines, today=today)
    extract = _seal(gone[0].row, f"{name}.pdf", "participants/documents/act_extract.html", context, name, by)
    for one in gone:
        row = one.row
        row.act, row.extract, row.kept_until, row.paper_sheets = sealed, extract, until, sheets
        row.done_at, row.done_by = timezone.now(), by.user
        columns = ("act", "extract", "kept_until", "paper_sheets", "done_at", "done_by", "categories")
        move(row, DestructionState.DONE, school=school, also=columns, by=by)


def _seal(row: Destruction, name: str, template: str, context: dict[str, object], title: str, by: Actor) -> StoredFile:
    return store_file(
        school=row.school,
        purpose="destruction",
        name=name,
        content_type="application/pdf",
        data=render_pdf(template, context, title=title),
        by=by,
    )
