"""A person's own name, e-mail and password."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from core.access import ActingRequest, Door, allow


@allow(Door.SIGNED_IN)
def profile(request: ActingRequest) -> HttpResponse:
    """What the installation knows of the person, and the doors to change it."""
    return render(request, "accounts/profile.html")
