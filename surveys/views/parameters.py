"""What the school measures: the list, one parameter, the standard ones brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.once import do_once
from participants.views.reach import school_of
from surveys.forms.parameters import ParameterForm, ParameterListForm
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS, Parameter
from surveys.services.parameters import (
    give_standard_parameters,
    lacking_parameters,
    order_parameters,
    save_parameter,
)


@allow(*SURVEY_READERS, methods="GET POST")
def parameter_list(request: ActingRequest) -> HttpResponse:
    """The parameters in their order; those who keep them change the order and what is in use, all at once."""
    may_write = request.actor.role in SURVEY_KEEPERS
    lines = list(Parameter.objects.visible_to(request.actor))
    form = ParameterListForm(request.POST if request.method == "POST" and may_write else None, lines=lines)
    if form.is_valid():
        order_parameters(school=school_of(request), lines=form.chosen, by=request.actor)
        messages.success(request, _("The list of parameters is saved."))
        return redirect("surveys:parameter_list")
    context = {
        "form": form,
        "used": sum(row.is_used for row in lines),
        "lacking": lacking_parameters(school_of(request)) if may_write else [],
        "may_write": may_write,
    }
    return render(request, "surveys/parameter_list.html", context, status=400 if form.errors else 200)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def parameter_new(request: ActingRequest) -> HttpResponse:
    """Add a parameter of the school's own."""
    return _edit(request, None)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def parameter_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a parameter."""
    return _edit(request, get_object_or_404(Parameter.objects.visible_to(request.actor), pk=pk))


@allow(*SURVEY_KEEPERS, methods="POST")
def parameter_standard(request: ActingRequest) -> HttpResponse:
    """Bring back the standard parameters that are missing."""
    count = give_standard_parameters(school_of(request), request.actor)
    words = ngettext("%(count)s standard parameter is back.", "%(count)s standard parameters are back.", count)
    messages.success(request, words % {"count": count} if count else _("No standard parameter is missing."))
    return redirect("surveys:parameter_list")


def _edit(request: ActingRequest, parameter: Parameter | None) -> HttpResponse:
    name = parameter.name if parameter else ""
    form = ParameterForm(request.POST if request.method == "POST" else None, instance=parameter)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _save(request, form, parameter)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"form": form, "parameter": parameter, "name": name}
    return render(request, "surveys/parameter_edit.html", context, status=400 if form.errors else 200)


def _save(request: ActingRequest, form: ParameterForm, parameter: Parameter | None) -> str:
    save_parameter(school=school_of(request), parameter=parameter, **form.cleaned_data, by=request.actor)
    messages.success(request, _("The parameter is saved."))
    return reverse("surveys:parameter_list")
