"""The pages of whoever signs: a parent who came by a link, a parent or an adult with an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from core.access import ActingRequest, Door, allow
from core.actors import ActorKind
from core.errors import DomainError, TransitionRefused
from core.files import serve_file
from core.journal import record_event
from core.models import Role
from core.once import do_once, done_before
from core.pictures import Scan
from participants.forms.mine import DeclineForm, PagesForm
from participants.mine_panels import mine_panels
from participants.models import Consent, ConsentPage
from participants.services.consent_papers import print_forms
from participants.services.mine import consents_to_sign, curators_of, paper_job, people_of
from participants.services.sending import AWAITED, keep_copy, read_copy
from participants.services.withdrawal import decline_consent, withdraw_consent

SIGNERS = (Door.LINK, *(role for role in Role if role != Role.OBSERVER))
"""A curator, too, may be somebody's parent, or a mentor who signs for himself."""


@allow(*SIGNERS)
def mine_home(request: ActingRequest) -> HttpResponse:
    """How each consent stands, and what goes on with the ward: the mentor, the meetings."""
    consents = list(_consents(request).order_by("ended_at", "person__sort_key", "-asked_at"))
    people = list(people_of(request.actor).select_related("school").order_by("sort_key"))
    if people:
        record_event(verb="list", detail={"list": "mine", "count": len(people)}, by=request.actor)
    panels = [
        panel for person in people for panel in mine_panels(person, timezone.localdate(timezone=person.school.zone))
    ]
    context = {
        "live": [consent for consent in consents if consent.ended_at is None],
        "ended": [consent for consent in consents if consent.ended_at is not None],
        "awaited": sum(consent.state in AWAITED for consent in consents),
        "people": people,
        "panels": panels,
        "styles": sorted({panel.style for panel in panels if panel.style}),
    }
    return render(request, "participants/mine_home.html", context | _frame(request))


@allow(*SIGNERS)
def mine_consent(request: ActingRequest, pk: int) -> HttpResponse:
    """One consent: what to do next, what was sent, what is agreed to."""
    consent = _consent(request, pk)
    if not request.htmx:
        record_event(verb="view", thing=consent, by=request.actor)
    return _page(request, consent, PagesForm())


@allow(*SIGNERS, methods="GET POST")
def mine_paper(request: ActingRequest, pk: int) -> HttpResponse:
    """The form as PDF; a POST has it printed where that was not done yet."""
    consent = _consent(request, pk)
    if request.method == "POST":
        print_forms([consent], by=request.actor)
        return redirect("participants:mine_consent", pk)
    if consent.paper is None:
        raise Http404
    return serve_file(consent.paper, by=request.actor)


@allow(*SIGNERS, methods="POST")
def mine_send(request: ActingRequest, pk: int) -> HttpResponse:
    """Take in the photos of the signed form."""
    consent, form = _consent(request, pk), PagesForm(request.POST, request.FILES)
    status = 400
    if answer := done_before(request):
        return redirect(answer)
    if form.is_valid():
        try:
            scans = read_copy(consent, ((file.name or "", file.read()) for file in form.cleaned_data["pages"]))
            return redirect(do_once(request, lambda: _keep(request, consent, scans)))
        except TransitionRefused as refusal:
            status, consent = 409, _consent(request, pk)
            form.add_error("pages", str(refusal))
        except DomainError as refusal:
            form.add_error("pages", str(refusal))
    return _page(request, consent, form, status=status)


@allow(*SIGNERS)
def mine_page(request: ActingRequest, page: int) -> HttpResponse:
    """One page of the copy that one sent oneself."""
    rows = ConsentPage.objects.filter(consent__in=consents_to_sign(request.actor)).select_related("file__school")
    return serve_file(get_object_or_404(rows, pk=page).file, by=request.actor)


@allow(*SIGNERS, methods="GET POST")
def mine_decline(request: ActingRequest, pk: int) -> HttpResponse:
    """Say no, with a reason if one likes."""
    consent, form = _consent(request, pk), DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _decide(request, consent, lambda: decline_consent(consent=consent, reason=reason, by=request.actor))
    context = {"consent": consent, "form": form} | _frame(request)
    return render(request, "participants/mine_decline.html", context, status=400 if form.errors else 200)


@allow(*SIGNERS, methods="GET POST")
def mine_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what a withdrawal means, then do it."""
    consent = _consent(request, pk)
    if request.method == "POST":
        return _decide(request, consent, lambda: withdraw_consent(consent=consent, by=request.actor))
    return render(request, "participants/mine_withdraw.html", {"consent": consent} | _frame(request))


def _consents(request: ActingRequest) -> QuerySet[Consent]:
    return consents_to_sign(request.actor).select_related("person__school", "guardian", "text", "paper__school")


def _consent(request: ActingRequest, pk: int) -> Consent:
    return get_object_or_404(_consents(request), pk=pk)


def _keep(request: ActingRequest, consent: Consent, scans: Sequence[Scan]) -> str:
    keep_copy(consent=consent, scans=scans, by=request.actor)
    return reverse("participants:mine_consent", args=(consent.pk,))


def _decide(request: ActingRequest, consent: Consent, deed: Callable[[], object]) -> HttpResponse:
    """Do it once; a page that is out of date is shown as things stand now."""
    address = reverse("participants:mine_consent", args=(consent.pk,))

    def act() -> str:
        deed()
        return address

    try:
        return redirect(do_once(request, act))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(address)


def _page(request: ActingRequest, consent: Consent, form: PagesForm, *, status: int = 200) -> HttpResponse:
    context = {
        "consent": consent,
        "form": form,
        "pages": list(consent.pages.all()),
        "job": paper_job(consent) if consent.paper_id is None else None,
        "curators": curators_of(consent.person.school),
    }
    template = "participants/mine_consent.html#paper" if request.htmx else "participants/mine_consent.html"
    return render(request, template, context | _frame(request), status=status)


def _frame(request: ActingRequest) -> dict[str, str]:
    """The holder of a link has no sections to go to, so his pages stand alone."""
    return {"frame": "bare.html" if request.actor.kind is ActorKind.LINK else "base.html"}
