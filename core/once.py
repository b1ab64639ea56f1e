"""One effect for a form however often it is sent: double clicks, «back», a bad connection that tries again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.access import ActingRequest
from core.models import Once

FIELD = "once"
KEPT = timedelta(days=2)


def do_once(request: ActingRequest, act: Callable[[], str]) -> str:
    """Do `act` in a transaction and give the address it returned; a repeated sending gets the first one's address.

    The form carries its token by `{% once %}`. A sending that is under way is waited for; one that was refused,
    by an exception out of `act`, leaves the token good for another try. Without a token it acts each time.
    """
    key = _key(request)
    if not key:
        return act()
    with transaction.atomic():
        row, is_first = Once.objects.get_or_create(key=key)
        if is_first:
            row.answer = act()
            row.save(update_fields=("answer",))
    return row.answer


def done_before(request: ActingRequest) -> str:
    """Where this very form led when it was sent before; empty the first time. Spares the work that comes before the act."""
    return Once.objects.filter(key=_key(request)).values_list("answer", flat=True).first() or ""


def _key(request: ActingRequest) -> str:
    """A digest of who sends which form; empty without a token."""
    token = request.POST.get(FIELD, "")
    return hashlib.sha256(f"{request.actor.pseudonym} {request.path} {token}".encode()).hexdigest() if token else ""


def forget_old_sendings() -> int:
    """Delete what nobody will send again; their number."""
    return Once.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
