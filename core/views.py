"""Whether the installation is well."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from core.access import Door, allow


@allow(Door.ANYONE)
def healthz(request: HttpRequest) -> HttpResponse:
    """200 `ok` when the database answers, else 503; nothing else is told to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database is away", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
