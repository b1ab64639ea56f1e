"""What every request passes: language, who acts, how long an idle session lives, what a page may load."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.access import ActingRequest
from core.actors import NOBODY, user_actor
from core.counted import with_changes
from core.error_pages import busy, withheld
from core.files import FileWithheld
from core.link_holders import link_holder
from core.models import DEVICE_ROLES, Membership, User

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]
STAFF_IDLE_SECONDS = 30 * 60
DEVICE_IDLE_SECONDS = 30 * 24 * 3600
STAMP_EVERY_SECONDS = 60


class LanguageMiddleware:
    """Russian unless the person chose otherwise; the browser's own language is not asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def memberships_of(user: User) -> tuple[Membership, ...]:
    """What he may act as, in the order of `Membership`; few rows are put in order sooner than an order is asked for."""
    rows = Membership.objects.active().filter(user=user).select_related("school").order_by()
    return tuple(sorted(with_changes(rows), key=lambda row: (row.school.sort_key, row.school_id, row.role, row.pk)))


class ActorMiddleware:
    """Sets `request.actor` and `request.memberships`; an idle session ends here."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = cast("ActingRequest", request)
        acting.actor, acting.memberships = NOBODY, ()
        if request.user.is_authenticated:
            acting.memberships = memberships_of(request.user)
            if self._idle_too_long(acting):
                logout(request)
                messages.info(request, _("You were away for a while, so we logged you out. Please log in again."))
            else:
                acting.actor = user_actor(request.user, acting.memberships, request.session.get("membership"))
        else:
            acting.actor = link_holder(request.session) or NOBODY
        if self._acts_elsewhere(acting):
            return render(request, "errors/other_role.html", status=409)
        return self.get_response(request)

    @staticmethod
    def _idle_too_long(request: ActingRequest) -> bool:
        now, seen = int(time.time()), request.session.get("seen")
        roles = {row.role for row in request.memberships}
        is_admin = request.user.is_authenticated and request.user.is_installation_admin
        on_device = roles and roles <= DEVICE_ROLES and not is_admin
        if seen is not None and now - seen > (DEVICE_IDLE_SECONDS if on_device else STAFF_IDLE_SECONDS):
            return True
        since = request.session.get("since", now)
        if not on_device and now - since > settings.SESSION_COOKIE_AGE:
            return True
        if seen is None:
            request.session["since"] = now
        if seen is None or now - seen >= STAMP_EVERY_SECONDS:
            request.session["seen"] = now
            request.session.set_expiry(DEVICE_IDLE_SECONDS if on_device else settings.SESSION_COOKIE_AGE)
        return False

    @staticmethod
    def _acts_elsewhere(request: ActingRequest) -> bool:
        """A form filled in under one role and sent under another, chosen meanwhile in a second window."""
        sent = request.POST.get("acting_as") if request.method == "POST" else None
        membership = request.actor.membership
        return sent is not None and sent != str(membership.pk if membership else 0)


class ContentPolicyMiddleware:
    """The content policy, and no copy of a person's page in any cache."""

    POLICY = (
        "default-src 'self'; script-src 'self'; img-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.POLICY)
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
            response.headers["Cache-Control"] = "no-store"
        return response


class WithheldFileMiddleware:
    """A file that the antivirus keeps back is told of in words instead of being given."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @staticmethod
    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return withheld(request, exception) if isinstance(exception, FileWithheld) else None


class BusyDatabaseMiddleware:
    """A database that can not serve now, for a lock or at all, is told in words: nothing was saved, try again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @staticmethod
    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        logger.warning("the database could not serve", exc_info=exception)
        return busy()
