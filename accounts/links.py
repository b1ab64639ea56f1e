"""Addresses for letters and paper: made from SITE_URL alone, never from a request."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def full_address(url_name: str, *args: object) -> str:
    """`https://school.example/invited/…/`."""
    return f"{settings.SITE_URL}{reverse(url_name, args=args)}"
