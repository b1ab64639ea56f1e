"""Checking a consent: the copy beside what is expected, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import show_picture
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.consents import OwnReasonForm
from participants.hanging import hanging_on
from participants.models import Consent, ConsentPage, ConsentState
from participants.models.person import REGISTER_READERS
from participants.services.asking import cancel_consent
from participants.services.checking import accept_consent, return_consent
from participants.services.consent_sheet import next_to_check, sheet_of_consent
from participants.services.withdrawal import withdraw_consent


@allow(*REGISTER_READERS)
def consent_check(request: ActingRequest, pk: int) -> HttpResponse:
    """One consent: how it stands, what is expected on it, and the copy to be checked for the curator alone."""
    consent = consent_of(request, pk)
    is_curator = request.actor.role == Role.CURATOR
    context = {
        "consent": consent,
        "sheet": sheet_of_consent(consent, request.actor),
        "form": OwnReasonForm(),
        "is_curator": is_curator,
        "hanging": hanging_on(consent.person) if consent.ended_at else [],
    }
    record_event(verb="view", thing=consent, by=request.actor)
    return render(request, "participants/consent_check.html", context)


@allow(Role.CURATOR)
def page_show(request: ActingRequest, pk: int) -> HttpResponse:
    """One page of a copy as a picture that the browser shows and does nothing else with."""
    page = get_object_or_404(ConsentPage.objects.visible_to(request.actor).select_related("file"), pk=pk)
    record_event(verb="view", thing=page, by=request.actor)
    return show_picture(page.file)


@allow(Role.CURATOR, methods="POST")
def consent_accept(request: ActingRequest, pk: int) -> HttpResponse:
    """Accept the copy that was looked at, and go on to the next."""

    def accept(consent: Consent) -> str:
        now = accept_consent(consent=consent, seen=_seen(request), by=request.actor)
        messages.success(request, what_became(now) % {"name": consent.person.short_name})
        return _next(request, consent)

    return _decide(request, pk, accept)


@allow(Role.CURATOR, methods="POST")
def consent_return(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the copy that was looked at back, with a ready reason or one's own."""

    def give_back(consent: Consent) -> str:
        reason = request.POST.get("reason", "")
        return_consent(consent=consent, seen=_seen(request), reason=reason, by=request.actor)
        messages.success(request, _("%(name)s: sent back.") % {"name": consent.person.short_name})
        return _next(request, consent)

    return _decide(request, pk, give_back)


@allow(Role.CURATOR, methods="POST")
def consent_cancel(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask for it no longer."""

    def cancel(consent: Consent) -> str:
        cancel_consent(consent=consent, by=request.actor)
        messages.success(request, _("This consent is no longer asked for."))
        return _here(pk)

    return _decide(request, pk, cancel)


@allow(Role.CURATOR, methods="GET POST")
def consent_withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    """Withdraw on a request that came on paper: first what hangs on it is shown."""
    consent = consent_of(request, pk)
    if request.method != "POST":
        context = {"consent": consent, "hanging": hanging_on(consent.person)}
        return render(request, "participants/consent_withdraw.html", context)

    def withdraw(consent: Consent) -> str:
        withdraw_consent(consent=consent, by=request.actor)
        messages.success(request, _("Withdrawn. The data are used no more."))
        return _here(pk)

    return _decide(request, pk, withdraw)


def consent_of(request: ActingRequest, pk: int) -> Consent:
    """The consent, where the actor sees it; else 404."""
    rows = Consent.objects.visible_to(request.actor)
    rows = rows.select_related("person__school", "guardian", "text", "asked_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


def _decide(request: ActingRequest, pk: int, deed: Callable[[Consent], str]) -> HttpResponse:
    """Do it once; where it is refused, say why on the consent's page."""
    consent = consent_of(request, pk)
    try:
        return redirect(do_once(request, lambda: deed(consent)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(_here(pk))


def what_became(consent: Consent) -> str:
    """What the curator is told of a copy that was accepted."""
    if consent.state == ConsentState.ACCEPTED:
        return _("%(name)s: accepted. It is in force once the paper original has come.")
    if consent.state == ConsentState.CONTESTED:
        return _("%(name)s: accepted. Another guardian is against it: settle the conflict before it is in force.")
    return _("%(name)s: accepted.")


def _seen(request: ActingRequest) -> int:
    """The attempt the page showed; 0, which no copy has, where the form was tampered with."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 6 else 0


def _here(pk: int) -> str:
    return reverse("participants:consent_check", args=(pk,))


def _next(request: ActingRequest, consent: Consent) -> str:
    """The copy that waits after this one, from the first again; the list once none is left."""
    following = next_to_check(consent, request.actor)
    return _here(following) if following else reverse("participants:consent_list")
