"""Three ways to a new programme: from a file, from a template of the library, from the programme of last year."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.once import do_once
from roadmap.blueprints import find_template, lay_out
from roadmap.forms.beginning import StartForm, TemplateForm, usual_start
from roadmap.forms.drafts import UploadForm
from roadmap.models import Draft, Programme
from roadmap.services.beginning import begin_from_programme, begin_from_template
from roadmap.services.drafts import open_draft
from roadmap.views.programmes import today_of

PAGE = "roadmap/programme_new.html"


@allow(Role.CURATOR, methods="GET POST")
def programme_new(request: ActingRequest) -> HttpResponse:
    """All three ways; a POST begins from a template."""
    form = TemplateForm(request.POST if request.method == "POST" else None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                do_once(request, lambda: _page_of(begin_from_template(**form.cleaned_data, by=request.actor)))
            )
        except DomainError as refusal:
            form.add_error("starts_on", str(refusal))
    return _three_ways(request, UploadForm(), form)


@allow(Role.CURATOR, methods="GET POST")
def draft_new(request: ActingRequest) -> HttpResponse:
    """The same page at the address that documents are sent to."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = open_draft(data=file.read(), name=file.name, by=request.actor)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return go(request, _page_of(draft))
    return _three_ways(request, form, TemplateForm(today=today_of(request)))


@allow(Role.CURATOR, methods="POST")
def programme_again(request: ActingRequest, pk: int) -> HttpResponse:
    """Begin the programme that follows this one."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor).select_related("school"), pk=pk)
    try:
        return redirect(do_once(request, lambda: _page_of(begin_from_programme(programme=programme, by=request.actor))))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("roadmap:programme_new")


@allow(Role.CURATOR)
def blueprint_show(request: ActingRequest, key: str) -> HttpResponse:
    """A whole template with the days it would have, and the way to begin from it."""
    template = find_template(key)
    if template is None:
        raise Http404
    school, today = request.actor.school, today_of(request)
    assert school is not None
    asked = StartForm({"template": key, "starts_on": request.GET.get("starts_on", "")}, today=today)
    starts_on = asked.cleaned_data["starts_on"] if asked.is_valid() else usual_start(today)
    context = {
        "template": template,
        "form": StartForm(initial={"starts_on": starts_on.isoformat()}, today=today),
        "outline": lay_out(template, school=school.short_name, organisation=school.name, starts_on=starts_on),
    }
    return render(request, "roadmap/blueprint_show.html" + ("#plan" if request.htmx else ""), context)


def go(request: ActingRequest, url: str) -> HttpResponse:
    """Send the whole page on, also from within a partial request."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _three_ways(request: ActingRequest, upload: UploadForm, form: TemplateForm) -> HttpResponse:
    context = {
        "form": upload,
        "beginning": form,
        "programmes": list(Programme.objects.visible_to(request.actor)),
        "drafts": list(Draft.objects.visible_to(request.actor).open().select_related("source")),
    }
    status = 400 if upload.errors or form.errors else 200
    return render(request, PAGE + ("#upload" if request.htmx else ""), context, status=status)


def _page_of(draft: Draft) -> str:
    return reverse("roadmap:draft_review", args=(draft.pk,))
