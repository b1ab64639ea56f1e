"""The page on which a draft of a questionnaire is written: its parts in order, and the buttons that move them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.once import do_once
from roadmap.forms.entries import number_in
from surveys.content import Content, content_from_json
from surveys.editing import (
    Removed,
    copy_question,
    copy_section,
    move_question,
    move_section,
    put_back,
    remove_question,
    remove_section,
    removed_question,
    removed_section,
)
from surveys.forms.asking import KIND_LABELS
from surveys.forms.rows import rows_of
from surveys.models import SURVEY_KEEPERS, QuestionnaireVersion, VersionState
from surveys.services.builder import edit_draft, remove_part
from surveys.services.versions import faults_in
from surveys.views.questionnaires import version_of

PAGE = "surveys/builder_show.html"
REMOVED = "survey_part_removed"
"""Where the session keeps what was taken out last, to be put back."""


@allow(*SURVEY_KEEPERS, methods="GET POST")
def builder_show(request: ActingRequest, pk: int) -> HttpResponse:
    """The draft with its sections and questions; a button moves, copies or takes out one of them."""
    version = version_of(request, pk)
    if version.state != VersionState.DRAFT:
        return redirect("surveys:questionnaire_show", version.questionnaire_id)
    if request.method != "POST":
        return render(request, PAGE, page_context(request, version, request.GET.get("at", "")))
    focus, refusal = _focus(request.POST.get("do", "")), ""
    try:
        address = do_once(request, lambda: _do(request, version, request.POST.get("do", "")))
    except DomainError as refused:
        address, refusal = part_url(pk, focus), str(refused)
    if request.htmx:
        version.refresh_from_db()
        context = page_context(request, version, focus) | {"refusal": refusal}
        return render(request, f"{PAGE}#sheet", context)
    if refusal:
        messages.error(request, refusal)
    return redirect(address)


def page_context(request: ActingRequest, version: QuestionnaireVersion, focus: str) -> dict[str, Any]:
    """What the page shows; `focus` is the button on which the hand stays."""
    content = content_from_json(version.content)
    faults = faults_in(version)
    return {
        "version": version,
        "row": version.questionnaire,
        "content": content,
        "blocks": rows_of(content, faults),
        "general": [fault.text for fault in faults if not fault.section and not fault.question],
        "faults": len(faults),
        "count": sum(len(section.questions) for section in content.sections),
        "kinds": [(kind.value, label) for kind, label in KIND_LABELS.items()],
        "removed": _removed(request, version),
        "focus": focus,
    }


def part_url(pk: int, focus: str) -> str:
    """The page, the hand on the button of the part that was changed."""
    url = reverse("surveys:builder_show", args=(pk,))
    return f"{url}?at={focus}" if focus else url


def _do(request: ActingRequest, version: QuestionnaireVersion, sent: str) -> str:
    """Do what the pressed button says; where to go on. What no button sends does nothing."""
    verb, _colon, key = sent.partition(":")
    if verb == "undo":
        _undo(request, version)
    elif verb in _REMOVALS:
        _remove(request, version, _REMOVALS[verb], key)
    elif verb in _DEEDS:
        edit_draft(version=version, change=partial(_DEEDS[verb], key=key), by=request.actor)
    return part_url(version.pk, _focus(sent))


@dataclass(frozen=True, slots=True)
class Removal:
    """How a part is taken out, and what is kept of it."""

    remembered: Callable[[Content, str], Removed | None]
    without: Callable[[Content, str], Content]


def _remove(request: ActingRequest, version: QuestionnaireVersion, removal: Removal, key: str) -> None:
    kept: list[Removed | None] = []

    def change(content: Content) -> Content:
        kept.append(removal.remembered(content, key))
        return removal.without(content, key)

    revision = number_in(request.POST.get("revision", ""))
    remove_part(version=version, revision=revision, change=change, by=request.actor)
    if kept[0] is not None:
        request.session[REMOVED] = {"version": version.pk, "part": kept[0].to_json()}


def _undo(request: ActingRequest, version: QuestionnaireVersion) -> None:
    removed = _removed(request, version)
    if removed is not None:
        edit_draft(version=version, change=lambda content: put_back(content, removed), by=request.actor)
        del request.session[REMOVED]


def _removed(request: ActingRequest, version: QuestionnaireVersion) -> Removed | None:
    kept = request.session.get(REMOVED)
    return Removed.from_json(kept["part"]) if kept and kept["version"] == version.pk else None


def _focus(sent: str) -> str:
    """The id of the button that is pressed next: the same one, or the one that puts back."""
    verb, _colon, key = sent.partition(":")
    kind = "s" if verb.startswith("section") else "q"
    if verb in _DEEDS:
        return f"{verb.removeprefix('section_')}-{kind}-{key}"
    return "undo" if verb in _REMOVALS else ""


_DEEDS: dict[str, Callable[..., Content]] = {
    "up": partial(move_question, step=-1),
    "down": partial(move_question, step=1),
    "copy": copy_question,
    "section_up": partial(move_section, step=-1),
    "section_down": partial(move_section, step=1),
    "section_copy": copy_section,
}
_REMOVALS = {
    "delete": Removal(removed_question, remove_question),
    "section_delete": Removal(removed_section, remove_section),
}
