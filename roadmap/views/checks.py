"""What is amiss in a programme, and mending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.actors import Actor
from core.errors import DomainError
from core.models import Role
from roadmap.board.tabs import programme_tabs
from roadmap.checking import Finding, finding_key, label_of
from roadmap.models import Activity, Programme, Stage
from roadmap.services.checking import programme_findings, settle_finding
from roadmap.services.ledger import told_of
from roadmap.services.mending import mend_finding, move_of
from roadmap.services.moving import foresee
from roadmap.views.moving import follows_url


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as the page shows it: where it stands, and the page on which the curator edits that place."""

    key: str
    code: str
    place: str
    url: str
    text: str
    quote: str
    mend: str


@allow(Role.CURATOR, Role.ADMINISTRATOR)
def programme_checks(request: ActingRequest, pk: int) -> HttpResponse:
    """What is amiss now, and what the curator called right."""
    programme = _programme(request, pk)
    rows = _rows(programme)
    context = {
        "programme": programme,
        "open": [row for row in rows if row.key not in programme.settled],
        "settled": [row for row in rows if row.key in programme.settled],
        "may_mend": request.actor.role == Role.CURATOR,
        "tabs": programme_tabs(pk, request.actor, request.path),
    }
    return render(request, "roadmap/programme_checks.html", context)


@allow(Role.CURATOR, methods="POST")
def programme_check(request: ActingRequest, pk: int) -> HttpResponse:
    """One press of a button: «mend:…», «settle:…», «unsettle:…» with the key of the finding."""
    programme = _programme(request, pk)
    verb, _colon, key = request.POST.get("do", "").partition(":")
    deed, after = _DEEDS.get(verb), _open_after(programme, key)
    back = reverse("roadmap:programme_checks", args=(pk,)) + after
    if deed:
        try:
            if verb == "mend" and (url := _to_be_asked(programme, key, back)):
                return redirect(url)
            messages.success(request, deed(programme, key[:40], request.actor))
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return redirect(back)


def _to_be_asked(programme: Programme, key: str, back: str) -> str:
    """The page of what follows where the mend gives an activity days that others wait for; else nothing."""
    move = move_of(programme, key)
    if move is None or not foresee(window=move.window, days=move.days).asks:
        return ""
    return follows_url(move.window, move.days, move.words, back)


def _open_after(programme: Programme, key: str) -> str:
    """The anchor of the remark behind this one, so that a long list is worked off without scrolling."""
    keys = [finding_key(found) for found in programme_findings(programme)]
    later = keys[keys.index(key) + 1 :] if key in keys else []
    return next((f"#n-{other}" for other in later if other not in programme.settled), "")


def _mend(programme: Programme, key: str, by: Actor) -> str:
    change = mend_finding(programme=programme, finding=key, by=by)
    if change is None:
        return _("This is mended already.")
    return _("Mended: %(told)s. The history can put it back.") % {"told": change.told}


def _settle(programme: Programme, key: str, by: Actor) -> str:
    settle_finding(programme=programme, finding=key, settled=True, by=by)
    return _("It will not be asked again.")


def _unsettle(programme: Programme, key: str, by: Actor) -> str:
    settle_finding(programme=programme, finding=key, settled=False, by=by)
    return _("It is among the open remarks again.")


_DEEDS: dict[str, Callable[[Programme, str, Actor], str]] = {"mend": _mend, "settle": _settle, "unsettle": _unsettle}


def _programme(request: ActingRequest, pk: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.actor).select_related("school"), pk=pk)


def _rows(programme: Programme) -> list[FindingRow]:
    findings = programme_findings(programme)
    stages = {f"s{stage.pk}": stage for stage in programme.stages.all()}
    keys = [int(found.key[1:]) for found in findings if found.key.startswith("a")]
    activities = {f"a{row.pk}": row for row in Activity.objects.filter(pk__in=keys)}
    return [_row(found, programme, stages | activities) for found in findings]


def _row(found: Finding, programme: Programme, parts: dict[str, Stage | Activity]) -> FindingRow:
    part = parts.get(found.key)
    if part is None:
        place, url = _("Title page"), reverse("roadmap:programme_head", args=(programme.pk,))
    else:
        place = told_of(part)
        url = reverse(f"roadmap:{'stage' if isinstance(part, Stage) else 'activity'}_edit", args=(part.pk,))
    return FindingRow(
        key=finding_key(found),
        code=found.code,
        place=place,
        url=url,
        text=found.text,
        quote="" if found.quote in found.text else found.quote,
        mend=label_of(found.mend) if found.mend else "",
    )
