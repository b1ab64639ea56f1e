"""How far each mentor's preparation has come, and the word that he is ready."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.preparation import PreparationFilterForm
from participants.models import Enrolment, MentoringForm
from participants.models.person import REGISTER_READERS
from participants.register.mentors import candidates_of, counts_of, found_mentors, lines_of, page_of, tabs_of
from participants.services.cycles import today_in
from participants.services.trainings import mark_ready_many
from participants.views.reach import cycle_of, school_of

MOST_AT_ONCE = 200


@allow(*REGISTER_READERS)
def preparation_list(request: ActingRequest) -> HttpResponse:
    """The mentors of the year: interview, trainings, state, the next step."""
    today, cycle = today_in(school_of(request)), cycle_of(request)
    rows = candidates_of(Enrolment.objects.visible_to(request.actor), cycle, today)
    forms = MentoringForm.objects.filter(pk__in=rows.order_by().values("form"))
    form = PreparationFilterForm(request.GET, offered=forms)
    form.is_valid()
    tab = request.GET.get("tab", "")
    page = page_of(found_mentors(rows, tab, **form.cleaned_data), request.GET.get("page"))
    record_event(verb="list", detail={"list": "mentors", "count": len(page)}, by=request.actor)
    context = {
        "cycle": cycle,
        "tabs": tabs_of(counts_of(rows), tab, request.GET.get("cycle", "")),
        "tab": tab,
        "form": form,
        "page": page,
        "lines": lines_of(page, today),
        "may_write": request.actor.role == Role.CURATOR,
    }
    template = "participants/preparation_list.html#rows" if request.htmx else "participants/preparation_list.html"
    return render(request, template, context)


@allow(Role.CURATOR, methods="POST")
def preparation_ready(request: ActingRequest) -> HttpResponse:
    """Say of everyone ticked that he is ready."""
    keys = [int(key) for key in request.POST.getlist("part") if key.isascii() and key.isdigit() and len(key) < 19]
    rows = list(Enrolment.objects.visible_to(request.actor).filter(pk__in=keys[:MOST_AT_ONCE]))
    if rows:
        return redirect(do_once(request, lambda: _say(request, rows)))
    messages.error(request, _("Tick the people in the list first."))
    return redirect(_back(request))


def _say(request: ActingRequest, rows: list[Enrolment]) -> str:
    said = mark_ready_many(enrolments=rows, by=request.actor)
    if said.count:
        words = ngettext("%(count)s mentor is ready.", "%(count)s mentors are ready.", said.count)
        messages.success(request, words % {"count": said.count})
    for reason, count in said.refusals.items():
        words = ngettext("%(count)s is not: %(reason)s", "%(count)s are not: %(reason)s", count)
        messages.error(request, words % {"count": count, "reason": reason})
    return _back(request)


def _back(request: ActingRequest) -> str:
    """The list as it was narrowed when the mentors were ticked."""
    back, here = request.POST.get("back", ""), reverse("participants:preparation_list")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(here)
    return back if is_ours else here
