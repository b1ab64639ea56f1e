"""One file that proves an activity: fetched, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.files import serve_file
from core.once import do_once, done_before
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
    if request.method == "POST" and (answer := done_before(request)):
        return redirect(answer)
    proof = _proof(request, pk)
    if request.method == "POST":
        return redirect(do_once(request, lambda: _remove(request, proof)))
    return render(request, "roadmap/proof_remove.html", {"proof": proof})


def _remove(request: ActingRequest, proof: Proof) -> str:
    remove_proof(proof=proof, by=request.actor)
    messages.success(request, _("The file is removed."))
    return reverse("roadmap:activity_show", args=(proof.window.activity_id,))


def _proof(request: ActingRequest, pk: int) -> Proof:
    rows = Proof.objects.visible_to(request.actor).select_related("file__school", "window__activity")
    return get_object_or_404(rows, pk=pk)
