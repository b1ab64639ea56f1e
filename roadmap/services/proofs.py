"""Files that prove that an activity was done: laid to a window, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.files import delete_file, store_file
from core.journal import record_event
from core.models import StoredFile
from core.pictures import Scan, as_pdf
from roadmap.models import Proof, Window

PURPOSE = "proof"
MOST_PROOFS = 10
"""Files to one window."""


class ProofRefused(DomainError):
    """The files cannot be laid to this activity."""


def keep_proofs(*, window: Window, scans: Sequence[Scan], by: Actor) -> None:
    """Lay the files to a window, each as one PDF of its pages; the bytes that were sent are not kept.

    `core.pictures.read_scans` comes before, outside of the transaction. Raises ProofRefused.
    """
    if not scans:
        return
    with transaction.atomic():
        rows = Window.objects.select_for_update(of=("self",)).select_related("cycle__programme__school")
        locked = rows.get(pk=window.pk)
        school = locked.cycle.programme.school
        if locked.proofs.count() + len(scans) > MOST_PROOFS:
            raise ProofRefused(
                _("An activity keeps no more than %(most)s files. Remove one, or put several sheets in one PDF.")
                % {"most": MOST_PROOFS}
            )
        last = locked.proofs.aggregate(last=Max("place"))["last"] or 0
        nameless = _("proof")
        for place, scan in enumerate(scans, last + 1):
            stored = store_file(
                school=school,
                purpose=PURPOSE,
                name=f"{PurePath(scan.name).stem or nameless}.pdf",
                content_type="application/pdf",
                data=as_pdf(scan.pages),
                quarantine=scan.quarantine,
                by=by,
            )
            Proof.objects.create(window=locked, place=place, file=stored)
        record_event(verb="attach", thing=locked, school=school, detail={"files": len(scans)}, by=by)


def remove_proof(*, proof: Proof, by: Actor) -> None:
    """Take a file away for good; removing it twice is one act."""
    with transaction.atomic():
        rows = Proof.objects.select_for_update(of=("self",)).select_related("file__school", "window")
        row = rows.filter(pk=proof.pk).first()
        if row is None:
            return
        record_event(verb="remove", thing=row, school=row.file.school, by=by)
        row.delete()
        delete_file(row.file, by=by)


def remove_stray_proofs() -> int:
    """Delete the files whose window is gone; their number."""
    strays = StoredFile.objects.filter(purpose=PURPOSE).exclude(pk__in=Proof.objects.values("file"))
    rows = list(strays.select_related("school"))
    for stored in rows:
        delete_file(stored, by=SYSTEM)
    return len(rows)
