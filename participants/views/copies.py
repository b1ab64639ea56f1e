"""The whole copy of a signed form as one PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from core.access import ActingRequest, allow
from core.actors import Actor
from core.files import as_download
from core.models import Role
from participants.models import Consent
from participants.papers.codes import form_code
from participants.services.copies import bind_copy
from participants.views.consent_check import consent_of
from participants.views.mine import SIGNERS, consent_of_signer


@allow(Role.CURATOR)
def consent_copy(request: ActingRequest, pk: int) -> HttpResponse:
    """All pages of the copy, for the curator."""
    return _download(consent_of(request, pk), "participants:consent_check", by=request.actor)


@allow(*SIGNERS)
def mine_copy(request: ActingRequest, pk: int) -> HttpResponse:
    """All pages that one sent oneself."""
    return _download(consent_of_signer(request, pk), "participants:mine_consent", by=request.actor)


def _download(consent: Consent, page: str, *, by: Actor) -> HttpResponse:
    """The PDF; without a copy the page of the consent, which says how it stands."""
    try:
        data = bind_copy(consent=consent, by=by)
    except Consent.DoesNotExist:
        return redirect(page, consent.pk)
    return as_download(data, name=f"{form_code(consent)}.pdf", content_type="application/pdf")
