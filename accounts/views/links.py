"""What pages behind a link from a letter or a card have in common."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.limits import is_too_often
from accounts.tokens import digest
from core.access import ActingRequest
from core.error_pages import too_many
from core.models import User

TRIES, WITHIN_SECONDS = 60, 60


def swap_token(request: ActingRequest, name: str, token: str, then: str) -> HttpResponse:
    """Put the link's digest into the session and go on to an address without the token.

    Nothing is used up, for mail scanners open links as well; whether the link is good is said there. No page is
    ever shown under the address with the token, so no page can send it on as its referrer.
    """
    if is_too_often(request, "link", most=TRIES, seconds=WITHIN_SECONDS):
        return too_many(request)
    request.session[name] = digest(token)
    response = redirect(then)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def link_dead(request: ActingRequest) -> HttpResponse:
    """The one answer to altered, used, expired and revoked links: it says whom to ask."""
    return render(request, "accounts/link_dead.html", status=404)


def let_in(request: ActingRequest, user: User) -> None:
    """Start a session of `user`, who has just proven himself by a link."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
