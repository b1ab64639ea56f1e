"""What the page of a draft shows beside its parts."""

from __future__ import annotations

from django import template

from roadmap.drafting.sheet import Part
from roadmap.models import Draft

register = template.Library()


@register.filter
def last_year_of(draft: Draft, part: Part) -> str:
    """What came of the activity the last time; empty where the draft continues no programme."""
    return str(draft.lines[part.line - 1]) if draft.previous_id and part.line else ""
