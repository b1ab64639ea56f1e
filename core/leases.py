"""Claiming due rows, so that many workers share them and none is done twice while its worker lives."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from core.models.lease import LeasedRow

LEASE = timedelta(seconds=120)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 8

Row = TypeVar("Row", bound=LeasedRow)


def claim_due(model: type[Row], *, most: int) -> list[Row]:
    """Take up to `most` due rows under a fresh lease, oldest first; a row whose lease ran out is due again."""
    now, lease = timezone.now(), secrets.token_hex(16)
    due = model._default_manager.filter(
        Q(lease_until=None) | Q(lease_until__lt=now), state__in=model.OPEN, due_at__lte=now
    )
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        keys = list(
            due.select_for_update(skip_locked=skip).order_by("due_at", "pk").values_list("pk", flat=True)[:most]
        )
        model._default_manager.filter(pk__in=keys).update(lease=lease, lease_until=now + LEASE)
    return list(model._default_manager.filter(pk__in=keys, lease=lease).order_by("due_at", "pk"))


def begin(row: LeasedRow) -> bool:
    """Count a try and renew the lease just before the work; False once another worker has taken the row.

    The row steps behind those that wait, so that one that takes its worker down does so to them only once;
    after eight such tries it is given up.
    """
    if row.tries >= MOST_TRIES:
        give_up(row, error="WorkerDied")
        return False
    row.tries += 1
    now = timezone.now()
    return _own(row, lease_until=now + LEASE, due_at=now, tries=row.tries)


def hold(row: LeasedRow, **columns: Any) -> bool:
    """Renew the lease during the work; False once another worker has taken the row."""
    return _own(row, lease_until=timezone.now() + LEASE, **columns)


def finish(row: LeasedRow, state: str, **columns: Any) -> bool:
    """Close the row in `state`; False where the lease was lost, and then nothing is changed."""
    return _own(row, state=state, finished_at=timezone.now(), lease="", lease_until=None, **columns)


def retry_later(row: LeasedRow, *, error: str) -> bool:
    """Put the row back with a growing wait, or give it up after eight tries."""
    if row.tries >= MOST_TRIES:
        return give_up(row, error=error)
    wait = min(FIRST_WAIT * 2 ** (row.tries - 1), LONGEST_WAIT)
    return _own(row, lease="", lease_until=None, due_at=timezone.now() + wait, error=error[:200])


def give_up(row: LeasedRow, *, error: str) -> bool:
    """Close the row as one that could not be done."""
    return finish(row, error=error[:200], **row.GIVEN_UP)


def put_back(row: LeasedRow, *, error: str) -> bool:
    """Give the row up for a minute without counting a try: the trouble was not its own."""
    due = timezone.now() + FIRST_WAIT
    return _own(row, lease="", lease_until=None, due_at=due, tries=row.tries - 1, error=error[:200])


def _own(row: LeasedRow, **columns: Any) -> bool:
    rows = type(row)._default_manager.filter(pk=row.pk, lease=row.lease)
    return bool(row.lease) and rows.update(**columns) == 1
