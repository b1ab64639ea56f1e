"""What others say on a mentee's request: written down, mended, taken away."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from participants.models import Enrolment, Side, ThirdPartyNote
from participants.models.person import CHARGE_ROLES
from participants.services.enrolments import locked_enrolment, refuse_without_consent

WRITERS = CHARGE_ROLES | {Role.CURATOR}
LONGEST = 2000


def add_note(*, enrolment: Enrolment, source: str, text: str, is_sensitive: bool, by: Actor) -> ThirdPartyNote:
    """Keep one person's word. Raises DomainError for a mentor, before the consent, and for an empty text."""
    with transaction.atomic():
        locked = locked_enrolment(enrolment)
        _refuse(locked, text)
        note = ThirdPartyNote.objects.create(
            enrolment=locked, source=source, text=text.strip(), is_sensitive=is_sensitive, created_by=by.user
        )
        record_event(verb="note", thing=note, school=locked.person.school, detail=_detail(locked), by=by)
    return note


def change_note(*, note: ThirdPartyNote, source: str, text: str, is_sensitive: bool, by: Actor) -> None:
    """Mend a note, as its author or the curator. Raises DomainError as `add_note`, and where the note is gone."""
    with transaction.atomic():
        locked = locked_enrolment(note.enrolment)
        row = _locked(note, by)
        _refuse(locked, text)
        row.source, row.text, row.is_sensitive = source, text.strip(), is_sensitive
        row.save(update_fields=("source", "text", "is_sensitive"))
        record_event(verb="change", thing=row, school=locked.person.school, detail=_detail(locked), by=by)


def remove_note(*, note: ThirdPartyNote, by: Actor) -> None:
    """Take the note away for good, as its author or the curator; a consent is not needed for it."""
    with transaction.atomic():
        locked = locked_enrolment(note.enrolment)
        row = _locked(note, by)
        record_event(verb="remove", thing=row, school=locked.person.school, detail=_detail(locked), by=by)
        row.delete()


def may_change(note: ThirdPartyNote, actor: Actor) -> bool:
    """Whether the actor may mend it or take it away: he wrote it, or he is the curator."""
    return actor.role == Role.CURATOR or (actor.role in CHARGE_ROLES and note.created_by_id == actor.user_id)


def _locked(note: ThirdPartyNote, by: Actor) -> ThirdPartyNote:
    row = ThirdPartyNote.objects.visible_to(by).filter(pk=note.pk).first()
    if row is None:
        raise DomainError(_("This note is no longer there."))
    if not may_change(row, by):
        raise DomainError(_("A note is changed by who wrote it, or by the curator."))
    return row


def _refuse(enrolment: Enrolment, text: str) -> None:
    if enrolment.side != Side.MENTEE:
        raise DomainError(_("What others say is written down of mentees."))
    refuse_without_consent(enrolment)
    if not text.strip() or len(text) > LONGEST:
        raise DomainError(_("Write what is said, in up to %(most)s characters.") % {"most": LONGEST})


def _detail(enrolment: Enrolment) -> dict[str, object]:
    return {"person": enrolment.person_id}
