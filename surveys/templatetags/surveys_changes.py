"""What changed, in templates: the drawing of a parameter and figures as they are read."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from surveys.charts import Shift, draw_on_scale
from surveys.models import Parameter
from surveys.services.comparing import ParameterChange
from surveys.statistics import wording

register = template.Library()


@register.filter
def shift_chart(line: ParameterChange) -> SafeString:
    """Before and after on the scale of the parameter; every text in it was escaped when it was drawn."""
    assert line.change is not None  # a line with figures
    assert line.change.row is not None
    row, about = line.change.row, line.parameter
    before, after = figure(row.entry), figure(row.exit)
    said = _("%(name)s: before %(before)s, after %(after)s")
    label = said % {"name": about.name, "before": before, "after": after}
    ends = wording.scale_ends(about.least, about.most, (row.entry, row.exit))
    shift = Shift(label, row.entry, row.exit, before, after)
    return mark_safe(draw_on_scale(shift, ends=ends, end_texts=(figure(ends[0]), figure(ends[1]))))  # noqa: S308


@register.filter
def figure(value: float | None) -> str:
    """«−1,25»; a dash for what cannot be reckoned."""
    return "–" if value is None else wording.figure(value)


@register.filter
def scale(parameter: Parameter) -> str:
    """«от 1 до 10, балл»"""
    return wording.scale_words(parameter.least, parameter.most, parameter.unit)
