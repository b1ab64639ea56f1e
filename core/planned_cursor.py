"""A cursor of PostgreSQL that has the server plan each of its statements once."""

from __future__ import annotations

from typing import Any

import psycopg


class PlannedCursor(psycopg.Cursor[Any]):
    """Gives the server the values apart from the text, so that the plan of an earlier execution serves."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> PlannedCursor:
        return super().execute(query, params, **how | {"prepare": True})
