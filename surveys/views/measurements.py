"""Figures before and after, typed in a grid of people: one parameter at a time, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.forms import labelled_fields
from core.journal import record_event
from core.once import do_once
from participants.models import Enrolment, Side
from participants.models.enrolment import EnrolmentQuerySet
from participants.services.cycles import today_in
from participants.views.reach import cycle_of, school_of
from roadmap.models import Cycle
from surveys.forms.measurements import EVERYONE, GridFilterForm, GridForm, scale_of
from surveys.models import SURVEY_KEEPERS, FigureSource, Measurement, Parameter
from surveys.services.entering import ChangedMeanwhile, people_to_measure, save_figures

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for, where it can be shown, with the filter that says so."""

    cycle: Cycle
    today: date
    side: str
    parameter: Parameter
    group: str
    page: Page[Enrolment]
    fields: GridFilterForm


@allow(*SURVEY_KEEPERS, methods="GET POST")
def measurement_grid(request: ActingRequest) -> HttpResponse:
    """The figures of one parameter of a class; a POST writes those that were changed."""
    asked = _asked(request)
    if asked is None:
        return render(request, "surveys/measurement_none.html", {"cycle": cycle_of(request)})
    form = _form(request, asked)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _save(request, asked, form)))
        except ChangedMeanwhile as meanwhile:
            form.show_meanwhile(meanwhile.now)
            form.add_error(None, str(meanwhile))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    record_event(verb="list", thing=asked.parameter, detail={"count": len(asked.page)}, by=request.actor)
    return render(request, "surveys/measurement_grid.html", _shown(asked, form), status=400 if form.errors else 200)


def _asked(request: ActingRequest) -> _Asked | None:
    """None where there is no year or nothing is measured."""
    school, cycle = school_of(request), cycle_of(request)
    side = request.GET.get("side", "")
    side = side if side in Side.values else Side.MENTEE.value
    parameters = list(Parameter.objects.visible_to(request.actor).filter(side=side, is_used=True))
    if cycle is None or not parameters:
        return None
    parameter = next((row for row in parameters if str(row.pk) == request.GET.get("parameter")), parameters[0])
    people = people_to_measure(cycle, side, today_in(school))
    classes = _classes(people)
    group = request.GET.get("group", classes[0] if classes else EVERYONE)
    group = group if group in classes else EVERYONE
    shown = people if group == EVERYONE else people.filter(person__class_name=group)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    given = {"side": side, "parameter": str(parameter.pk), "group": group}
    fields = GridFilterForm(given, parameters=parameters, classes=classes)
    return _Asked(cycle, today_in(school), side, parameter, group, page, fields)


def _classes(people: EnrolmentQuerySet) -> list[str]:
    """The classes in their order, «7 «А»» before «10 «А»»; «» for those who are in none comes last."""
    rows = people.order_by().values_list("person__class_name", "person__class_key").distinct()
    return [name for name, _key in sorted(rows, key=lambda row: (not row[0], row[1]))]


def _form(request: ActingRequest, asked: _Asked) -> GridForm:
    people = list(asked.page)
    figures = Measurement.objects.visible_to(request.actor).filter(parameter=asked.parameter, enrolment__in=people)
    data = request.POST if request.method == "POST" else None
    return GridForm(data, parameter=asked.parameter, people=people, figures=figures, today=asked.today)


def _save(request: ActingRequest, asked: _Asked, form: GridForm) -> str:
    count = save_figures(
        cycle=asked.cycle,
        figures=form.typed,
        measured_on=form.cleaned_data["measured_on"],
        source=FigureSource.HAND,
        by=request.actor,
    )
    words = ngettext("%(count)s figure is saved.", "%(count)s figures are saved.", count) % {"count": count}
    messages.success(request, words if count else _("No figure was changed."))
    return request.get_full_path()


def _shown(asked: _Asked, form: GridForm) -> dict[str, object]:
    return {
        "asked": asked,
        "form": form,
        "page": asked.page,
        "fields": labelled_fields(asked.fields),
        "scale": scale_of(asked.parameter),
    }
