"""Queries that are put together once: Django takes several times as long to write one as the database to answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import RelatedPopulator

Row = TypeVar("Row", bound=Model)
NO_KEY = 0
"""Stands where the key comes, while the query is put together."""


def planning_once() -> Any:
    """A cursor whose statements PostgreSQL plans once for a connection, not each time; any other database's own cursor.

    It takes part in the transaction of the thread like any other. To be used as a context manager. While statements
    are noted it is the usual one, which knows what it sent.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection._prepare_cursor(_planned_cursor()(connection.connection))  # type: ignore[attr-defined]


@cache
def _planned_cursor() -> Any:
    """The driver is loaded where there is a server alone."""
    return import_module("core.planned_cursor").PlannedCursor


class ReadyQuery(Generic[Row]):
    """At most one row of a queryset, found by its key: `by` is the lookup that the queryset is narrowed with.

    `rows` is called once; nothing in it may depend on the day, the language or who asks.
    """

    def __init__(self, rows: Callable[[], QuerySet[Row]], *, by: str = "pk") -> None:
        self._rows, self._by = rows, by

    def get(self, key: int) -> Row | None:
        """The row with its `select_related`; None where there is none."""
        sql, params, compiler = self._written
        with planning_once() as cursor:
            cursor.execute(sql, [*params, key])
            found = cursor.fetchall()
        made: list[Row] = [_made(compiler, row) for row in compiler.results_iter([found])]
        return made[0] if made else None

    @cached_property
    def _written(self) -> tuple[str, Sequence[Any], Any]:
        query = self._rows().filter(**{self._by: NO_KEY}).order_by().query
        # The proxy, not the connection of this thread, which would be kept open when the thread has ended.
        compiler = query.get_compiler(connection=connection)
        sql, (*params, key) = compiler.as_sql()
        assert key == NO_KEY
        return sql, params, compiler


def _made(compiler: Any, row: Sequence[Any]) -> Any:
    """What `django.db.models.query.ModelIterable` makes of a row."""
    kind, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    made = kind.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
    for related in compiler.klass_info.get("related_klass_infos", ()):
        # The types are those of the next version of Django.
        RelatedPopulator(related, compiler.select, DEFAULT_DB_ALIAS).populate(row, made)  # type: ignore[call-arg]
    return made
