"""One part of a draft open to be written: a question, a section, the end of the questionnaire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.once import do_once
from surveys.content import Content, Question, content_from_json
from surveys.editing import section_with
from surveys.forms.builder import (
    EndForm,
    QuestionForm,
    SectionForm,
    Surroundings,
    initial_typed,
    lines_of_levels,
    new_initial,
    question_initial,
)
from surveys.models import SURVEY_KEEPERS, QuestionnaireVersion, VersionState
from surveys.services.builder import (
    sign_of,
    sign_of_end,
    write_end,
    write_new_question,
    write_new_section,
    write_question,
    write_section,
)
from surveys.services.surroundings import compared_in, earlier_questions, parameters_of
from surveys.services.versions import ChangedMeanwhile
from surveys.views.builder import part_url
from surveys.views.questionnaires import version_of

REFRESH = "refresh"
"""The button that shows the fields of another kind, or the answers of another question, and saves nothing."""


@allow(*SURVEY_KEEPERS, methods="GET POST")
def question_new(request: ActingRequest, pk: int, section: str) -> HttpResponse:
    """Write a question at the end of a section; `kind` in the address is what the button said."""
    version, content = _draft(request, pk)
    if section_with(content, section) is None:
        raise Http404
    around = _around(version, earlier_questions(content, "", section))
    form = _question_form(request, None, around, new_initial(request.GET.get("kind", "")))

    def keep(question: Question) -> str:
        _row, key = write_new_question(version=version, section=section, question=question, by=request.actor)
        return part_url(pk, f"edit-q-{key}")

    return _answer_question(request, version, form, keep)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def question_edit(request: ActingRequest, pk: int, key: str) -> HttpResponse:
    """Write a question anew; what someone else made of it meanwhile is not lost."""
    version, content = _draft(request, pk)
    question = content.question(key)
    if question is None:
        raise Http404
    around = _around(version, earlier_questions(content, key))
    form = _question_form(request, question, around, question_initial(question) | {"seen": sign_of(question)})

    def keep(changed: Question) -> str:
        seen = request.POST.get("seen", "")
        write_question(version=version, question=changed, seen=seen, by=request.actor)
        return part_url(pk, f"edit-q-{key}")

    return _answer_question(request, version, form, keep, question)


@allow(*SURVEY_KEEPERS, methods="GET POST")
def section_new(request: ActingRequest, pk: int) -> HttpResponse:
    """Add a section at the end."""
    version, _content = _draft(request, pk)
    form = SectionForm(request.POST if request.method == "POST" else None)

    def keep() -> str:
        key = write_new_section(version=version, **_words(form), by=request.actor)
        return part_url(pk, f"edit-s-{key}")

    return _answer(request, version, form, keep, {"what": "section"})


@allow(*SURVEY_KEEPERS, methods="GET POST")
def section_edit(request: ActingRequest, pk: int, key: str) -> HttpResponse:
    """Write the heading of a section and what is said before its questions."""
    version, content = _draft(request, pk)
    section = section_with(content, key)
    if section is None:
        raise Http404
    initial = {"title": section.title, "text": section.text, "seen": sign_of(section)}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)

    def keep() -> str:
        seen = request.POST.get("seen", "")
        write_section(version=version, key=key, **_words(form), seen=seen, by=request.actor)
        return part_url(pk, f"edit-s-{key}")

    return _answer(request, version, form, keep, {"what": "section", "now": section, "sign": sign_of(section)})


@allow(*SURVEY_KEEPERS, methods="GET POST")
def end_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Write the thanks and the levels of the sum of scores."""
    version, content = _draft(request, pk)
    levels = lines_of_levels(content.levels)
    initial = {"thanks": content.thanks, "levels": levels, "seen": sign_of_end(content)}
    form = EndForm(request.POST if request.method == "POST" else None, initial=initial)

    def keep() -> str:
        seen, thanks = request.POST.get("seen", ""), form.cleaned_data["thanks"]
        write_end(version=version, thanks=thanks, levels=form.typed_levels, seen=seen, by=request.actor)
        return part_url(pk, "edit-end")

    now = {"text": f"{content.thanks}\n{levels}"}
    return _answer(request, version, form, keep, {"what": "end", "now": now, "sign": sign_of_end(content)})


def _draft(request: ActingRequest, pk: int) -> tuple[QuestionnaireVersion, Content]:
    version = version_of(request, pk)
    if version.state != VersionState.DRAFT:
        raise Http404
    return version, content_from_json(version.content)


def _around(version: QuestionnaireVersion, earlier: tuple[Question, ...]) -> Surroundings:
    subjects, indicators = compared_in(version)
    answerer = version.questionnaire.answerer
    return Surroundings(answerer, earlier, parameters_of(version), subjects, indicators)


def _question_form(
    request: ActingRequest, before: Question | None, around: Surroundings, initial: dict[str, Any]
) -> QuestionForm:
    if request.method != "POST":
        return QuestionForm(None, before=before, around=around, initial=initial)
    if REFRESH in request.POST:
        return QuestionForm(None, before=before, around=around, initial=initial_typed(request.POST))
    return QuestionForm(request.POST, before=before, around=around, initial={})


def _answer_question(
    request: ActingRequest,
    version: QuestionnaireVersion,
    form: QuestionForm,
    keep: Callable[[Question], str],
    now: Question | None = None,
) -> HttpResponse:
    def kept() -> str:
        assert form.question is not None
        return keep(form.question)

    sign = sign_of(now) if now else ""
    return _answer(request, version, form, kept, {"what": "question", "now": now, "sign": sign})


def _answer(
    request: ActingRequest, version: QuestionnaireVersion, form: Form, keep: Callable[[], str], more: dict[str, Any]
) -> HttpResponse:
    """Keep what a valid form says, and show the form with what is wrong, or with what someone else wrote meanwhile."""
    context = more | {"version": version, "row": version.questionnaire, "form": form}
    status = 200
    if form.is_valid():
        try:
            return redirect(do_once(request, keep))
        except ChangedMeanwhile as refusal:
            context["meanwhile"] = str(refusal)
            opened_now = request.POST.copy()
            opened_now["seen"] = more.get("sign", "")
            form.data, status = opened_now, 409
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    template = "surveys/builder_part.html#fields" if request.htmx else "surveys/builder_part.html"
    return render(request, template, context, status=400 if form.errors else status)


def _words(form: Form) -> dict[str, str]:
    return {"title": form.cleaned_data["title"], "text": form.cleaned_data["text"]}
