"""Sealing bytes with the installation's key, which lives outside the database and its backups."""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT = b"\x01"
NONCE_BYTES = 12


class SealBroken(Exception):
    """The bytes were changed, belong elsewhere, or were sealed with another key."""


def seal(plain: bytes, *, context: str) -> bytes:
    """AES-256-GCM; `context` binds the bytes to their place, so that two sealed texts cannot be swapped."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + _cipher().encrypt(nonce, plain, context.encode())


def unseal(sealed: bytes, *, context: str) -> bytes:
    """The bytes given to `seal`. Raises SealBroken."""
    head, nonce, body = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if head != FORMAT:
        raise SealBroken(context)
    try:
        return _cipher().decrypt(nonce, body, context.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(context) from error


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(settings.FILES_KEY.encode()).digest())
