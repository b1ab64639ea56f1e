"""Somebody who is not logged in, and a menu without the numbers of other apps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.registries import only_our_own


@pytest.fixture(autouse=True)
def _only_our_own() -> Iterator[None]:
    with only_our_own():
        yield


@pytest.fixture
def browser() -> Client:
    """Somebody who is not logged in."""
    return Client()
