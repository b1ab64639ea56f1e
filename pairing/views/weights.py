"""What counts how much when pairs of one form are scored, with a pair of the school as an example."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.once import do_once
from pairing.forms.scenarios import key_of
from pairing.forms.weights import RulesForm, WeightsForm
from pairing.models import GroupFilling
from pairing.rules import FormRules
from pairing.scenes.bench import form_rules
from pairing.scenes.examples import example_of
from pairing.scoring import DEFAULT_WEIGHTS, Weights
from pairing.services.weighing import set_form_rules
from pairing.views.scenarios_reach import usable
from participants.models import MentoringForm
from participants.services.cycles import today_in
from participants.views.reach import school_of


@allow(Role.CURATOR, methods="GET POST")
def weights_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """The sliders and the rules of a form. With the sliders in the address: the example, scored by them."""
    form_of_mentoring = get_object_or_404(MentoringForm.objects.visible_to(request.actor), pk=pk)
    weights, rules, stored = form_rules(form_of_mentoring)
    filling = stored.filling if stored else GroupFilling.EVEN
    if is_first := "first" in request.GET:
        weights, rules, filling = DEFAULT_WEIGHTS, FormRules(), GroupFilling.EVEN
    form = RulesForm(request.POST if request.method == "POST" else None, weights=weights, rules=rules, filling=filling)
    if request.method == "POST" and form.is_valid():
        return redirect(do_once(request, lambda: _save(request, form_of_mentoring, form)))
    tried = WeightsForm(request.GET, weights=weights)
    more = {"is_first": is_first, "is_changed": bool(stored) and not is_first}
    return _show(request, form_of_mentoring, form, tried.weights if tried.is_valid() else weights, more)


def _show(
    request: ActingRequest,
    form_of_mentoring: MentoringForm,
    form: RulesForm,
    tried: Weights,
    more: Mapping[str, object],
) -> HttpResponse:
    forms_used, cycles = usable(request)
    number, today = key_of(request.GET.get("example")), today_in(school_of(request))
    example = example_of(form_of_mentoring, cycles[0], tried, number, today) if cycles else None
    if example:
        record_event(verb="list", detail={"list": "example of a pair", "count": 1}, by=request.actor)
    context = {
        "form": form,
        "form_of_mentoring": form_of_mentoring,
        "forms_used": forms_used,
        "example": example,
        "next": number + 1,
        **more,
    }
    is_part = request.htmx and not request.htmx.history_restore_request and request.method == "GET"
    template = "pairing/weights_edit.html" + ("#example" if is_part else "")
    return render(request, template, context, status=400 if form.errors and not is_part else 200)


def _save(request: ActingRequest, form_of_mentoring: MentoringForm, form: RulesForm) -> str:
    filling = form.cleaned_data["filling"]
    set_form_rules(form=form_of_mentoring, weights=form.weights, rules=form.rules, filling=filling, by=request.actor)
    messages.success(request, _("Saved. New scenarios count by these weights; those made before keep theirs."))
    return reverse("pairing:weights_edit", args=(form_of_mentoring.pk,))
