from __future__ import annotations

import json
import logging
import sys
from typing import Any

from django.test import RequestFactory
from django.urls import resolve

from mentoring.logs import JsonFormatter


def line(name: str, text: str, *values: object, **extra: object) -> dict[str, Any]:
    record = logging.getLogger(name).makeRecord(
        name, logging.ERROR, "f.py", 1, text, values, sys.exc_info() if sys.exc_info()[0] else None, extra=extra
    )
    found: dict[str, Any] = json.loads(JsonFormatter().format(record))
    del found["at"]
    return found


def test_a_line_keeps_the_template_and_what_our_own_code_adds() -> None:
    assert line("core.sweep", "step failed", step="notices") == {
        "level": "error", "logger": "core.sweep", "text": "step failed", "step": "notices",
    }  # fmt: skip


def test_values_filled_into_a_text_are_left_out() -> None:
    assert line("django.db", "failed for %s", "Соколова Мария") == {
        "level": "error", "logger": "django.db", "text": "failed for %s",
    }  # fmt: skip


def test_what_other_libraries_add_is_left_out() -> None:
    assert line("celery.app.trace", "Task failed", data={"args": "Соколова"}) == {
        "level": "error", "logger": "celery.app.trace", "text": "Task failed",
    }  # fmt: skip


def test_a_request_is_told_by_its_route_so_that_no_link_shows_its_token() -> None:
    request = RequestFactory().get("/healthz?token=secret")
    request.resolver_match = resolve("/healthz")

    found = line("django.request", "%s: %s", "Internal Server Error", "/healthz", request=request, status_code=500)

    assert found == {
        "level": "error", "logger": "django.request", "text": "%s: %s", "method": "GET", "route": "healthz", "status": 500,
    }  # fmt: skip


def test_a_refused_host_is_not_repeated() -> None:
    found = line("django.security.DisallowedHost", "Invalid HTTP_HOST header: 'school.example'")

    assert found["text"] == "suspicious request"


def test_an_exception_keeps_its_type_and_places_but_not_its_message() -> None:
    try:
        int("maria@school.example")
    except ValueError:
        found = line("core.notices", "failed")

    assert found["error"] == "ValueError"
    assert [place.rpartition(" ")[2] for place in found["trace"]] == [
        "test_an_exception_keeps_its_type_and_places_but_not_its_message"
    ]
    assert "maria" not in json.dumps(found)
