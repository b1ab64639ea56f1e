"""What the frame of a page needs: the menu, and days as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from core.actors import NOBODY
from core.navigation import Link, Tab, links_for

register = template.Library()
CURRENT = ' aria-current="page"'


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> SafeString:
    """The sections the person at this page may open, as a list put together at once: every page shows it twice."""
    request = context["request"]
    links = links_for(getattr(request, "actor", NOBODY), request.path)
    return SafeString(f'<ul class="sections">{"".join(map(_section, links))}</ul>')


def _section(link: Link) -> str:
    waiting = f" <b>{link.waiting}</b>" if link.waiting else ""
    return f'<li><a href="{escape(link.url)}"{CURRENT * link.is_current}>{escape(str(link.label))}{waiting}</a></li>'


@register.simple_tag(takes_context=True)
def own_lines(context: RequestContext) -> SafeString:
    """The lines about the person at this page, rendered once: every page shows them twice."""
    assert context.template
    return context.template.engine.get_template("components/person.html").render(context)


@register.simple_tag
def tab_links(tabs: Iterable[Tab]) -> SafeString:
    """The tabs as links, put together at once: a page of a programme has many."""
    return SafeString(
        "".join(
            [
                f'<a href="{escape(tab.url)}"{CURRENT * tab.is_current}>{escape(str(tab.label))}'
                f"{'' if tab.count is None else f' <b>{tab.count}</b>'}</a>"
                for tab in tabs
            ]
        )
    )


@register.filter
def day(value: date | None) -> str:
    """«31 октября», held together by a non-breaking space."""
    return date_format(value, "j\u00a0E") if value else ""


@register.filter
def day_with_year(value: date | None) -> str:
    """«31 октября 2025»."""
    return date_format(value, "j\u00a0E\u00a0Y") if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """«пятница, 31 октября», for a day on which a person must come."""
    return date_format(value, "l, j\u00a0E") if value else ""
