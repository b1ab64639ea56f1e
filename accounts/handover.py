"""Secrets that are shown once to the person who made them: sealed in his session, gone with it."""

from __future__ import annotations

import base64
import json

from django.http import HttpRequest

from core.crypto import SealBroken, seal, unseal


def hand_over(request: HttpRequest, name: str, secrets: dict[str, str]) -> None:
    """Keep `secrets` under `name` until the session ends or they are replaced."""
    sealed = seal(json.dumps(secrets).encode(), context=f"session:{name}")
    request.session[name] = base64.b64encode(sealed).decode()


def handed_over(request: HttpRequest, name: str) -> dict[str, str]:
    """What was kept under `name`; empty where nothing was."""
    kept = request.session.get(name)
    if not isinstance(kept, str):
        return {}
    try:
        found: dict[str, str] = json.loads(unseal(base64.b64decode(kept), context=f"session:{name}"))
    except SealBroken:
        return {}
    return found
