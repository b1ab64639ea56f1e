"""The product's addresses and the views that its pages are measured against."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.urls import path

from core.access import Door, allow
from core.models import Once, School
from mentoring import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def one_query(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(School.objects.get(pk=pk).short_name)


@allow(Door.ANYONE, methods="POST")
def write_one(request: HttpRequest) -> HttpResponse:
    Once.objects.create(key=secrets.token_hex(32))
    return HttpResponse("ok")


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/one/<int:pk>/", one_query),
    path("bench/write/", write_one),
    *urls.urlpatterns,
]
