"""The rows of the roadmap's long lists, put together at once.

A page shows up to a hundred of them, and a loop of Django's template language costs five times as much for
each; see docs/decisions/0008. Every value is escaped here, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain

from django import template
from django.utils.safestring import SafeString

from roadmap.board.lines import Line

register = template.Library()
BETWEEN = "\0"
_AT_ONCE = {"undo": "btn btn-quiet", "complete": "btn"}
"""The deeds that ask nothing, and the look of their buttons; they send the form of the page with the id `undo`."""


@register.simple_tag
def act_rows(lines: Iterable[Line], may_mark: bool, windows_at: str, back: str) -> SafeString:
    """The lines as items of a list, with their buttons where the reader may mark them.

    `windows_at` is where the addresses of windows begin; empty for those who may not open an activity.
    """
    at, back = escape(windows_at), escape(back)
    return SafeString("\n".join([_row(line, at, back, may_mark) for line in _escaped(lines)]))


def _escaped(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with every value escaped, all of them in one go."""
    values = [*chain.from_iterable(lines)]
    safe = escape(BETWEEN.join(values)).split(BETWEEN)
    if len(safe) != len(values):  # a value holds the sign between
        safe = [*map(escape, values)]
    width = len(Line._fields)
    return (Line._make(safe[start : start + width]) for start in range(0, len(safe), width))


def _row(line: Line, at: str, back: str, may_mark: bool) -> str:
    opens = f'<a href="{at}{line.key}/" hx-boost="false">{line.text}</a>' if at else line.text
    return (
        f'<li class="act {line.look}" id="w{line.key}">'
        f'<span class="when"><b>{line.day}</b><small>{line.small}</small></span>'
        f'<div class="what"><small>{line.section}</small><p><span class="no">{line.number}</span> {opens}</p>'
        f'<small>{line.who}</small>{_proof(line)}<p class="said">{line.note}</p></div>'
        f'<span class="how"><b class="tag {line.tone}">{line.label}</b></span>{_deed(line, at, back) if may_mark else ""}</li>'
    )


def _proof(line: Line) -> str:
    if line.proof_at:
        return f'<a class="proof" href="{line.proof_at}" hx-boost="false">{line.proof}</a>'
    return f'<span class="proof">{line.proof}</span>' if line.proof else ""


def _deed(line: Line, at: str, back: str) -> str:
    if line.verb in _AT_ONCE:
        return (
            f'<span class="do"><button type="submit" class="{_AT_ONCE[line.verb]}" form="undo"'
            f' formaction="{at}{line.key}/{line.verb}/">{line.deed}</button></span>'
        )
    return (
        f'<span class="do"><a class="btn" href="{at}{line.key}/{line.verb}/?next={back}">{line.deed}'
        f'<span class="visually-hidden"> {line.number}</span></a></span>'
    )
