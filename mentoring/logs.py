"""The log: one JSON object a line, without anything that could be about a person.

A record's text is its template, never filled in; what our own code adds as `extra` is kept as it is. Of an exception
the type and the places it passed are kept, not its message: a database puts the offending values there.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

from django.http import HttpRequest

OWN = frozenset({"mentoring", "core", "accounts", "roadmap", "participants", "surveys", "pairing", "reports", "demo"})
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """`{"at", "level", "logger", "text", ...}`; for a request its method, route and status."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "text": self._text(record),
            **self._request(record),
        }
        if record.name.split(".")[0] in OWN:
            line |= {key: value for key, value in vars(record).items() if key not in STANDARD}
        if record.exc_info and record.exc_info[1]:
            line["error"] = type(record.exc_info[1]).__name__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)

    @staticmethod
    def _text(record: logging.LogRecord) -> str:
        # Django puts the refused value itself in the text of these.
        return "suspicious request" if record.name.startswith("django.security") else str(record.msg)

    @staticmethod
    def _request(record: logging.LogRecord) -> dict[str, object]:
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            return {}
        match = request.resolver_match
        return {
            "method": request.method,
            "route": match.route if match else None,
            "status": getattr(record, "status_code", None),
        }
