"""Somebody who is not logged in."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def browser() -> Client:
    """Somebody who is not logged in."""
    return Client()
