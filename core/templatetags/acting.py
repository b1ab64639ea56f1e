"""The hidden field by which a form says under which role it was filled in."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def acting_as(context: dict[str, Any]) -> SafeString:
    """The key of the membership the page was made for, 0 for none; `ActorMiddleware` compares it."""
    membership = context["request"].actor.membership
    return format_html('<input type="hidden" name="acting_as" value="{}">', membership.pk if membership else 0)
