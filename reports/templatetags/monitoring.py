"""Charts of a report in templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

FONT = 'font-family="Paper, sans-serif"'
"""A print engine takes no style from the sheet around a drawing; a page, which has no such font, takes its own."""

register = template.Library()


@register.filter
def drawing(svg: str) -> SafeString:
    """The chart in the letters of the paper; every text in it was escaped when it was drawn."""
    return mark_safe(svg.replace("<svg ", f"<svg {FONT} ", 1))  # noqa: S308
