"""Access rules: each view names who may open it and by which methods.

`@allow(...)` is the outermost decorator of every view. Anonymous people are sent to the login page, the
wrong role gets 403, another school's row gets 404 from `visible_to`, the wrong method 405.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from core.actors import Actor, ActorKind
from core.models import Membership, Role


class Door(StrEnum):
    """Those who are let in without a role in a school."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    INSTALLATION = "installation"
    LINK = "link"
    """Those who opened a personal link and proved that it is theirs; see `core.link_holders`."""


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who may come in and by which HTTP methods."""

    who: frozenset[Role | Door]
    methods: tuple[str, ...]

    def admits(self, actor: Actor) -> bool:
        if Door.ANYONE in self.who or (Door.SIGNED_IN in self.who and actor.kind is ActorKind.USER):
            return True
        if Door.INSTALLATION in self.who and actor.is_installation_admin:
            return True
        if Door.LINK in self.who and actor.kind is ActorKind.LINK:
            return True
        return actor.role in self.who


class ActingRequest(HttpRequest):
    """A request after `core.middleware.ActorMiddleware`: it knows who acts."""

    actor: Actor
    memberships: tuple[Membership, ...]
    htmx: Any


View = Callable[..., HttpResponseBase]


def allow(*who: Role | Door, methods: str = "GET") -> Callable[[View], View]:
    """Declare the access rule of a view: `@allow(Role.CURATOR, methods="GET POST")`."""
    verbs = tuple(methods.split())
    rule = AccessRule(frozenset(who), (*verbs, "HEAD") if "GET" in verbs else verbs)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = refuse(rule, request)
            return refusal if refusal is not None else view(request, *args, **kwargs)

        guarded.access_rule = rule  # type: ignore[attr-defined]
        return guarded

    return declare


def refuse(rule: AccessRule, request: ActingRequest) -> HttpResponse | None:
    """The answer to someone who may not come in, None for one who may."""
    if not rule.admits(request.actor):
        if request.actor.kind is ActorKind.NOBODY:
            # The log-in page must not end up inside a part of a page; the script says that nothing was saved.
            is_part = getattr(request, "htmx", False)
            return HttpResponse(status=401) if is_part else redirect_to_login(request.get_full_path())
        raise PermissionDenied
    return None if request.method in rule.methods else HttpResponseNotAllowed(rule.methods)
