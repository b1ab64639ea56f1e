"""The history of a programme, and putting back what it tells of."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Membership, Role
from roadmap.board.tabs import programme_tabs
from roadmap.editing.telling import Fact, Names, tell
from roadmap.forms.entries import number_in
from roadmap.models import Activity, Change, Duty, EvidenceKind, Programme, Reminded, Stage
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.ledger import told_of
from roadmap.services.undoing import undo_change
from roadmap.views.going_back import next_page
from roadmap.views.programmes import today_of

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history: the change and what it did."""

    change: Change
    facts: list[Fact]


@allow(*ROADMAP_READERS)
def programme_history(request: ActingRequest, pk: int) -> HttpResponse:
    """Who changed what, the latest first; the address may name one activity."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)
    wanted = number_in(request.GET.get("activity", ""))
    changes = programme.changes.select_related("made_by", "undone_by", "activity")
    if wanted:
        changes = changes.filter(activity_id=wanted)
    page = Paginator(changes, ON_A_PAGE).get_page(request.GET.get("page"))
    names = _names(programme, request)
    context = {
        "programme": programme,
        "page": page,
        "lines": [Told(change, tell(change.before, change.after, names)) for change in page],
        "activities": [(row.pk, told_of(row), row.pk == wanted) for row in _changed(programme)],
        "may_undo": request.actor.role == Role.CURATOR,
        "here": request.get_full_path(),
        "tabs": programme_tabs(pk, request.actor, request.path),
    }
    return render(request, "roadmap/programme_history.html" + ("#list" if request.htmx else ""), context)


@allow(Role.CURATOR, methods="POST")
def change_undo(request: ActingRequest, pk: int) -> HttpResponse:
    """Put back what a change did."""
    change = get_object_or_404(Change.objects.visible_to(request.actor).select_related("programme"), pk=pk)
    try:
        undo_change(change=change, by=request.actor)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Put back as it was before: %(told)s") % {"told": change.told})
    return redirect(next_page(request, change.programme_id))


def _changed(programme: Programme) -> list[Activity]:
    """The activities the history tells of, in the order of the document."""
    return list(Activity.objects.filter(stage__programme=programme).exclude(changes=None).distinct())


def _names(programme: Programme, request: ActingRequest) -> Names:
    members = Membership.objects.filter(school_id=programme.school_id).select_related("user")
    return Names(
        today=today_of(request),
        stages={
            stage.pk: f"{stage.number} {stage.name}".strip() for stage in Stage.objects.filter(programme=programme)
        },
        members={row.pk: row.user.short_name for row in members},
        duties={value: str(label) for value, label in Duty.choices},
        evidence={value: str(label) for value, label in EvidenceKind.choices},
        reminded={value: str(label) for value, label in Reminded.choices},
        columns={column["kind"]: column["title"] for column in programme.columns},
    )
