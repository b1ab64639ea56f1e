"""Tables of results in templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from surveys.results import Row, Table

register = template.Library()


@register.filter
def chart(table: Table) -> SafeString:
    """The chart as SVG; every text in it was escaped when it was drawn."""
    return mark_safe(table.chart())  # noqa: S308


@register.filter
def drawn(svg: str) -> SafeString:
    """A chart that a service drew; every text in it was escaped then."""
    return mark_safe(svg)  # noqa: S308


@register.filter
def tables(table: Table) -> tuple[Table, ...]:
    """The table itself, or those of its rows where it is of a matrix."""
    return table.parts or (table,)


@register.filter
def rows_as(table: Table, whole: Table) -> list[Row]:
    """The rows in the order of another table: of a ranking each group has its own."""
    known = {row.label: row for row in table.rows}
    return [known.get(row.label, Row(row.label, 0, 0.0)) for row in whole.rows]
