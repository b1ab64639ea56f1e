"""The files that wait for the antivirus: looked at in every sweep, let go or destroyed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from core.antivirus import Infected, look_at
from core.files import destroy_bytes, kept_pieces
from core.journal import record_event
from core.models import Membership, Notice, Quarantine, Role, StoredFile
from core.notices import Letter, queue_notice

FILE_INFECTED = "file-infected"
MOST = 200
Teller = Callable[[StoredFile], None]
"""Tells whoever sent the file that it is gone; runs within the transaction that destroys it."""

_tellers: dict[str, Teller] = {}


def register_infected(purpose: str, teller: Teller) -> None:
    """Say who is told of an infected file of this purpose; by default the school's curators are."""
    _tellers[purpose] = teller


def look_at_waiting() -> Mapping[str, int]:
    """Look at the files that wait, the smallest first; how many were let go and how many destroyed.

    Stops at the first that clamd does not answer for: it is away, or the rest are as large and would take it too long.
    """
    done = {"free": 0, "infected": 0}
    for stored in (
        StoredFile.objects.filter(quarantine=Quarantine.WAITING).select_related("school").order_by("size", "pk")[:MOST]
    ):
        try:
            if look_at("", kept_pieces(stored)) == Quarantine.WAITING:
                break
        except Infected:
            _destroy(stored)
            done["infected"] += 1
        else:
            _settle(stored, Quarantine.NONE, "free")
            done["free"] += 1
    return done


def tell_curators(stored: StoredFile) -> None:
    """A letter to each curator of the school who has an address."""
    curators = Membership.objects.active().filter(school=stored.school, role=Role.CURATOR).exclude(user__email="")
    for membership in curators.select_related("user"):
        queue_notice(
            key=f"{FILE_INFECTED}:{stored.pk}:{membership.user_id}",
            kind=FILE_INFECTED,
            user=membership.user,
            school=stored.school,
            payload={"file": stored.pk},
        )


def write_infected(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None for a curator who has lost his address meanwhile, and for a file that is gone with its row."""
    stored = StoredFile.objects.filter(pk=notice.payload["file"]).select_related("school").first()
    if stored is None or notice.user is None or not notice.user.email:
        return None
    body = render_to_string("core/notices/file_infected.txt", {"file": stored, "day": stored.created_at})
    subject = _("A file with a virus was deleted: %(school)s") % {"school": stored.school.short_name}
    return Letter(notice.user.email, subject, body.strip() + "\n")


def _destroy(stored: StoredFile) -> None:
    with transaction.atomic():
        if _settle(stored, Quarantine.INFECTED, "infected"):
            destroy_bytes(stored)
            _tellers.get(stored.purpose, tell_curators)(stored)


def _settle(stored: StoredFile, state: str, verb: str) -> bool:
    """False where another worker came first."""
    with transaction.atomic():
        rows = StoredFile.objects.filter(pk=stored.pk, quarantine=Quarantine.WAITING)
        if not rows.update(quarantine=state):
            return False
        record_event(verb=verb, thing=stored, school=stored.school, by=SYSTEM)
    return True
