"""What changed, in templates: the drawing of a parameter and figures as they are read."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from surveys.charts import Shift, draw_shifts
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
    shift = Shift(line.parameter.name, row.entry, row.exit, figure(row.entry), figure(row.exit))
    least = float(about.least) if about.least is not None else min(0, row.entry, row.exit)
    most = float(about.most) if about.most is not None else max(row.entry, row.exit, least + 1)
    title = _("%(name)s: before %(before)s, after %(after)s") % {
        "name": about.name,
        "before": shift.before_text,
        "after": shift.after_text,
    }
    return mark_safe(draw_shifts(title, [shift], least=least, most=most))  # noqa: S308


@register.filter
def figure(value: float | None) -> str:
    """«−1,25»; a dash for what cannot be reckoned."""
    return "–" if value is None else wording.figure(value)


@register.filter
def scale(parameter: Parameter) -> str:
    """«от 1 до 10, балл»"""
    return wording.scale_words(parameter.least, parameter.most, parameter.unit)
