"""The roadmap alone: what other apps bring to its pages is theirs to test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.registries import only_our_own


@pytest.fixture(autouse=True)
def _only_our_own() -> Iterator[None]:
    with only_our_own():
        yield
