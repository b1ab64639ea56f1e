"""Where a person goes after a deed: back to the page of ours it was begun on."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect, HttpResponseLocation, push_url

from core.access import ActingRequest


def next_page(request: ActingRequest, programme: int) -> str:
    """The page of our own that the person came from, else the programme with this key."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    if wish.startswith("/") and url_has_allowed_host_and_scheme(wish, allowed_hosts=None):
        return wish
    return reverse("roadmap:programme_show", args=(programme,))


def go_back(request: ActingRequest, programme: int) -> HttpResponse:
    """To that page after a deed: by htmx its board anew where the form stood on it, else the whole page."""
    url = next_page(request, programme)
    if not request.htmx:
        return redirect(url)
    here = request.htmx.current_url
    stands_there = here is None or urlsplit(here).path == urlsplit(url).path
    return (
        HttpResponseLocation(url, target="#board", swap="outerHTML")
        if stands_there
        else HttpResponseClientRedirect(url)
    )


def show_form(request: ActingRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The page of a form; for htmx its form alone, which opens in place and leaves the address as it is.

    htmx 2.0.10 writes the address of a boosted link into the bar whatever `hx-push-url` says; the header stops it.
    """
    if not request.htmx:
        return render(request, template, context, status=status)
    return push_url(render(request, f"{template}#form", context, status=status), False)
