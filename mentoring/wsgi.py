"""What the web server calls."""

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from mentoring.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")

LONGEST_BODY = 160 * 1024 * 1024
"""Bytes: the largest upload is a scanned pile of 150 MB; each page sets its own limit below it."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def limit_body(inner: Application) -> Application:
    """Refuse by its announced length what no page would take, before a byte of it is read.

    A body without an announced length is empty for a WSGI program.
    """

    def limited(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if int(environ.get("CONTENT_LENGTH") or 0) <= LONGEST_BODY:
            return inner(environ, start_response)
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain; charset=utf-8")])
        return ["Файл слишком велик: больше 150 МБ загрузить нельзя.".encode()]

    return limited


refuse_unsafe(settings.CONFIGURATION)
application = limit_body(get_wsgi_application())
if settings.CONFIGURATION.trusted_proxies:
    # X-Forwarded-For and -Proto count only when they come from these addresses.
    application = wrap_wsgi_with_proxy_headers(application, list(settings.CONFIGURATION.trusted_proxies))
# The first visitor need not wait for the pages to be imported, and a broken one shows at the start.
get_resolver().url_patterns  # noqa: B018
