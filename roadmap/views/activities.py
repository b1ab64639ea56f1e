"""One activity: what proves it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.models import Role
from roadmap.forms.activities import EvidenceForm
from roadmap.models import Activity
from roadmap.services.evidence import choose_evidence
from roadmap.views.going_back import next_page


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
