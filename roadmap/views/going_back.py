"""Where a person goes after a deed: back to the page of ours it was begun on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from core.access import ActingRequest


def next_page(request: ActingRequest, programme: int) -> str:
    """The page of our own that the person came from, else the programme with this key."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    if wish.startswith("/") and url_has_allowed_host_and_scheme(wish, allowed_hosts=None):
        return wish
    return reverse("roadmap:programme_show", args=(programme,))
