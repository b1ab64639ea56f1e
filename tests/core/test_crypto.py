from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from core.crypto import SealBroken, seal, unseal


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
