"""Approved versions of a programme: all of them, approving one more, two beside each other, one on paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.jobs import start_job
from core.models import Role
from core.once import do_once
from roadmap.board.tabs import programme_tabs
from roadmap.comparison import Comparison, compare
from roadmap.forms.versions import VersionForm
from roadmap.models import Programme, Version
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.papers import ROADMAP_PDF
from roadmap.services.versions import (
    ApprovalRefused,
    ApprovedUnseen,
    approve_version,
    content_of,
    version_paper_key,
    version_state,
)
from roadmap.views.programmes import MARKERS, today_of


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list, the one before it, and how many activities changed between them."""

    version: Version
    before: Version | None
    changed: int


@allow(*ROADMAP_READERS)
def version_list(request: ActingRequest, programme: int) -> HttpResponse:
    """Every approved version, the newest first."""
    found = _programme(request, programme)
    versions = list(found.versions.select_related("approved_by").order_by("-number"))
    lines = [
        VersionLine(newer, older, compare(older.content, newer.content).changed if older else 0)
        for newer, older in pairwise([*versions, None])
        if newer is not None
    ]
    context = {"lines": lines, "state": version_state(found), "may_approve": request.actor.role in MARKERS}
    return render(request, "roadmap/version_list.html", context | _frame(request, found))


@allow(*MARKERS, methods="GET POST")
def version_approve(request: ActingRequest, programme: int) -> HttpResponse:
    """Approve the programme as it stands, or note that it was approved on paper."""
    found = _programme(request, programme)
    if request.method != "POST":
        form = VersionForm(initial={"approved_on": today_of(request), "seen": found.revision})
        return _ask_approval(request, found, form, 200)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _ask_approval(request, found, form, 400)
    try:
        return HttpResponseRedirect(do_once(request, lambda: _approve(request, found, form)))
    except ApprovalRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _ask_approval(request, found, form, 400)
    except ApprovedUnseen as refusal:
        found.refresh_from_db()
        again = VersionForm({**request.POST.dict(), "seen": found.revision})
        again.add_error(None, str(refusal))
        return _ask_approval(request, found, again, 409)


def _approve(request: ActingRequest, programme: Programme, form: VersionForm) -> str:
    version = approve_version(
        programme=programme,
        ground=form.cleaned_data["ground"],
        approved_on=form.cleaned_data["approved_on"],
        seen_revision=form.cleaned_data["seen"],
        by=request.actor,
    )
    text = _("Version %(number)s is approved and kept as it is. What is changed from now on goes into the next one.")
    messages.success(request, text % {"number": version.number})
    return reverse("roadmap:version_list", args=(programme.pk,))


def _ask_approval(request: ActingRequest, programme: Programme, form: VersionForm, status: int) -> HttpResponse:
    context = {"form": form, "state": version_state(programme), "is_noted": request.actor.role == Role.CURATOR}
    return render(request, "roadmap/version_approve.html", context | _frame(request, programme), status=status)


@allow(*ROADMAP_READERS)
def version_since(request: ActingRequest, programme: int, old: int) -> HttpResponse:
    """What was changed after a version, beside the programme as it stands."""
    found = _programme(request, programme)
    before = get_object_or_404(Version.objects.visible_to(request.actor), pk=old, programme=found)
    return _show(request, found, before, None, compare(before.content, content_of(found)))


@allow(*ROADMAP_READERS)
def version_compare(request: ActingRequest, programme: int, old: int, new: int) -> HttpResponse:
    """Two versions side by side."""
    found = _programme(request, programme)
    versions = Version.objects.visible_to(request.actor).filter(programme=found)
    before, after = get_object_or_404(versions, pk=old), get_object_or_404(versions, pk=new)
    return _show(request, found, before, after, compare(before.content, after.content))


def _show(
    request: ActingRequest, programme: Programme, before: Version, after: Version | None, between: Comparison
) -> HttpResponse:
    context = {"before": before, "after": after, "between": between, "is_whole": "all" in request.GET}
    return render(request, "roadmap/version_compare.html", context | _frame(request, programme))


@allow(Role.CURATOR, Role.ADMINISTRATOR, methods="POST")
def version_pdf(request: ActingRequest, programme: int, old: int) -> HttpResponse:
    """Have a version printed as it was approved."""
    found = _programme(request, programme)
    version = get_object_or_404(Version.objects.visible_to(request.actor), pk=old, programme=found)
    payload: dict[str, object] = {"programme": found.pk, "version": version.pk}
    job = start_job(key=version_paper_key(version, ROADMAP_PDF), kind=ROADMAP_PDF, payload=payload, by=request.actor)
    return redirect("core:job_show", job.pk)


def _programme(request: ActingRequest, pk: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)


def _frame(request: ActingRequest, programme: Programme) -> dict[str, Any]:
    """What stands around each of these pages."""
    return {"programme": programme, "tabs": programme_tabs(programme.pk, request.actor, request.path)}
