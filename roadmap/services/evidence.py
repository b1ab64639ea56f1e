"""Saying what proves an activity."""

from __future__ import annotations

from django.db import transaction

from core.actors import Actor
from roadmap.models import Activity, ChangeKind
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger, told_of


def choose_evidence(*, activity: Activity, kind: str, by: Actor) -> None:
    """Tie an activity to a kind of evidence, to none where `kind` is empty; the same again is no act."""
    with transaction.atomic():
        programme = lock_programme(activity.stage.programme)
        locked, ledger = Activity.objects.get(pk=activity.pk), Ledger()
        ledger.put(locked, evidence=kind)
        ledger.close(programme=programme, kind=ChangeKind.EDIT, told=told_of(locked), activity=locked, by=by)
