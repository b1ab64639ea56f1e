"""The pages of refusals; registered as handlers in the project's `urls.py`."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.files import FileWithheld

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; what is too large to be taken is told apart."""
    page = "errors/too_large.html" if isinstance(exception, TOO_LARGE) else "errors/400.html"
    return render(request, page, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for a row that is not there and for one of another school."""
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429, when someone tries too often."""
    return render(request, "errors/429.html", status=429)


def withheld(request: HttpRequest, exception: FileWithheld) -> HttpResponse:
    """409, for a file that the antivirus keeps back; the exception says why."""
    return render(request, "errors/withheld.html", {"why": str(exception)}, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, made without the request: whatever broke may break again; 503 where the database failed before the view."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return busy()
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def busy() -> HttpResponse:
    """503, when the database can not serve now."""
    return HttpResponse(render_to_string("errors/503.html"), status=503, headers={"Retry-After": "5"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old, as after a log-in in a second window."""
    return render(request, "errors/csrf.html", status=403)
