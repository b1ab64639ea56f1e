"""One activity: everything that is known of it, and what proves it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.models import Role
from core.navigation import may_open
from roadmap.board.activity import extras_of, years_of
from roadmap.board.proofs import proofs_for
from roadmap.board.rows import window_rows
from roadmap.board.tabs import programme_tabs
from roadmap.evidence import Beginning, beginning_of, provided
from roadmap.forms.activities import EvidenceForm
from roadmap.models import Activity, Proof, Window
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.evidence import choose_evidence
from roadmap.views.going_back import next_page
from roadmap.views.programmes import MARKERS, today_of


@allow(*ROADMAP_READERS)
def activity_show(request: ActingRequest, pk: int) -> HttpResponse:
    """One activity: its words, its windows of every year, who answers, what proves it."""
    seen = Activity.objects.visible_to(request.actor).select_related("stage__programme")
    activity, today = get_object_or_404(seen, pk=pk), today_of(request)
    programme = activity.stage.programme
    rows = window_rows(Window.objects.filter(activity=activity), today)
    laid = Proof.objects.filter(window__activity=activity).select_related("file")
    proofs = proofs_for(request.actor, rows, today)
    context = {
        "activity": activity,
        "programme": programme,
        "extras": extras_of(activity, programme),
        "answering": activity.responsible.select_related("member__user"),
        "years": years_of(rows, activity.windows.select_related("done_by"), laid, proofs, today),
        "is_counted": bool(provided([activity.evidence])),
        "may_mark": request.actor.role in MARKERS,
        "may_edit": request.actor.role == Role.CURATOR,
        "ways": _ways(request, activity),
        "beginning": _beginning(request, activity),
        "here": request.path,
        "tabs": programme_tabs(programme.pk, request.actor, reverse("roadmap:programme_show", args=(programme.pk,))),
    }
    return render(request, "roadmap/activity_show.html", context)


@allow(Role.CURATOR, methods="GET POST")
def activity_evidence(request: ActingRequest, pk: int) -> HttpResponse:
    """Tie the activity to what proves it."""
    rows = Activity.objects.visible_to(request.actor).select_related("stage")
    activity = get_object_or_404(rows, pk=pk)
    form = EvidenceForm(request.POST if request.method == "POST" else None, initial={"kind": activity.evidence})
    address = next_page(request, activity.stage.programme_id)
    if request.method == "POST" and form.is_valid():
        choose_evidence(activity=activity, kind=form.cleaned_data["kind"], by=request.actor)
        messages.success(request, _("What proves the activity is noted; it shows wherever the activity stands."))
        return redirect(address)
    context = {"activity": activity, "form": form, "next": address}
    return render(request, "roadmap/activity_evidence.html", context, status=400 if form.errors else 200)


def _ways(request: ActingRequest, activity: Activity) -> list[tuple[str, str]]:
    """Where the reader may go from here: label and address."""
    history = reverse("roadmap:programme_history", args=(activity.stage.programme_id,))
    ways = [
        (_("Edit the activity"), reverse("roadmap:activity_edit", args=(activity.pk,))),
        (_("History of the activity"), f"{history}?activity={activity.pk}"),
        (_("Letters about the activity"), reverse("roadmap:activity_reminders", args=(activity.pk,))),
    ]
    return [(label, url) for label, url in ways if may_open(request.actor, url)]


def _beginning(request: ActingRequest, activity: Activity) -> Beginning | None:
    """Where the reader begins the work that proves the activity; None where he may not, or there is no such page."""
    found = beginning_of(activity.evidence)
    return found if found and may_open(request.actor, reverse(found.url_name)) else None
