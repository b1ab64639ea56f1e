"""The code printed on a consent form, by which a photograph of it is told from another child's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

from django.conf import settings

from participants.models import Consent

SHAPE = re.compile(r"ST1-([1-9]\d{0,17})-([A-Z2-7]{8})(?:-([2-9]))?")
MOST_SHEETS = 9
"""So many sheets of one form have a code of their own."""


def form_code(consent: Consent) -> str:
    """«ST1-57-K7QJ2ZMA»: signs that a QR code holds in its smallest form; it names no one."""
    return f"ST1-{consent.pk}-{_mark(consent.pk)}"


def consent_of_code(code: str) -> int | None:
    """The key of the consent whose form carries this code; None for every other text."""
    found = SHAPE.fullmatch(code.strip())
    if found is None:
        return None
    key = int(found[1])
    return key if hmac.compare_digest(found[2], _mark(key)) else None


def sheet_codes(code: str) -> list[str]:
    """What stands on the sheets of the form with this code, the first of which carries the code itself."""
    return [code, *(f"{code}-{sheet}" for sheet in range(2, MOST_SHEETS + 1))]


def sheet_of_code(code: str) -> int:
    """Which sheet of its form carries this code, counted from 1; for every other text 1 too."""
    found = SHAPE.fullmatch(code.strip())
    return int(found[3] or 1) if found else 1


def _mark(key: int) -> str:
    """Eight signs of HMAC-SHA-256, so that a code cannot be made up from another."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"consent form {key}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:5]).decode()
