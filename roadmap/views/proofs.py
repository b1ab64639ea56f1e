"""One file that proves an activity: fetched, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.files import serve_file
from roadmap.models import Proof
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.proofs import remove_proof
from roadmap.views.programmes import MARKERS


@allow(*ROADMAP_READERS)
def proof_file(request: ActingRequest, pk: int) -> HttpResponse:
    """The file as a download."""
    return serve_file(_proof(request, pk).file, by=request.actor)


@allow(*MARKERS, methods="GET POST")
def proof_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then remove the file for good."""
    proof = _proof(request, pk)
    if request.method == "POST":
        remove_proof(proof=proof, by=request.actor)
        messages.success(request, _("The file is removed."))
        return redirect("roadmap:activity_show", proof.window.activity_id)
    return render(request, "roadmap/proof_remove.html", {"proof": proof})


def _proof(request: ActingRequest, pk: int) -> Proof:
    rows = Proof.objects.visible_to(request.actor).select_related("file__school", "window__activity")
    return get_object_or_404(rows, pk=pk)
