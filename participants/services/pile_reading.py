"""Reading a pile: done by the worker, page by page; killed in the middle, it goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from core.actors import SYSTEM, user_actor
from core.files import delete_file
from core.jobs import Progress
from core.models import Job, School
from core.states import move
from participants.models import Pile, PileState
from participants.pile.reading import Open, Read, read_pile
from participants.services.pile_filing import file_by_code, keep_pages
from participants.services.pile_judging import Verdict, judge_page
from participants.services.piles import plain_copy

AT_ONCE = 6
"""Pages kept in one transaction."""


def read_in_turn(job: Job, progress: Progress) -> None:
    """Read the pile named in the payload and file its pages; what was read before is not read again.

    Raises PileRefused for a file that cannot be opened any more, and Pile.DoesNotExist for a pile taken away.
    """
    pile = Pile.objects.select_related("school", "file__school").get(pk=job.payload["pile"], school=job.school_id)
    by = user_actor(job.user, []) if job.user else SYSTEM
    if pile.state == PileState.READ or pile.file is None:
        return
    done = set(pile.pages.values_list("number", flat=True))
    with plain_copy(pile.file) as open_pdf:
        found = read_pile(open_pdf, but=done)
        while batch := list(islice(found, AT_ONCE)):
            keep_pages(pile=pile, pages=[(read, judge_page(read, pile.school)) for read, _total in batch], by=by)
            done |= {read.page for read, _total in batch}
            progress(len(done), batch[0][1])
    file_by_code(pile=pile, by=by)
    _close(pile)


def judge_pile(open_pdf: Open, school: School) -> Iterator[tuple[Read, Verdict]]:
    """What would become of each page; nothing is written. Raises PileRefused."""
    for read, _total in read_pile(open_pdf):
        yield read, judge_page(read, school)


def _close(pile: Pile) -> None:
    """The pile is read: its pages are in their places, and the file goes."""
    with transaction.atomic():
        file, pile.file = pile.file, None
        move(pile, PileState.READ, school=pile.school, also=("file",), by=SYSTEM)
        if file:
            delete_file(file, by=SYSTEM)
