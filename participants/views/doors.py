"""Giving a person a way to log in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.handover import hand_over
from accounts.letters import is_mail_set_up
from accounts.links import full_address
from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.once import do_once
from participants.models import Person
from participants.services.doors import open_door
from participants.views.reach import person_of


@allow(Role.CURATOR, methods="POST")
def person_door(request: ActingRequest, pk: int) -> HttpResponse:
    """A letter with a link, or a card to print."""
    person, role = person_of(request, pk), request.POST.get("role", "")
    try:
        return redirect(do_once(request, lambda: _open(request, person, role)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("participants:person_show", pk)


def _open(request: ActingRequest, person: Person, role: str) -> str:
    opened = open_door(person=person, role=role, by=request.actor)
    if opened.cards:
        hand_over(request, "cards", {str(card.pk): token for card, token in opened.cards.items()})
        return reverse("accounts:card_print")
    if opened.invitation is None:
        messages.success(request, _("Done: the person logs in as before and finds the new role there."))
        return reverse("participants:person_show", args=(person.pk,))
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": opened.invitation.email})
    if is_mail_set_up():
        return reverse("participants:person_show", args=(person.pk,))
    link = full_address("accounts:invitation_open", opened.token)
    hand_over(request, "links", {opened.invitation.email: link})
    return reverse("accounts:invitation_list")
