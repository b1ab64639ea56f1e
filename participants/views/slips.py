"""Slips with a personal link, for those who have no e-mail or do not read it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.handover import hand_over, handed_over
from accounts.links import full_address
from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Role
from core.once import do_once
from core.squares import square_code
from participants.models import Person, PersonalLink
from participants.services.links import standing_links
from participants.services.slips import issue_slips

MOST_AT_ONCE = 200


@allow(Role.CURATOR, methods="POST")
def slip_make(request: ActingRequest) -> HttpResponse:
    """Make slips for the chosen people (`person`, as often as there are people) and go on to print them."""
    return redirect(do_once(request, lambda: _make(request)))


@allow(Role.CURATOR)
def slip_print(request: ActingRequest) -> HttpResponse:
    """The slips made last in this session, ready for the printer."""
    tokens = handed_over(request, "slips")
    mine = PersonalLink.objects.visible_to(request.actor).filter(pk__in=tokens)
    links = standing_links().filter(pk__in=mine).select_related("person", "guardian", "school")
    slips = []
    for link in links.order_by("person__class_key", "person__sort_key", "pk"):
        address = full_address("participants:link_open", tokens[str(link.pk)])
        slips.append({"link": link, "address": address, "qr": square_code(address)})
    if slips:
        record_event(verb="list", detail={"count": len(slips)}, by=request.actor)
    return render(request, "participants/slip_print.html", {"slips": slips, "site": settings.SITE_URL})


def _make(request: ActingRequest) -> str:
    chosen = request.POST.getlist("person")
    keys = [int(key) for key in chosen if key.isascii() and key.isdigit() and len(key) < 19][:MOST_AT_ONCE]
    people = Person.objects.visible_to(request.actor).filter(pk__in=keys).select_related("school")
    slips, refusals = issue_slips(people=people, by=request.actor)
    for refusal in refusals:
        messages.error(request, refusal)
    hand_over(request, "slips", {str(link.pk): token for link, token in slips.items()})
    return reverse("participants:slip_print")
