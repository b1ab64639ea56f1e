"""Sealing bytes with the installation's key, which lives outside the database and its backups."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT = b"\x01"
NONCE_BYTES = 12
IN_PIECES = b"\x02"
PIECE = 1024 * 1024
PREFIX_BYTES, TAG_BYTES = 7, 16


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


class PieceSeal:
    """The same for what is too long to be held: AES-256-GCM piece by piece, each bound to its number and the last known
    as the last, so that pieces can be neither swapped nor left out.
    """

    def __init__(self, *, context: str) -> None:
        self._cipher, self._context = _cipher(), context.encode()
        self._prefix, self._number, self._held = os.urandom(PREFIX_BYTES), 0, b""
        self._ready = IN_PIECES + self._prefix

    def add(self, plain: bytes) -> bytes:
        """What of the sealed bytes can be written now."""
        self._held += plain
        while len(self._held) > PIECE:
            self._seal(self._held[:PIECE], is_last=False)
            self._held = self._held[PIECE:]
        sealed, self._ready = self._ready, b""
        return sealed

    def end(self) -> bytes:
        """The rest of them."""
        self._seal(self._held, is_last=True)
        return self._ready

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._ready += self._cipher.encrypt(nonce, plain, self._context)
        self._number += 1


def unseal_pieces(read: Callable[[int], bytes], *, context: str) -> Iterator[bytes]:
    """What a `PieceSeal` was given, in pieces; `read` gives so many of the sealed bytes. Raises SealBroken."""
    head = read(1 + PREFIX_BYTES)
    if head[:1] != IN_PIECES:
        raise SealBroken(context)
    cipher, number, piece = _cipher(), 0, read(PIECE + TAG_BYTES)
    while piece:
        following = read(PIECE + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(head[1:], number, is_last=not following), piece, context.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken(context) from error
        number, piece = number + 1, following
    if not number:
        raise SealBroken(context)


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(NONCE_BYTES - PREFIX_BYTES - 1, "big") + bytes([is_last])


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(settings.FILES_KEY.encode()).digest())
