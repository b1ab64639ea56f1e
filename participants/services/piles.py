"""Scanned piles: taken in, found again, taken away after a month."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.antivirus import look_at
from core.files import delete_file, kept_pieces, read_pieces, store_pieces
from core.jobs import start_job
from core.journal import record_event
from core.models import Job, School, StoredFile
from core.pictures.refusals import shown_name
from participants.models import Pile
from participants.pile.reading import Open, count_pages

PILE_READING = "pile-reading"
"""The kind of job that reads a pile; `participants.services.pile_reading` does the work."""
KEPT = timedelta(days=30)


def take_pile(*, school: School, name: str, pieces: Iterable[bytes], by: Actor) -> tuple[Pile, bool]:
    """Seal the PDF, look whether it is a pile, and have the worker read it; True where it was not taken before.

    `name` is the file's own, told where it is refused and not kept: it may be somebody's. While the antivirus does not
    answer, the worker waits for it. Takes seconds, so never within a transaction. Raises PileRefused, Infected.
    """
    stored = store_pieces(
        school=school, purpose="pile", name="pile.pdf", content_type="application/pdf", pieces=pieces, by=by
    )
    try:
        stored.quarantine = look_at(shown_name(name), kept_pieces(stored))
        if stored.quarantine:
            stored.save(update_fields=("quarantine",))
        else:
            with plain_copy(stored) as open_pdf:
                count_pages(open_pdf)
    except BaseException:
        delete_file(stored, by=by)
        raise
    with transaction.atomic():
        pile = Pile.objects.create(school=school, name=_name_of(school), file=stored, created_by=by.user)
        key = f"{PILE_READING}:{school.pk}:{stored.sha256}"
        job = start_job(key=key, kind=PILE_READING, payload={"pile": pile.pk}, by=by)
        if job.payload["pile"] == pile.pk:
            record_event(verb="take", thing=pile, school=school, by=by)
            return pile, True
        pile.delete()
        delete_file(stored, by=by)
    return Pile.objects.get(pk=job.payload["pile"]), False


def _name_of(school: School) -> str:
    now = timezone.localtime(timezone=school.zone)
    return _("Pile of %(day)s, %(time)s") % {"day": date_format(now, "j E"), "time": f"{now:%H:%M}"}


def job_of(pile: Pile) -> Job | None:
    """The reading of the pile."""
    return Job.objects.filter(kind=PILE_READING, payload__pile=pile.pk).first()


@contextmanager
def plain_copy(stored: StoredFile) -> Iterator[Open]:
    """The unsealed file, in memory alone; each call of what is given opens it anew."""
    with os.fdopen(os.memfd_create("pile"), "wb") as copy:
        for piece in read_pieces(stored):
            copy.write(piece)
        copy.flush()
        yield lambda: os.open(f"/proc/self/fd/{copy.fileno()}", os.O_RDONLY)


def remove_old_piles() -> int:
    """Delete what was sent more than thirty days ago, with the pages nobody filed; their number."""
    old = Pile.objects.filter(created_at__lt=timezone.now() - KEPT).select_related("file__school")
    for pile in old:
        with transaction.atomic():
            files = [page.file for page in pile.pages.exclude(file=None).select_related("file__school") if page.file]
            Job.objects.filter(kind=PILE_READING, payload__pile=pile.pk).delete()
            pile.delete()
            for file in [*files, *filter(None, [pile.file])]:
                delete_file(file, by=SYSTEM)
    return len(old)
