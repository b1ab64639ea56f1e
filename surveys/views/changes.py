"""What changed in a year: tables, sentences and charts, beside those who take no part."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.journal import record_event
from core.navigation import Tab
from core.once import do_once
from participants.models import Side
from participants.services.cycles import today_in
from participants.views.reach import cycle_of, school_of
from roadmap.models import Cycle
from surveys.forms.measurements import ComparisonForm
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS, ComparisonGroup, Parameter
from surveys.services.comparing import ChangesOf, changes_in
from surveys.services.comparisons import remove_comparison, save_comparison
from surveys.services.figures_out import PEOPLE, WHOLE, figures_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(*SURVEY_READERS)
def change_show(request: ActingRequest) -> HttpResponse:
    """What changed on one side of the year, on the whole or in one form; nobody is named and no few are shown."""
    side, cycle = _side(request), cycle_of(request)
    found = changes_in(cycle=cycle, side=side, today=today_in(school_of(request))) if cycle else []
    chosen = next((one for one in found if str(one.form) == request.GET.get("form")), found[0] if found else None)
    context = {
        "cycle": cycle,
        "years": Cycle.objects.filter(programme__school=school_of(request)).order_by("-year"),
        "side": side,
        "sides": _sides(side, cycle),
        "forms": _forms(found, chosen, side, cycle) if len(found) > 1 else [],
        "changes": chosen,
        "keeps": request.actor.role in SURVEY_KEEPERS,
    }
    return render(request, "surveys/change_show.html", context)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def change_compare(request: ActingRequest, pk: int) -> HttpResponse:
    """The figures of those who take no part, of one parameter in the year."""
    parameter = get_object_or_404(Parameter.objects.visible_to(request.actor), pk=pk)
    cycle = _cycle(request)
    row = ComparisonGroup.objects.visible_to(request.actor).filter(cycle=cycle, parameter=parameter).first()
    form = ComparisonForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        return redirect(do_once(request, lambda: _save(request, cycle, parameter, form)))
    context = {"form": form, "parameter": parameter, "cycle": cycle, "row": row, "back": _back(parameter.side, cycle)}
    return render(request, "surveys/change_compare.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_KEEPERS, methods="POST")
def comparison_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take the comparison away again."""
    rows = ComparisonGroup.objects.visible_to(request.actor).select_related("parameter", "cycle")
    row = get_object_or_404(rows, pk=pk)
    remove_comparison(comparison=row, by=request.actor)
    messages.success(request, _("The comparison group is removed."))
    return redirect(_back(row.parameter.side, row.cycle))


@allow(*SURVEY_READERS)
def change_file(request: ActingRequest) -> HttpResponse:
    """What changed as a spreadsheet, on the whole and by form: nobody is named."""
    return _file(request, WHOLE)


@allow(*SURVEY_KEEPERS, methods="POST")
def change_people(request: ActingRequest) -> HttpResponse:
    """The figures person by person as a spreadsheet; the sensitive ones where they are asked for."""
    return _file(request, PEOPLE)


def _file(request: ActingRequest, kind: str) -> HttpResponse:
    cycle, side = _cycle(request), _side(request)
    with_sensitive = "sensitive" in request.POST
    data, count = figures_workbook(cycle=cycle, side=side, kind=kind, with_sensitive=with_sensitive)
    if kind == PEOPLE:
        detail = {"figures of": count, "side": side, "sensitive": with_sensitive}
        record_event(verb="export", thing=cycle, detail=detail, by=request.actor)
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{kind}-{side}-{cycle.year}.xlsx"'
    return answer


def _save(request: ActingRequest, cycle: Cycle, parameter: Parameter, form: ComparisonForm) -> str:
    save_comparison(cycle=cycle, parameter=parameter, **form.cleaned_data, by=request.actor)
    messages.success(request, _("The comparison group is saved."))
    return _back(parameter.side, cycle)


def _cycle(request: ActingRequest) -> Cycle:
    cycle = cycle_of(request)
    if cycle is None:
        raise Http404
    return cycle


def _side(request: ActingRequest) -> str:
    side = request.GET.get("side", Side.MENTEE.value)
    return side if side in Side.values else Side.MENTEE.value


def _back(side: str, cycle: Cycle) -> str:
    return f"{reverse('surveys:change_show')}?side={side}&cycle={cycle.pk}"


def _sides(side: str, cycle: Cycle | None) -> list[Tab]:
    address = reverse("surveys:change_show")
    year = f"&cycle={cycle.pk}" if cycle else ""
    labels = {Side.MENTEE: _("What changed in the mentees"), Side.MENTOR: _("What changed in the mentors")}
    return [
        Tab(label, f"{address}?side={key.value}{year}", None, is_current=key == side) for key, label in labels.items()
    ]


def _forms(found: list[ChangesOf], chosen: ChangesOf | None, side: str, cycle: Cycle | None) -> list[Tab]:
    year = f"&cycle={cycle.pk}" if cycle else ""
    return [
        Tab(one.name, f"?side={side}&form={one.form or ''}{year}", one.people, is_current=one is chosen)
        for one in found
    ]
