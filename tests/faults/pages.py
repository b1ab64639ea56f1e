"""The product's addresses and one page more, whose POST writes a row and nudges the worker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from mentoring import urls
from tests.faults.letters import queue_and_journal


@csrf_exempt
def queue(request: HttpRequest, key: str) -> HttpResponse:
    queue_and_journal(key)
    return HttpResponse("queued")


urlpatterns = [path("test/queue/<str:key>/", queue), *urls.urlpatterns]
