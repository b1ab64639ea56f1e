"""The parts of a programme's page that repeat, put together at once as its lines are; see docs/decisions/0008.

Every value is escaped here, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from core.forms import labelled_fields
from roadmap.board.board import StageLines
from roadmap.board.lines import Line
from roadmap.board.staircase import StageRow, Tread
from roadmap.templatetags.acts import act_rows

register = template.Library()
register.simple_tag(labelled_fields, name="filter_fields")


@register.simple_tag
def steps(treads: Iterable[Tread], url: str, year_asked: str, plain: bool) -> SafeString:
    """The treads as items of a list, each leading to its stage at `url`; `plain` leaves the counts out."""
    counted = gettext("%(done)s of %(total)s")
    return SafeString("\n".join([_step(tread, counted, escape(url), escape(year_asked), plain) for tread in treads]))


@register.simple_tag
def act_list(lines: Iterable[Line], may_mark: bool, windows_at: str, back: str) -> SafeString:
    """The lines as a list; a button of theirs puts its form in its own place."""
    return SafeString(
        '<ul class="acts" hx-boost="true" hx-target="closest .do" hx-swap="innerHTML" hx-push-url="false">'
        f"{act_rows(lines, may_mark, windows_at, back)}</ul>"
    )


@register.simple_tag
def stage_blocks(blocks: Iterable[StageLines], may_mark: bool, windows_at: str, back: str) -> SafeString:
    """Each stage with what it is for, and its lines."""
    counted = gettext("%(done)s of %(total)s")
    return SafeString(
        "\n".join(
            [
                f'<div class="stage-lines"><h3>{escape(block.tread.number)}. {escape(block.stage.name)} '
                f"<small>{counted % {'done': block.tread.done, 'total': block.tread.total}}</small></h3>"
                f"{_purpose(block.stage)}{act_list(block.lines, may_mark, windows_at, back)}</div>"
                for block in blocks
            ]
        )
    )


def _purpose(stage: StageRow) -> str:
    told = ((gettext("Goal:"), stage.goal), (gettext("Task:"), stage.task), (gettext("Result:"), stage.result))
    shown = [f"<p><b>{head}</b> {_with_breaks(text)}</p>" for head, text in told if text]
    if not shown:
        return ""
    return f"<details><summary>{gettext('What the stage is for')}</summary>{''.join(shown)}</details>"


def _with_breaks(text: str) -> str:
    return "<br>".join(escape(text).splitlines())


def _step(tread: Tread, counted: str, url: str, year_asked: str, plain: bool) -> str:
    current = ' aria-current="step"' if tread.look == "now" else ""
    tag, target = ("a", f' href="{url}?stage={tread.place}{year_asked}#all"') if url else ("span", "")
    late = "" if plain or not tread.late else f' <span class="step-late">{_late(tread.late)}</span>'
    count = "" if plain else counted % {"done": tread.done, "total": tread.total}
    said = escape(tread.proofs[0] if tread.proofs else tread.when)
    return (
        f'<li class="step {tread.look}"{current}><{tag}{target} class="step-box" title="{escape(tread.name)}">'
        f'<span class="lab"><b>{escape(tread.short_name)}</b> <span>{said}</span>{late}</span>'
        f'<span class="tread fill-{tread.filled}"><span class="n">{escape(tread.number)}</span>'
        f'<span class="p">{count}</span></span></{tag}></li>'
    )


def _late(count: int) -> str:
    return ngettext("%(count)s overdue", "%(count)s overdue", count) % {"count": count}


@register.simple_tag
def year_rows(years: Iterable[tuple[int, list[Tread]]], url: str, shown: int | None) -> SafeString:
    """One row of steps for each school year: how much of each stage is done and what of it is late."""
    return SafeString("\n".join([_year(year, treads, escape(url), year == shown) for year, treads in years]))


def _year(year: int, treads: Iterable[Tread], url: str, is_shown: bool) -> str:
    current = ' aria-current="true"' if is_shown else ""
    cells = "".join([_cell(tread, f"{url}?year={year}&amp;stage={tread.place}#all") for tread in treads])
    return f'<tr{current}><th scope="row"><a href="{url}?year={year}">{year}–{year + 1}</a></th>{cells}</tr>'


def _cell(tread: Tread, url: str) -> str:
    if not tread.total:
        return '<td class="year-step">–</td>'
    late = f' <b class="step-late">{_late(tread.late)}</b>' if tread.late else ""
    words = gettext("%(done)s of %(total)s") % {"done": tread.done, "total": tread.total}
    return f'<td class="year-step fill-{tread.filled}"><a href="{url}">{words}</a>{late}</td>'
