"""Points as they are written: with a sign, a minus that is one, thousands apart."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def signed(points: int) -> str:
    """«+38», «−14», «0»"""
    return f"{points:+d}".replace("-", "\u2212") if points else "0"


@register.filter
def grouped(number: int) -> str:
    """«4 118», held together"""
    return f"{number:,}".replace(",", "\u00a0")
