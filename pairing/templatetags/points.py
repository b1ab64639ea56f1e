"""Points as they are written: with a sign, and a minus that is one."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def signed(points: int) -> str:
    """«+38», «−14», «0»"""
    return f"{points:+d}".replace("-", "\u2212") if points else "0"
