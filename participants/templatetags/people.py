"""The rows of the list of people, put together at once; see docs/decisions/0008. Every value is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from participants.register.listing import Line

register = template.Library()


@register.simple_tag
def people_rows(lines: Iterable[Line], people_at: str, may_tick: bool) -> SafeString:
    """The lines as rows of a table, each leading to its card at `people_at`, with a box to tick for who may."""
    heads = (gettext("Who this is"), gettext("Takes part this year"), gettext("Consent"))
    safe, at = tuple(map(escape, heads)), escape(people_at)
    return SafeString(
        "\n".join([f"<tr>{_tick(line) if may_tick else ''}{_cells(line, at, *safe)}</tr>" for line in lines])
    )


def _tick(line: Line) -> str:
    return (
        f'<td><input class="form-check-input" type="checkbox" name="person" value="{line.pk}"'
        f' aria-label="{escape(line.tick)}"></td>'
    )


def _cells(line: Line, at: str, who: str, takes_part: str, consent: str) -> str:
    place, kind = escape(line.place), escape(line.kind)
    parts = "".join([f'<span class="d-block">{escape(part)}</span>' for part in line.parts])
    return (
        f'<th scope="row"><a href="{at}{line.pk}/">{escape(line.name)}</a></th>'
        f'<td data-label="{who}">{f"{place}<small>{kind}</small>" if place else kind}</td>'
        f'<td data-label="{takes_part}">{parts or "–"}</td>'
        f'<td data-label="{consent}"><span class="tag {escape(line.tone)}">{escape(line.standing)}</span></td>'
    )
