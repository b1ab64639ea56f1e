"""A roadmap on its way from a file to a programme."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.antivirus import look_at
from core.errors import DomainError
from core.files import delete_file, store_file
from core.journal import record_event
from core.models import School, User
from core.pictures.refusals import shown_name
from roadmap.drafting.opening import sheet_of
from roadmap.drafting.sheet import Sheet, sheet_from_json, sheet_to_json
from roadmap.models import Draft
from roadmap.outline import outline_to_draft
from roadmap.reading import DocumentRefused, read_document
from roadmap.services.calendar import school_terms

DRAFT_KEPT = timedelta(days=30)
"""As docs/data_retention.toml lays down."""


class FileRefused(DomainError):
    """The file cannot be read; the text says why and what to bring instead."""


class DraftClosed(DomainError):
    """The draft has become a programme already."""


def open_draft(*, data: bytes, name: str, by: Actor) -> Draft:
    """Read a file, keep it encrypted and lay out its draft. Raises FileRefused, Infected; then nothing is stored.

    A file that already has an open draft in the school is answered with that draft, so that a second click
    or a second try makes no second one.
    """
    school, user = place_of(by)
    quarantine = look_at(shown_name(name), [data])
    try:
        reading = read_document(data, name, calendar=school_terms(school))
    except DocumentRefused as refusal:
        raise FileRefused(refusal.message) from refusal
    sheet = sheet_of(reading.outline, today=timezone.localdate(timezone=school.zone))
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        known = _open_draft_of(data, school)
        if known:
            return known
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        draft = Draft.objects.create(
            school=school,
            user=user,
            source=store_file(
                school=school, purpose="roadmap", name=name, content_type=kind, data=data, quarantine=quarantine, by=by
            ),
            outline=outline_to_draft(reading.outline),
            entered=sheet_to_json(sheet),
            lines=list(reading.lines),
        )
        record_event(verb="open", thing=draft, school=school, detail={"activities": len(sheet.activities)}, by=by)
    return draft


def save_draft(*, draft: Draft, change: Callable[[Sheet], object], by: Actor) -> Sheet:
    """Apply one change to the working copy and keep it; the sheet as it is now. Raises DraftClosed."""
    with transaction.atomic():
        locked = lock_open(draft)
        sheet = sheet_from_json(locked.entered)
        sheet.calendar = school_terms(locked.school)
        change(sheet)
        locked.entered, locked.changed_at = sheet_to_json(sheet), timezone.now()
        locked.save(update_fields=("entered", "changed_at"))
    draft.entered, draft.changed_at = locked.entered, locked.changed_at
    return sheet


def settle_note(*, draft: Draft, note: str, settled: bool, by: Actor) -> None:
    """Put a warning aside («it is right so»), or take that back; `note` is its key."""
    with transaction.atomic():
        locked = lock_open(draft)
        kept = [key for key in locked.settled if key != note]
        locked.settled = [*kept, note] if settled else kept
        locked.save(update_fields=("settled",))
        verb = "settle" if settled else "unsettle"
        record_event(verb=verb, thing=locked, school=locked.school, detail={"note": note}, by=by)
    draft.settled = locked.settled


def discard_draft(*, draft: Draft, by: Actor) -> None:
    """Delete a draft and its file; what it became stays. Raises DraftClosed."""
    with transaction.atomic():
        locked = lock_open(draft)
        source = locked.source
        record_event(verb="discard", thing=locked, school=locked.school, by=by)
        locked.delete()
        if source:
            delete_file(source, by=by)


def discard_forgotten_drafts() -> int:
    """Delete drafts that nobody has touched for 30 days, with their files; their number."""
    forgotten = Draft.objects.open().filter(changed_at__lt=timezone.now() - DRAFT_KEPT)
    drafts = list(forgotten.select_related("source"))
    for draft in drafts:
        discard_draft(draft=draft, by=SYSTEM)
    return len(drafts)


def lock_open(draft: Draft) -> Draft:
    """The row under a lock. Raises DraftClosed where it is a programme by now or gone."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None or locked.programme_id is not None:
        raise DraftClosed(_("This draft is closed: it was discarded or has become a programme."))
    return locked


def place_of(by: Actor) -> tuple[School, User]:
    """The school acted for and the person who acts. Raises DomainError where either is missing."""
    if by.school is None or by.user is None:
        raise DomainError(_("Choose the school you act for first."))
    return by.school, by.user


def _open_draft_of(data: bytes, school: School) -> Draft | None:
    digest = hashlib.sha256(data).hexdigest()
    return Draft.objects.open().filter(school=school, source__sha256=digest).first()
