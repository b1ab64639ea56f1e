"""The panels that other apps bring to a home page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from roadmap.day import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def day_panels(context: Context, panels: Iterable[Panel]) -> SafeString:
    """The panels one below the other, each with its own values over those of the page."""
    return SafeString("\n".join([_shown(panel, context) for panel in panels]))


def _shown(panel: Panel, context: Context) -> str:
    with context.push(**panel.context):
        return str(get_template(panel.template).template.render(context))  # type: ignore[attr-defined]
