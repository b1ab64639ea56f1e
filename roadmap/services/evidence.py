"""Saying what proves an activity."""

from __future__ import annotations

from django.db import transaction

from core.actors import Actor
from core.journal import record_event
from roadmap.models import Activity


def choose_evidence(*, activity: Activity, kind: str, by: Actor) -> None:
    """Tie an activity to a kind of evidence, to none where `kind` is empty; the same again is no act."""
    with transaction.atomic():
        rows = Activity.objects.select_for_update(of=("self",)).select_related("stage__programme__school")
        locked = rows.get(pk=activity.pk)
        if locked.evidence == kind:
            return
        before, locked.evidence = locked.evidence, kind
        locked.save(update_fields=("evidence",))
        record_event(
            verb="choose_evidence",
            thing=locked,
            school=locked.stage.programme.school,
            from_state=before,
            to_state=kind,
            by=by,
        )
