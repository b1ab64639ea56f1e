"""Editing the stages and the title page of a living programme."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.once import do_once
from roadmap.editing.comparing import compare
from roadmap.editing.rows import parts_of
from roadmap.editing.telling import labels
from roadmap.forms.editing import HeadForm, RowsForm, StageForm
from roadmap.forms.entries import texts_sent
from roadmap.models import Change, Programme, Stage
from roadmap.services.editing import ChangedSince
from roadmap.services.heads import edit_head
from roadmap.services.stages import add_stage, edit_stage
from roadmap.views.edit_entry import Both
from roadmap.views.edit_page import PAGE, page_context, page_url, to_page

Keep = Callable[[dict[str, Any], Mapping[str, str]], Change | None]
"""Keeps what the form asks for, given the texts it was opened with."""


@allow(Role.CURATOR, methods="GET POST")
def stage_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """One stage open in its place."""
    stage = get_object_or_404(Stage.objects.visible_to(request.actor).select_related("programme__school"), pk=pk)

    def keep(wish: dict[str, Any], opened: Mapping[str, str]) -> Change | None:
        return edit_stage(stage=stage, wish=wish, opened=opened, by=request.actor)

    return PartPlace(request, stage.programme, StageForm, stage, f"s{pk}").answer(keep)


@allow(Role.CURATOR, methods="GET POST")
def programme_head(request: ActingRequest, pk: int) -> HttpResponse:
    """The title page open in its place."""
    programme = _programme(request, pk)

    def keep(wish: dict[str, Any], opened: Mapping[str, str]) -> Change | None:
        return edit_head(programme=programme, wish=wish, opened=opened, by=request.actor)

    return PartPlace(request, programme, HeadForm, programme, "head").answer(keep)


@allow(Role.CURATOR, methods="GET POST")
def programme_stage(request: ActingRequest, pk: int) -> HttpResponse:
    """A new stage."""
    programme = _programme(request, pk)
    form = StageForm(request.POST if request.method == "POST" else None, auto_id="new-stage-%s")
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            change = add_stage(programme=programme, wish=form.cleaned_data, by=request.actor)
            _kind, stage = parts_of(next(iter(change.after)))
            return page_url(pk, change, f"edit-s{stage}", f"s{stage}")

        return redirect(do_once(request, add))
    return PartPlace(request, programme, StageForm, programme, "new-stage").show(form)


@dataclass
class PartPlace:
    """Where the form of a thing stands: as which part of the page."""

    request: ActingRequest
    programme: Programme
    kind: type[RowsForm]
    thing: Programme | Stage
    part: str

    def answer(self, keep: Keep) -> HttpResponse:
        """The form as the thing stands; what was sent with it is kept, or shown against somebody else's text."""
        if self.request.method != "POST":
            return self.show(self._form(initial=self._texts()), opened=self._texts())
        opened, sent = texts_sent(self.request.POST, "opened"), self.request.POST.get("do", "")
        verb, _colon, name = sent.partition(":")
        if verb in {"take", "own"}:
            texts = opened if verb == "take" else texts_sent(self.request.POST, "mine")
            typed = self.request.POST.dict() | {name: texts.get(name, "")}
            return self.show(self._form(initial=typed), opened=opened)
        form = self._form(data=self.request.POST)
        return self._keep(form, opened, keep) if form.is_valid() else self.show(form, opened=opened)

    def _keep(self, form: RowsForm, opened: Mapping[str, str], keep: Keep) -> HttpResponse:
        try:
            change = keep(form.cleaned_data, opened)
        except ChangedSince:
            return self._against(opened, {name: str(value) for name, value in form.cleaned_data.items()})
        except DomainError as refusal:
            return self.show(form, opened=opened, refusal=str(refusal))
        return to_page(self.request, self.programme.pk, change, f"edit-{self.part}", self.part)

    def _against(self, opened: Mapping[str, str], mine: dict[str, str]) -> HttpResponse:
        """Both texts side by side; where nothing was typed the other's is taken."""
        self.thing.refresh_from_db()
        theirs = self._texts()
        typed = mine | {found.name: found.theirs for found in compare(opened, mine, theirs) if found.is_only_theirs}
        kept = {"opened": theirs, "mine": mine, "before": dict(opened)}
        return self._render(self._form(initial=typed), kept, status=409)

    def show(self, form: RowsForm, *, opened: Mapping[str, str] | None = None, refusal: str = "") -> HttpResponse:
        """The form in its place on the page."""
        against = {name: texts_sent(self.request.POST, name) for name in ("mine", "before")}
        kept = {"opened": dict(opened or {}), **{name: texts for name, texts in against.items() if texts}}
        return self._render(form, kept, status=400 if form.errors or refusal else 200, refusal=refusal)

    def _render(
        self, form: RowsForm, kept: Mapping[str, dict[str, str]], *, status: int, refusal: str = ""
    ) -> HttpResponse:
        called = labels()
        found = compare(kept.get("before", {}), kept["mine"], kept["opened"]) if kept.get("mine") else []
        context = {
            "form": form,
            "part": self.part,
            "kept": [(name, json.dumps(texts, ensure_ascii=False)) for name, texts in kept.items()],
            "both": [
                Both(row.name, called[row.name], row.theirs, row.mine, row.is_only_theirs)
                for row in found
                if row.name in called
            ],
            "refusal": refusal,
        }
        page = page_context(self.request, self.programme, at=self.part)
        return render(self.request, PAGE, page | context, status=status)

    def _form(self, **given: Any) -> RowsForm:
        return self.kind(**given, auto_id=f"{self.part}-%s")

    def _texts(self) -> dict[str, str]:
        """The thing as the form has it, days as ISO texts."""
        return {name: str(getattr(self.thing, name)) for line in self.kind.rows for name in line}


def _programme(request: ActingRequest, pk: int) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.actor).select_related("school"), pk=pk)
