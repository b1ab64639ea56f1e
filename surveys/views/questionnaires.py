"""The questionnaires of a school: the list, one of them with its versions, what is said about it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.navigation import Tab
from core.once import do_once
from participants.models import MentoringForm
from participants.views.reach import school_of
from surveys.content import content_from_json
from surveys.forms.preview import preview_of
from surveys.forms.questionnaires import QuestionnaireFilterForm, QuestionnaireForm
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS, Questionnaire, QuestionnaireVersion, VersionState
from surveys.services.questionnaires import (
    begin_questionnaire,
    describe_questionnaire,
    give_standard_questionnaires,
    lacking_questionnaires,
)
from surveys.services.showing import Wanted, counts_of, listed, versions_of

PER_PAGE = 40
OFF = "off"


@allow(*SURVEY_READERS)
def questionnaire_list(request: ActingRequest) -> HttpResponse:
    """The questionnaires in use, or those switched off; found by title, purpose, answerer, form."""
    rows = Questionnaire.objects.visible_to(request.actor)
    form = QuestionnaireFilterForm(request.GET, offered=MentoringForm.objects.visible_to(request.actor))
    form.is_valid()
    wanted, tab = Wanted(**form.cleaned_data), OFF if request.GET.get("tab") == OFF else ""
    found = listed(rows, wanted, is_used=not tab)
    counts = counts_of(rows)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(tab, counts),
        "chosen": tab,
        "is_narrowed": wanted.is_narrowed,
        "lacking": len(lacking_questionnaires(school_of(request))),
        "may_write": request.actor.role in SURVEY_KEEPERS,
    }
    template = "surveys/questionnaire_list.html#rows" if request.htmx else "surveys/questionnaire_list.html"
    return render(request, template, context)


@allow(*SURVEY_READERS)
def questionnaire_show(request: ActingRequest, pk: int) -> HttpResponse:
    """Its versions, its source, and one version as those who answer see it; `version` in the address chooses."""
    row = questionnaire_of(request, pk)
    versions = versions_of(row)
    wanted = request.GET.get("version", "")
    chosen = next((one for one in versions if str(one.pk) == wanted), None)
    used = next((one for one in versions if one.state == VersionState.PUBLISHED), None)
    shown = chosen or used or next(iter(versions), None)
    content = content_from_json(shown.content) if shown else None
    context = {
        "row": row,
        "versions": versions,
        "used": used,
        "draft": next((one for one in versions if one.state == VersionState.DRAFT), None),
        "shown": shown,
        "previewed": preview_of(content) if content else [],
        "content": content,
        "may_write": request.actor.role in SURVEY_KEEPERS,
    }
    return render(request, "surveys/questionnaire_show.html", context)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def questionnaire_new(request: ActingRequest) -> HttpResponse:
    """Begin a questionnaire of the school's own."""
    return _write(request, None)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def questionnaire_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change what is said about a questionnaire, or switch it off."""
    return _write(request, questionnaire_of(request, pk))


@allow(*SURVEY_KEEPERS, methods="POST")
def questionnaire_standard(request: ActingRequest) -> HttpResponse:
    """Bring back the standard questionnaires that are missing."""
    return redirect(do_once(request, lambda: _give_standard(request)))


def questionnaire_of(request: ActingRequest, pk: int) -> Questionnaire:
    """The questionnaire, where the actor sees it; else 404."""
    rows = Questionnaire.objects.visible_to(request.actor).select_related("school", "form", "created_by")
    return get_object_or_404(rows, pk=pk)


def version_of(request: ActingRequest, pk: int) -> QuestionnaireVersion:
    """The version, where the actor sees it; else 404."""
    rows = QuestionnaireVersion.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("questionnaire__school", "questionnaire__form"), pk=pk)


def _give_standard(request: ActingRequest) -> str:
    count = give_standard_questionnaires(school_of(request), request.actor)
    words = ngettext("%(count)s standard questionnaire is back.", "%(count)s standard questionnaires are back.", count)
    messages.success(request, words % {"count": count} if count else _("No standard questionnaire is missing."))
    return reverse("surveys:questionnaire_list")


def _write(request: ActingRequest, row: Questionnaire | None) -> HttpResponse:
    offered = MentoringForm.objects.visible_to(request.actor)
    data = request.POST if request.method == "POST" else None
    form = QuestionnaireForm(data, offered=offered, row=row, initial=_initial(row))
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _save(request, row, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"form": form, "row": row}
    return render(request, "surveys/questionnaire_edit.html", context, status=400 if form.errors else 200)


def _save(request: ActingRequest, row: Questionnaire | None, form: QuestionnaireForm) -> str:
    if row is None:
        begun = begin_questionnaire(school=school_of(request), **form.cleaned_data, by=request.actor)
        return reverse("surveys:builder_show", args=(begun.versions.get().pk,))
    describe_questionnaire(questionnaire=row, **form.cleaned_data, by=request.actor)
    messages.success(request, _("What is said about the questionnaire is saved."))
    return reverse("surveys:questionnaire_show", args=(row.pk,))


def _initial(row: Questionnaire | None) -> dict[str, object]:
    if row is None:
        return {"kind": "own"}
    names = ("title", "kind", "answerer", "form", "source", "is_verified", "is_used")
    return {name: getattr(row, name) for name in names}


def _tabs(tab: str, counts: Mapping[bool, int]) -> list[Tab]:
    base = reverse("surveys:questionnaire_list")
    return [
        Tab(_("In use by the school"), base, counts.get(True, 0), not tab),
        Tab(_("Switched off"), f"{base}?tab={OFF}", counts.get(False, 0), bool(tab)),
    ]
