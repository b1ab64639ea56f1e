"""Charts of a report in templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def drawing(svg: str) -> SafeString:
    """The chart; every text in it was escaped when it was drawn."""
    return mark_safe(svg)  # noqa: S308
