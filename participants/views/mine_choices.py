"""What may be shown of a person, ticked by whoever signs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.access import ActingRequest, allow
from core.errors import DomainError
from participants.forms.publication import ChoicesForm
from participants.models import ConsentPurpose, PublishedItem
from participants.services.choosing import choose_published
from participants.services.sending import AWAITED
from participants.views.mine import SIGNERS, consent_of_signer, frame_of


@allow(*SIGNERS, methods="GET POST")
def mine_choices(request: ActingRequest, pk: int) -> HttpResponse:
    """Yes or no for each datum on each site, with conditions; shown alone once the copy is on its way."""
    consent = consent_of_signer(request, pk)
    if consent.purpose != ConsentPurpose.DISSEMINATION:
        return redirect("participants:mine_consent", pk)
    may_write = consent.state in AWAITED
    items = PublishedItem.objects.filter(consent=consent).select_related("resource")
    form = ChoicesForm(request.POST if may_write and request.method == "POST" else None, items=items)
    if form.is_valid():
        try:
            choose_published(consent=consent, choices=form.choices, by=request.actor)
            return redirect("participants:mine_consent", pk)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"consent": consent, "form": form, "may_write": may_write} | frame_of(request)
    return render(request, "participants/mine_choices.html", context, status=400 if form.errors else 200)
