"""The parts of a programme's page that repeat, put together at once as its lines are; see docs/decisions/0008.

Every value is escaped here, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import forms, template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from roadmap.board.staircase import Tread

register = template.Library()


@register.simple_tag
def steps(treads: Iterable[Tread], url: str, year_asked: str, plain: bool) -> SafeString:
    """The treads as items of a list, each leading to its stage at `url`; `plain` leaves the counts out."""
    counted = gettext("%(done)s of %(total)s")
    return SafeString("\n".join([_step(tread, counted, escape(url), escape(year_asked), plain) for tread in treads]))


@register.simple_tag
def filter_fields(form: forms.Form) -> SafeString:
    """The fields of a filter with their labels."""
    shown = ((field.id_for_label, field.label, field) for field in form)
    return format_html_join("\n", '<div class="mb-3"><label class="form-label" for="{}">{}</label>{}</div>', shown)


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
