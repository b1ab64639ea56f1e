"""The rows of the roadmap's long lists, put together at once.

A page shows up to a hundred of them, and a loop of Django's template language costs five times as much for
each; see docs/decisions/0008. Every value is escaped here, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from roadmap.board.lines import Line

register = template.Library()

ROW = (
    '<li class="act {line.look}" id="w{line.key}"><span class="when"><b>{line.day}</b><small>{line.small}</small></span>'
    '<div class="what"><small>{line.section}</small><p><span class="no">{line.number}</span> {line.text}</p>'
    '<small>{line.who}</small>{proof}<p class="said">{line.note}</p></div>'
    '<span class="how"><b class="tag {line.tone}">{line.label}</b></span>{deed}</li>'
)
PROOF = '<span class="proof">{line.proof}</span>'
PROOF_AT = '<a class="proof" href="{line.proof_at}" hx-boost="false">{line.proof}</a>'
UNDO = (
    '<span class="do"><button type="submit" class="btn btn-quiet" form="undo" formaction="{at}{line.key}/undo/">'
    "{line.deed}</button></span>"
)
DEED = (
    '<span class="do"><a class="btn" href="{at}{line.key}/{line.verb}/?next={back}">{line.deed}'
    '<span class="visually-hidden"> {line.number}</span></a></span>'
)


@register.simple_tag
def act_rows(lines: Iterable[Line], may_mark: bool, windows_at: str, back: str) -> SafeString:
    """The lines as items of a list, with their buttons where the reader may mark them."""
    return SafeString("\n".join([_row(line, windows_at, back) if may_mark else _row(line) for line in lines]))


def _row(line: Line, windows_at: str = "", back: str = "") -> str:
    safe = Line(*map(escape, line))
    deed = ""
    if windows_at:
        deed = (UNDO if safe.verb == "undo" else DEED).format(line=safe, at=escape(windows_at), back=escape(back))
    proof = (PROOF_AT if safe.proof_at else PROOF).format(line=safe) if safe.proof else ""
    return ROW.format(line=safe, deed=deed, proof=proof)
