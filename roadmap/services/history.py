"""The history of a programme: the one door through which every change of it is written down."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.actors import Actor
from core.journal import record_event
from roadmap.models import Activity, Change, ChangeKind, Programme

TOLD = Change._meta.get_field("told").max_length


def record_change(
    *,
    programme: Programme,
    kind: ChangeKind,
    told: str,
    before: dict[str, Any],
    after: dict[str, Any],
    activity: Activity | None = None,
    by: Actor,
) -> Change:
    """Write down one act on a programme and count its revision; the journal gets keys only.

    The programme's row stays locked until the caller's transaction ends, so two acts on one programme follow each
    other; a caller that reads before it writes calls `lock_programme` first. `programme.revision` is brought up to date.
    """
    with transaction.atomic():
        locked = lock_programme(programme)
        locked.revision += 1
        locked.save(update_fields=("revision",))
        programme.revision = locked.revision
        change = Change.objects.create(
            programme=locked,
            activity=activity,
            kind=kind,
            told=told[:TOLD],
            before=before,
            after=after,
            revision=locked.revision,
            made_by=by.user,
        )
        detail: dict[str, object] = {"change": change.pk, "kind": kind.value, "revision": locked.revision}
        if activity is not None:
            detail["activity"] = activity.pk
        record_event(verb="change", thing=locked, school=locked.school, detail=detail, by=by)
    return change


def lock_programme(programme: Programme) -> Programme:
    """The programme as it stands, locked until the transaction ends."""
    return Programme.objects.select_for_update(of=("self",)).select_related("school").get(pk=programme.pk)
