"""How often one caller may try a link or a code; counted in the shared cache, which needs no Redis."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def is_too_often(request: HttpRequest, door: str, *, most: int, seconds: int) -> bool:
    """Count one try at `door`; True once there were more than `most` from this network address in `seconds`."""
    key = f"tries:{door}:{get_adapter().get_client_ip(request)}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # the count ran out between the two calls
        return False
