"""The product's web application and one page more, whose POST writes a row and nudges the worker."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from core import nudge
from mentoring import urls
from mentoring.wsgi import application
from tests.faults.letters import queue_and_journal

__all__ = ["application", "urlpatterns"]

# The worst case: a process that has not yet learnt that the broker is away, at every request anew.
nudge.BREAK_SECONDS = 0.0


@csrf_exempt
def queue(request: HttpRequest, key: str) -> HttpResponse:
    queue_and_journal(key)
    return HttpResponse("queued")


urlpatterns = [path("test/queue/<str:key>/", queue), *urls.urlpatterns]
settings.ROOT_URLCONF = __name__
