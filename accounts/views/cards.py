"""Cards for people without e-mail: printed by the school, used once by the person."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms.people import PersonForm, SecretForm
from accounts.handover import hand_over, handed_over
from accounts.links import full_address
from accounts.models import Card
from accounts.services.cards import add_person, issue_cards, use_card
from accounts.views.links import let_in, link_dead, swap_token
from core.access import ActingRequest, Door, allow
from core.actors import link_actor
from core.errors import DomainError, TransitionRefused
from core.models import Membership, Role
from core.once import do_once
from core.squares import square_code

STAFF = (Role.CURATOR, Role.ADMINISTRATOR)
MOST_AT_ONCE = 200


@allow(*STAFF, methods="GET POST")
def person_new(request: ActingRequest) -> HttpResponse:
    """Add a person who has no e-mail, and go on to print the card."""
    form = PersonForm(request.POST or None, initial={"role": request.GET.get("role", Role.MENTEE)})
    if form.is_valid():
        return redirect(do_once(request, lambda: _add(request, form)))
    return render(request, "accounts/person_new.html", {"form": form}, status=400 if form.errors else 200)


def _add(request: ActingRequest, form: PersonForm) -> str:
    membership = add_person(
        school=request.actor.membership.school,  # type: ignore[union-attr]
        role=Role(form.cleaned_data["role"]),
        post=form.cleaned_data["post"],
        **form.names,
        by=request.actor,
    )
    _issue(request, [membership])
    return reverse("accounts:card_print")


@allow(*STAFF, methods="GET POST")
def card_issue(request: ActingRequest) -> HttpResponse:
    """Say what new cards do to the chosen people, then make them."""
    chosen = (request.POST if request.method == "POST" else request.GET).getlist("member")
    keys = [int(key) for key in chosen if key.isascii() and key.isdigit() and len(key) < 19][:MOST_AT_ONCE]
    rows = Membership.objects.visible_to(request.actor).active().filter(pk__in=keys, user__email="")
    members = list(rows.select_related("user", "school").order_by("user__sort_key", "pk"))
    if request.method == "POST" and members:
        try:
            _issue(request, members)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("accounts:member_list")
        return redirect("accounts:card_print")
    return render(request, "accounts/card_issue.html", {"members": members})


@allow(*STAFF)
def card_print(request: ActingRequest) -> HttpResponse:
    """The cards made last in this session, ready for the printer."""
    tokens = handed_over(request, "cards")
    cards = Card.objects.visible_to(request.actor).filter(pk__in=tokens).select_related("user", "school")
    rows = []
    for card in cards.order_by("user__sort_key", "pk"):
        link = full_address("accounts:card_open", tokens[str(card.pk)])
        rows.append({"user": card.user, "school": card.school, "expires_at": card.expires_at, "qr": square_code(link)})
    context = {"cards": rows, "address": settings.SITE_URL}
    return render(request, "accounts/card_print.html", context)


@allow(Door.ANYONE)
def card_open(request: ActingRequest, token: str) -> HttpResponse:
    """The QR code on the card."""
    return swap_token(request, "card", token, "accounts:card_use")


@sensitive_post_parameters("secret")
@allow(Door.ANYONE, methods="GET POST")
def card_use(request: ActingRequest) -> HttpResponse:
    """Set one's own code; the card opens nothing afterwards."""
    card = Card.objects.open_by(request.session.get("card", ""))
    if card is None:
        return link_dead(request)
    roles = tuple(Membership.objects.active().filter(user=card.user).values_list("role", flat=True))
    form = SecretForm(request.POST or None, user=card.user, roles=roles)
    if form.is_valid():
        try:
            user = use_card(card=card, code=form.cleaned_data["secret"], by=link_actor(f"card:{card.pk}", card.school))
        except TransitionRefused:
            return link_dead(request)
        let_in(request, user)
        messages.success(
            request, _("Done. From now on you log in as %(login)s with your own code.") % {"login": user.login}
        )
        return redirect("home")
    context = {"card": card, "form": form}
    return render(request, "accounts/card_use.html", context, status=400 if form.errors else 200)


def _issue(request: ActingRequest, members: list[Membership]) -> None:
    cards = issue_cards(memberships=members, by=request.actor)
    hand_over(request, "cards", {str(card.pk): token for card, token in cards.items()})
