"""Marking activities done by the evidence that is counted for them: on a person's press, or by itself where the
school says so.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import SYSTEM, Actor
from core.errors import DomainError
from core.journal import record_event
from core.states import move
from roadmap.board.offers import offer_of
from roadmap.board.rows import window_rows
from roadmap.evidence import evidence_of, kinds_counted
from roadmap.models import Programme, Window, WindowState
from roadmap.models.activity import WindowQuerySet
from roadmap.services.progress import lock_window, mark_done

SECONDS_BETWEEN = 300
"""A sweep comes every half minute; evidence need not be counted that often."""


class NotComplete(DomainError):
    """The work that proves an activity is not complete."""


def complete_window(*, window: Window, by: Actor) -> None:
    """Mark an activity done today because its evidence is complete now. Raises NotComplete."""
    with transaction.atomic():
        locked, school = lock_window(window)
        if locked.state == WindowState.DONE:
            return
        today = timezone.localdate(timezone=school.zone)
        words = _words_for(Window.objects.filter(pk=locked.pk), today).get(locked.pk)
        if words is None:
            raise NotComplete(_("The work is not complete any more, so nothing was marked. Look at it again."))
        mark_done(window=locked, done_on=today, note=locked.note or words, by=by)


def switch_self_marking(*, programme: Programme, is_on: bool, by: Actor) -> None:
    """Say whether activities are marked done by themselves, on the word of who says so; the same again is no act."""
    with transaction.atomic():
        rows = Programme.objects.select_for_update(of=("self",)).select_related("school")
        locked = rows.get(pk=programme.pk)
        if (locked.self_marked_by_id is not None) == is_on:
            return
        locked.self_marked_by = by.user if is_on else None
        locked.save(update_fields=("self_marked_by",))
        record_event(
            verb="switch_self_marking",
            thing=locked,
            school=locked.school,
            from_state="off" if is_on else "on",
            to_state="on" if is_on else "off",
            by=by,
        )


def mark_in_turn() -> int:
    """`mark_complete`, no more often than every five minutes."""
    return mark_complete() if cache.add("self-marking", 1, SECONDS_BETWEEN) else 0


def mark_complete() -> int:
    """Mark done what is complete in the programmes whose school says so; the number of marks.

    What a person took back is left to people.
    """
    windows = Window.objects.filter(
        cycle__programme__self_marked_by__isnull=False,
        state=WindowState.PLANNED,
        taken_back=False,
        activity__evidence__in=kinds_counted(),
    )
    zones = windows.order_by().values_list("cycle__programme__school__time_zone", flat=True).distinct()
    marked = 0
    for zone in list(zones):
        here = windows.filter(cycle__programme__school__time_zone=zone)
        today = timezone.localdate(timezone=ZoneInfo(zone))
        marked += sum(_mark(key, words, today) for key, words in _words_for(here, today).items())
    return marked


def _words_for(windows: WindowQuerySet, today: date) -> dict[int, str]:
    """What was counted for those of these windows whose work is complete, by the window's key."""
    rows = window_rows(windows, today)
    proofs = evidence_of({row.evidence for row in rows}, sorted({row.cycle for row in rows}))
    found = {row.key: offer_of(row, proofs, today) for row in rows}
    return {key: proof.words for key, proof in found.items() if proof}


def _mark(key: int, words: str, today: date) -> bool:
    """Whether this call marked it: another worker or a person may have been faster."""
    with transaction.atomic():
        rows = Window.objects.select_for_update(of=("self",)).select_related("cycle__programme__school")
        row = rows.filter(pk=key, state=WindowState.PLANNED, taken_back=False).first()
        if row is None or row.cycle.programme.self_marked_by_id is None:
            return False
        said = _("marked by itself – %(words)s") % {"words": words}
        row.done_on, row.done_by_id = today, row.cycle.programme.self_marked_by_id
        row.note = "\n".join(filter(None, (row.note, said)))
        move(row, WindowState.DONE, school=row.cycle.programme.school, also=("done_on", "done_by", "note"), by=SYSTEM)
    return True
