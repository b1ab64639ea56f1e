"""The pages of whoever signs: a parent who came by a link, a parent or an adult with an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from core.access import ActingRequest, Door, allow
from core.actors import ActorKind
from core.errors import DomainError
from core.files import serve_file
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.mine import DeclineForm, PagesForm
from participants.mine_panels import mine_panels
from participants.models import Consent, ConsentPage
from participants.services.conflicts import object_to_given, told_of_others
from participants.services.consent_papers import print_forms
from participants.services.mine import consents_to_sign, curators_of, paper_job, people_of
from participants.services.sending import AWAITED
from participants.services.withdrawal import decline_consent, withdraw_consent

SIGNERS = (Door.LINK, *(role for role in Role if role != Role.OBSERVER))
"""A curator, too, may be somebody's parent, or a mentor who signs for himself."""


@allow(*SIGNERS)
def mine_home(request: ActingRequest) -> HttpResponse:
    """How each consent stands, and what goes on with the ward: the mentor, the meetings."""
    consents: list[Any] = list(_consents(request).order_by("ended_at", "person__sort_key", "-asked_at"))
    people = list(people_of(request.actor).select_related("school").order_by("sort_key"))
    if people:
        record_event(verb="list", detail={"list": "mine", "count": len(people)}, by=request.actor)
    panels = [
        panel for person in people for panel in mine_panels(person, timezone.localdate(timezone=person.school.zone))
    ]
    context = {
        "live": [row for row in consents if row.ended_at is None or row.other_state],
        "ended": [row for row in consents if row.ended_at is not None and not row.other_state],
        "awaited": sum(consent.state in AWAITED for consent in consents),
        "people": people,
        "panels": panels,
        "styles": sorted({panel.style for panel in panels if panel.style}),
    }
    return render(request, "participants/mine_home.html", context | frame_of(request))


@allow(*SIGNERS)
def mine_consent(request: ActingRequest, pk: int) -> HttpResponse:
    """One consent: what to do next, what was sent, what is agreed to."""
    consent = consent_of_signer(request, pk)
    if not request.htmx:
        record_event(verb="view", thing=consent, by=request.actor)
    return show_consent(request, consent, PagesForm())


@allow(*SIGNERS, methods="GET POST")
def mine_paper(request: ActingRequest, pk: int) -> HttpResponse:
    """The form as PDF; a POST has it printed where that was not done yet."""
    consent = consent_of_signer(request, pk)
    if request.method == "POST":
        print_forms([consent], by=request.actor)
        return redirect("participants:mine_consent", pk)
    if consent.paper is None:
        raise Http404
    return serve_file(consent.paper, by=request.actor)


@allow(*SIGNERS)
def mine_page(request: ActingRequest, page: int) -> HttpResponse:
    """One page of the copy that one sent oneself."""
    rows = ConsentPage.objects.filter(consent__in=consents_to_sign(request.actor)).select_related("file__school")
    return serve_file(get_object_or_404(rows, pk=page).file, by=request.actor)


@allow(*SIGNERS, methods="GET POST")
def mine_decline(request: ActingRequest, pk: int) -> HttpResponse:
    """Say no, with a reason if one likes."""
    return _say_no(request, pk, decline_consent, "participants/mine_decline.html")


@allow(*SIGNERS, methods="GET POST")
def mine_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    """Say what a withdrawal means, then do it."""
    consent = consent_of_signer(request, pk)
    if request.method == "POST":
        return _decide(request, consent, lambda: withdraw_consent(consent=consent, by=request.actor))
    return render(request, "participants/mine_withdraw.html", {"consent": consent} | frame_of(request))


@allow(*SIGNERS, methods="GET POST")
def mine_object(request: ActingRequest, pk: int) -> HttpResponse:
    """Be against what another guardian has signed, after one was asked no longer."""
    return _say_no(request, pk, object_to_given, "participants/mine_object.html")


def _say_no(request: ActingRequest, pk: int, deed: Callable[..., None], template: str) -> HttpResponse:
    consent, form = consent_of_signer(request, pk), DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _decide(request, consent, lambda: deed(consent=consent, reason=reason, by=request.actor))
    context = {"consent": consent, "form": form} | frame_of(request)
    return render(request, template, context, status=400 if form.errors else 200)


def _consents(request: ActingRequest) -> QuerySet[Consent]:
    rows = told_of_others(consents_to_sign(request.actor))
    return rows.select_related("person__school", "guardian", "text", "paper__school")


def consent_of_signer(request: ActingRequest, pk: int) -> Consent:
    """The consent, where the actor signs it; else 404."""
    return get_object_or_404(_consents(request), pk=pk)


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


def show_consent(request: ActingRequest, consent: Consent, form: PagesForm, *, status: int = 200) -> HttpResponse:
    """The page of one consent; for HTMX its form that is being printed, or the photos after one was sent."""
    drafts = list(consent.draft_pages.select_related("file")) if consent.state in AWAITED else []
    context = {
        "consent": consent,
        "form": form,
        "pages": list(consent.pages.all()),
        "drafts": drafts,
        "is_final": any(draft.is_final for draft in drafts),
        "job": paper_job(consent) if consent.paper_id is None else None,
        "curators": curators_of(consent.person.school),
    }
    template = "participants/mine_consent.html"
    if request.htmx:
        template = f"{template}#paper" if request.method == "GET" else "participants/mine_send.html#pages"
    return render(request, template, context | frame_of(request), status=status)


def frame_of(request: ActingRequest) -> dict[str, str]:
    """The holder of a link has no sections to go to, so his pages stand alone."""
    return {"frame": "bare.html" if request.actor.kind is ActorKind.LINK else "base.html"}
