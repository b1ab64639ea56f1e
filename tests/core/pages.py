"""The product's addresses and a few pages more, one for each kind of access rule."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path

from core.access import ActingRequest, Door, allow
from core.models import Role
from mentoring import urls
from mentoring.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@allow(Door.ANYONE, methods="GET POST")
def open_to_anyone(request: ActingRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.pseudonym} {request.actor.role} {request.LANGUAGE_CODE}")


@allow(Door.SIGNED_IN)
def signed_in(request: ActingRequest) -> HttpResponse:
    return HttpResponse("signed in")


@allow(Role.CURATOR, Role.ADMINISTRATOR, methods="GET POST")
def staff(request: ActingRequest) -> HttpResponse:
    return HttpResponse("staff")


@allow(Door.INSTALLATION, methods="POST")
def installation(request: ActingRequest) -> HttpResponse:
    return HttpResponse("installation")


@allow(Door.ANYONE)
def with_own_headers(request: ActingRequest) -> HttpResponse:
    headers = {"Content-Security-Policy": "sandbox", "Cache-Control": "max-age=60"}
    return HttpResponse("file", headers=headers)


@allow(Door.ANYONE)
def refuse(request: ActingRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("test/anyone/", open_to_anyone),
    path("test/signed-in/", signed_in),
    path("test/staff/", staff),
    path("test/installation/", installation),
    path("test/own-headers/", with_own_headers),
    path("test/refuse/", refuse),
    *urls.urlpatterns,
]
