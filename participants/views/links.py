"""The personal link: opened, and proven to be the opener's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from accounts.limits import is_too_often
from accounts.views.links import link_dead, swap_token
from core.access import ActingRequest, Door, allow
from core.error_pages import too_many
from core.link_holders import enter_by_link
from participants.forms.mine import ProofForm
from participants.models import PersonalLink
from participants.services.links import holder_of, standing_links
from participants.services.mine import consents_to_sign
from participants.services.proving import NotProven, note_opening, prove_link
from participants.services.sending import AWAITED

KEPT = "personal_link"
"""Where the session keeps the digest of the link that was opened."""
TRIES, WITHIN_SECONDS = 100, 15 * 60
"""By network address: a whole evening of parents may sit behind the school's own."""


@allow(Door.ANYONE)
def link_open(request: ActingRequest, token: str) -> HttpResponse:
    """The address in a letter and in the code on a slip."""
    return swap_token(request, KEPT, token, "participants:link_prove")


@sensitive_post_parameters("birth_date")
@allow(Door.ANYONE, methods="GET POST")
def link_prove(request: ActingRequest) -> HttpResponse:
    """Ask for the birth date; until it is given, a first name is all that is shown."""
    if request.method == "POST" and is_too_often(request, "proof", most=TRIES, seconds=WITHIN_SECONDS):
        return too_many(request)
    found = standing_links().filter(token_hash=request.session.get(KEPT, ""))
    link = found.select_related("person", "school").first()
    if link is None:
        return link_dead(request)
    if request.actor.link_key("personallink") == link.pk:
        return redirect("participants:mine_home")
    note_opening(link)
    form = ProofForm(request.POST or None, is_own=link.guardian_id is None)
    if form.is_valid() and _is_proven(link, form):
        enter_by_link(request.session, link.pk)
        request.session[KEPT] = link.token_hash  # the way back leads to the same page
        return redirect(_first_page(link))
    context = {"link": link, "form": form}
    return render(request, "participants/link_prove.html", context, status=400 if form.errors else 200)


def _first_page(link: PersonalLink) -> str:
    """The one consent that is awaited, else all there is."""
    awaited = consents_to_sign(holder_of(link)).filter(state__in=AWAITED)[:2]
    if len(awaited) == 1:
        return reverse("participants:mine_consent", args=(awaited[0].pk,))
    return reverse("participants:mine_home")


def _is_proven(link: PersonalLink, form: ProofForm) -> bool:
    try:
        prove_link(link=link, birth_date=form.day, by=holder_of(link))
    except NotProven as refusal:
        link.refresh_from_db(fields=("wrong_tries",))
        form.add_error("birth_date", str(refusal))
        return False
    return True
