"""What stands in links and on cards: made at random, kept only as a digest."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32
CODE_ALPHABET = "abcdefghkmnprstuvwxyz23456789"
"""No letters or digits that look alike: a code is read from a screen or paper and typed."""


def new_token() -> str:
    """256 random bits in letters that need no quoting in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """`abcd-efgh-kmnp`, 58 random bits, for typing."""
    return "-".join("".join(secrets.choice(CODE_ALPHABET) for _ in range(4)) for _ in range(3))


def digest(secret: str) -> str:
    """SHA-256; enough for secrets that are random themselves."""
    return hashlib.sha256(secret.encode()).hexdigest()
