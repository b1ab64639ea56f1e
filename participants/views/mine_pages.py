"""The photos of a signed form, page by page: kept as they come, turned, moved, removed, sent."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from core.access import ActingRequest, allow
from core.errors import DomainError, TransitionRefused
from core.files import serve_file
from core.once import do_once, done_before
from participants.forms.mine import PagesForm
from participants.models import Consent, DraftPage
from participants.services.drafts import (
    add_pages,
    move_draft_page,
    remove_draft_page,
    send_draft,
    turn_draft_page,
)
from participants.services.sending import read_copy
from participants.views.mine import SIGNERS, consent_of_signer, show_consent

DEEDS: dict[str, Callable[..., None]] = {
    "turn": turn_draft_page,
    "remove": remove_draft_page,
    "before": lambda page, by: move_draft_page(page=page, step=-1, by=by),
    "behind": lambda page, by: move_draft_page(page=page, step=1, by=by),
}


@allow(*SIGNERS, methods="POST")
def mine_pages(request: ActingRequest, pk: int) -> HttpResponse:
    """Take in one photo or several, to be sent later."""
    return _take(request, pk, lambda consent: None, needs_file=True)


@allow(*SIGNERS, methods="POST")
def mine_send(request: ActingRequest, pk: int) -> HttpResponse:
    """Send what was taken in, with what comes along."""
    return _take(request, pk, lambda consent: send_draft(consent=consent, by=request.actor), needs_file=False)


@allow(*SIGNERS)
def mine_draft(request: ActingRequest, draft: int) -> HttpResponse:
    """The picture of a page that is not sent yet."""
    return serve_file(_draft(request, draft).file, by=request.actor)


@allow(*SIGNERS, methods="POST")
def mine_draft_change(request: ActingRequest, draft: int) -> HttpResponse:
    """Turn, move or remove one page; `deed` says which."""
    row, form = _draft(request, draft), PagesForm()
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        return redirect(_address(row.consent_id))
    try:
        deed(page=row, by=request.actor)
    except DomainError as refusal:
        form = PagesForm({})
        form.add_error("pages", str(refusal))
    if form.errors or request.htmx:
        consent = consent_of_signer(request, row.consent_id)
        return show_consent(request, consent, form, status=409 if form.errors else 200)
    return redirect(_address(row.consent_id))


def _take(request: ActingRequest, pk: int, then: Callable[[Consent], object], *, needs_file: bool) -> HttpResponse:
    """Read the files, which takes seconds, keep their pages, and do what is to be done `then`; once."""
    consent, form = consent_of_signer(request, pk), PagesForm(request.POST, request.FILES)
    if not done_before(request) and form.is_valid():
        files = [(file.name or "", file.read()) for file in form.cleaned_data["pages"]]
        try:
            scans = read_copy(consent, files) if files or needs_file else []

            def keep() -> str:
                if scans:
                    add_pages(consent=consent, scans=scans, by=request.actor)
                then(consent)
                return _address(pk)

            do_once(request, keep)
        except DomainError as refusal:
            form.add_error("pages", str(refusal))
            status = 409 if isinstance(refusal, TransitionRefused) else 400
            return show_consent(request, consent_of_signer(request, pk), form, status=status)
    if form.errors or request.htmx:
        return show_consent(request, consent_of_signer(request, pk), form, status=400 if form.errors else 200)
    return redirect(_address(pk))


def _draft(request: ActingRequest, pk: int) -> DraftPage:
    rows = DraftPage.objects.visible_to(request.actor).select_related("file__school", "consent__person__school")
    return get_object_or_404(rows, pk=pk)


def _address(pk: int) -> str:
    return reverse("participants:mine_consent", args=(pk,))
