"""Choosing the school, the role and the language, and leaving."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.access import ActingRequest, Door, allow

YEAR_SECONDS = 365 * 24 * 3600


def own_address(request: HttpRequest, wanted: str, otherwise: str = "home") -> str:
    """`wanted` if it is an address within this installation, else the page `otherwise`."""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else resolve_url(otherwise)


@allow(Door.SIGNED_IN, methods="POST")
def role_switch(request: ActingRequest) -> HttpResponse:
    """Act from now on in the membership that was chosen in the header, 0 for the whole installation."""
    _act_in(request, request.POST.get("membership", ""))
    return redirect("home")


@allow(Door.SIGNED_IN)
def enter(request: ActingRequest, membership: int) -> HttpResponse:
    """The target of links in letters: act in that membership and go on to `next`."""
    _act_in(request, str(membership))
    return redirect(own_address(request, request.GET.get("next", "")))


def _act_in(request: ActingRequest, wanted: str) -> None:
    """Raises Http404 for a membership that is not an active one of the person himself."""
    keys = {str(row.pk): row.pk for row in request.memberships}
    if wanted == "0" and request.user.is_installation_admin:  # type: ignore[union-attr]
        request.session.pop("membership", None)
    elif wanted in keys:
        request.session["membership"] = keys[wanted]
    else:
        raise Http404


@allow(Door.ANYONE, methods="POST")
def language_set(request: ActingRequest) -> HttpResponse:
    """Remember the language of the pages in this browser."""
    response = redirect(own_address(request, request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR_SECONDS,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@allow(Door.ANYONE, methods="POST")
def log_out(request: ActingRequest) -> HttpResponse:
    """End the session; harmless for someone whose session has already ended."""
    logout(request)
    messages.success(request, _("You have logged out."))
    return redirect(settings.LOGIN_URL)
