from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pytest_django.fixtures import Settings

from core.crypto import PIECE, TAG_BYTES, PieceSeal, SealBroken, seal, unseal, unseal_pieces


def test_what_was_sealed_is_unsealed() -> None:
    assert unseal(seal("тайна".encode(), context="a"), context="a") == "тайна".encode()


def test_a_seal_shows_nothing_and_is_new_each_time() -> None:
    first, second = (seal(b"secret" * 10, context="a") for _ in range(2))

    assert b"secret" not in first
    assert first != second


@pytest.mark.parametrize("place", range(1 + 12 + 6 + 16))
def test_each_changed_byte_breaks_the_seal(place: int) -> None:
    sealed = bytearray(seal(b"secret", context="a"))
    sealed[place] ^= 1

    with pytest.raises(SealBroken):
        unseal(bytes(sealed), context="a")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 12, b"plain text that was never sealed"])
def test_bytes_that_are_no_seal_are_refused(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(sealed, context="a")


def test_a_seal_does_not_open_in_another_place() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(b"secret", context="notice:1"), context="notice:2")


def test_a_seal_does_not_open_with_another_key(settings: Settings) -> None:
    sealed = seal(b"secret", context="a")
    settings.FILES_KEY = "another key"

    with pytest.raises(SealBroken):
        unseal(sealed, context="a")


# ---------------------------------------------------------------- piece by piece


def sealed_in_pieces(plain: bytes, *, part: int = 300_000, context: str = "a") -> bytes:
    sealing = PieceSeal(context=context)
    parts = [sealing.add(plain[start : start + part]) for start in range(0, len(plain), part)]
    return b"".join([*parts, sealing.end()])


def opened(sealed: bytes, context: str = "a") -> bytes:
    return b"".join(unseal_pieces(BytesIO(sealed).read, context=context))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_in_pieces_is_unsealed(size: int) -> None:
    plain = (b"secret " * (size // 7 + 1))[:size]

    assert opened(sealed_in_pieces(plain)) == plain


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: sealed[: 8 + PIECE + TAG_BYTES],
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[:8],
        lambda sealed: b"",
        lambda sealed: sealed + b"0",
        lambda sealed: sealed[:8] + sealed[8 + PIECE + TAG_BYTES :],
        lambda sealed: sealed[:9] + bytes([sealed[9] ^ 1]) + sealed[10:],
        lambda sealed: b"\x01" + sealed[1:],
    ],
    ids=["last piece gone", "torn", "head alone", "nothing", "longer", "first piece gone", "changed", "other format"],
)
def test_pieces_left_out_added_or_changed_break_the_seal(spoil: Callable[[bytes], bytes]) -> None:
    sealed = sealed_in_pieces(b"secret" * 400_000)

    with pytest.raises(SealBroken):
        opened(spoil(sealed))


def test_pieces_do_not_open_in_another_place() -> None:
    with pytest.raises(SealBroken):
        opened(sealed_in_pieces(b"secret"), context="b")
