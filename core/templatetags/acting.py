"""The hidden fields of forms: the role under which one was filled in, the token that makes it act once."""

from __future__ import annotations

import secrets
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.once import FIELD

register = template.Library()


@register.simple_tag(takes_context=True)
def acting_as(context: dict[str, Any]) -> SafeString:
    """The key of the membership the page was made for, 0 for none; `ActorMiddleware` compares it."""
    membership = context["request"].actor.membership
    return format_html('<input type="hidden" name="acting_as" value="{}">', membership.pk if membership else 0)


@register.simple_tag
def once() -> SafeString:
    """The hidden token by which a form that is sent twice acts once; see `core.once`."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16))
