"""What becomes of a version: begun anew, put to use, given up; copies and files of it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.once import do_once, done_before
from participants.views.reach import school_of
from roadmap.forms.entries import number_in
from surveys.content import content_from_json
from surveys.forms.questionnaires import BringForm
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS, Questionnaire, QuestionnaireVersion, VersionState
from surveys.services.bringing import LARGEST, Brought, bring_file, copy_questionnaire, file_of
from surveys.services.versions import begin_version, discard_draft, faults_in, publish_version
from surveys.views.questionnaires import questionnaire_of, version_of


@allow(*SURVEY_KEEPERS, methods="POST")
def version_begin(request: ActingRequest, pk: int) -> HttpResponse:
    """A draft that begins with the version in use, or the one that was begun already."""
    row = questionnaire_of(request, pk)

    def begin() -> str:
        return reverse("surveys:builder_show", args=(begin_version(questionnaire=row, by=request.actor).pk,))

    return redirect(do_once(request, begin))


@allow(*SURVEY_KEEPERS, methods="GET POST")
def version_publish(request: ActingRequest, pk: int) -> HttpResponse:
    """Put the draft to use after a look at what that means, or at what is still wrong with it."""
    version = version_of(request, pk)
    shown = reverse("surveys:questionnaire_show", args=(version.questionnaire_id,))
    if version.state != VersionState.DRAFT:
        return redirect(shown)
    if request.method == "POST":
        try:
            return redirect(do_once(request, lambda: _publish(request, version, shown)))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        version.refresh_from_db()
    content = content_from_json(version.content)
    faults = [(fault, content.question(fault.question)) for fault in faults_in(version)]
    used = version.questionnaire.versions.filter(state=VersionState.PUBLISHED).first()
    context = {"version": version, "row": version.questionnaire, "faults": faults, "used": used}
    return render(
        request, "surveys/questionnaire_publish.html", context, status=400 if request.method == "POST" else 200
    )


@allow(*SURVEY_KEEPERS, methods="GET POST")
def version_discard(request: ActingRequest, pk: int) -> HttpResponse:
    """Give a draft up after a question."""
    if address := done_before(request):
        return redirect(address)
    version = version_of(request, pk)
    row = version.questionnaire
    if version.state != VersionState.DRAFT:
        return redirect("surveys:questionnaire_show", row.pk)
    if request.method == "POST":
        try:
            return redirect(do_once(request, lambda: _discard(request, version)))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("surveys:questionnaire_list")
    context = {"version": version, "row": row, "is_only": row.versions.count() == 1}
    return render(request, "surveys/questionnaire_discard.html", context)


def _publish(request: ActingRequest, version: QuestionnaireVersion, shown: str) -> str:
    revision = number_in(request.POST.get("revision", ""))
    publish_version(version=version, revision=revision, by=request.actor)
    messages.success(request, _("The questionnaire is in use: it can be asked now."))
    return shown


def _discard(request: ActingRequest, version: QuestionnaireVersion) -> str:
    is_gone = discard_draft(version=version, by=request.actor)
    messages.success(request, _("The draft is given up."))
    if is_gone:
        return reverse("surveys:questionnaire_list")
    return reverse("surveys:questionnaire_show", args=(version.questionnaire_id,))


@allow(*SURVEY_READERS)
def version_file(request: ActingRequest, pk: int) -> HttpResponse:
    """The version as a file, for another school or another year."""
    version = version_of(request, pk)
    record_event(verb="download", thing=version, by=request.actor)
    answer = HttpResponse(file_of(version), content_type="application/json")
    name = f"{version.questionnaire.title}.json"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@allow(*SURVEY_KEEPERS, methods="POST")
def version_copy(request: ActingRequest, pk: int) -> HttpResponse:
    """Copy a version into a questionnaire of its own, within the school or from another school of the same person."""
    rows = QuestionnaireVersion.objects.filter(questionnaire__in=readable(request))
    version = get_object_or_404(rows.select_related("questionnaire__form"), pk=pk)
    school = school_of(request)
    try:
        return redirect(
            do_once(
                request,
                lambda: _brought(request, copy_questionnaire(version=version, school=school, by=request.actor)),
            )
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("surveys:questionnaire_list")


@allow(*SURVEY_KEEPERS, methods="GET POST")
def questionnaire_bring(request: ActingRequest) -> HttpResponse:
    """Bring a questionnaire from a file, or from another school where the person works."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(LARGEST + 1)
        school = school_of(request)
        try:
            return redirect(
                do_once(request, lambda: _brought(request, bring_file(school=school, data=data, by=request.actor)))
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
    others = readable(request).exclude(school=school_of(request)).filter(is_used=True).select_related("school", "form")
    published = QuestionnaireVersion.objects.filter(state=VersionState.PUBLISHED).order_by("-number")
    lists = others.filter(versions__state=VersionState.PUBLISHED).distinct().order_by("school", "pk")
    offered = lists.prefetch_related(Prefetch("versions", published, "published"))
    context = {"form": form, "offered": offered}
    return render(request, "surveys/questionnaire_bring.html", context, status=400 if form.errors else 200)


def readable(request: ActingRequest) -> QuerySet[Questionnaire]:
    """The questionnaires of every school in which the person reads them."""
    schools = [one.school_id for one in request.memberships if one.role in SURVEY_READERS]
    return Questionnaire.objects.filter(school__in=schools)


def _brought(request: ActingRequest, brought: Brought) -> str:
    messages.success(request, _("The questionnaire is there as a draft. Look at it and put it to use."))
    if brought.unmeasured:
        words = ngettext(
            "%(n)s question measured something that your school does not measure: say where its answer goes.",
            "%(n)s questions measured something that your school does not measure: say where their answers go.",
            brought.unmeasured,
        )
        messages.warning(request, words % {"n": brought.unmeasured})
    return reverse("surveys:builder_show", args=(brought.questionnaire.versions.get().pk,))
