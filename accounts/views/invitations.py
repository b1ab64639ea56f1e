"""Invitations: sent and looked after by the school, accepted by the invited."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.forms.people import AcceptForm, InviteForm
from accounts.handover import hand_over, handed_over
from accounts.letters import is_mail_set_up
from accounts.links import full_address
from accounts.models import Invitation, PassState
from accounts.services.invitations import (
    Invitee,
    accept_invitation,
    invite_person,
    resend_invitation,
    revoke_invitation,
)
from accounts.views.links import let_in, link_dead, swap_token
from core.access import ActingRequest, Door, allow
from core.actors import link_actor
from core.errors import DomainError
from core.models import Membership, Role, User
from core.once import do_once

STAFF = (Role.CURATOR, Role.ADMINISTRATOR)
PER_PAGE = 50


@allow(*STAFF)
def invitation_list(request: ActingRequest) -> HttpResponse:
    """Who was invited and what became of it."""
    rows = Invitation.objects.visible_to(request.actor)
    waiting = rows.filter(state=PassState.WAITING).count()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "waiting": waiting, "links": handed_over(request, "links")}
    return render(request, "accounts/invitation_list.html", context)


@allow(*STAFF, methods="GET POST")
def invitation_new(request: ActingRequest) -> HttpResponse:
    """Invite a person by e-mail."""
    form = InviteForm(request.POST or None, initial={"role": request.GET.get("role", Role.CLASS_TEACHER)})
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _invite(request, form.invitee)))
        except DomainError as error:
            form.add_error(None, str(error))
    return render(request, "accounts/invitation_new.html", {"form": form}, status=400 if form.errors else 200)


def _invite(request: ActingRequest, invitee: Invitee) -> str:
    school = request.actor.membership.school  # type: ignore[union-attr]
    invitation, token = invite_person(school=school, invitee=invitee, by=request.actor)
    _show_link(request, invitation, token)
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
    return reverse("accounts:invitation_list")


@allow(*STAFF, methods="POST")
def invitation_resend(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the letter again with a new link."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    try:
        return redirect(do_once(request, lambda: _resend(request, invitation)))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("accounts:invitation_list")


def _resend(request: ActingRequest, invitation: Invitation) -> str:
    _show_link(request, invitation, resend_invitation(invitation=invitation, by=request.actor))
    messages.success(request, _("A new letter is on its way; the link in the old one opens nothing now."))
    return reverse("accounts:invitation_list")


@allow(*STAFF, methods="GET POST")
def invitation_revoke(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then make the link open nothing."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    if request.method != "POST":
        return render(request, "accounts/invitation_revoke.html", {"invitation": invitation})
    try:
        revoke_invitation(invitation=invitation, by=request.actor)
        messages.success(request, _("The invitation is revoked: its link opens nothing now."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("accounts:invitation_list")


@allow(Door.ANYONE)
def invitation_open(request: ActingRequest, token: str) -> HttpResponse:
    """The link in the letter."""
    return swap_token(request, "invitation", token, "accounts:invitation_accept")


@sensitive_post_parameters("secret")
def _accept(request: ActingRequest, invitation: Invitation, user: User | None) -> HttpResponse:
    initial = {"surname": invitation.surname, "given_name": invitation.given_name, "patronymic": invitation.patronymic}
    form = AcceptForm(
        request.POST or None, initial=initial, user=User(email=invitation.email), roles=(invitation.role,)
    )
    if request.method == "POST" and (user or form.is_valid()):
        given = (
            {"names": {}, "password": ""} if user else {"names": form.names, "password": form.cleaned_data["secret"]}
        )
        by = request.actor if user else link_actor(f"invitation:{invitation.pk}", invitation.school)
        try:
            membership = accept_invitation(invitation=invitation, user=user, by=by, **given)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            return _welcome(request, membership, is_new=user is None)
    status = 400 if request.method == "POST" else 200
    context = {"invitation": invitation, "form": None if user else form}
    return render(request, "accounts/invitation_accept.html", context, status=status)


@allow(Door.ANYONE, methods="GET POST")
def invitation_accept(request: ActingRequest) -> HttpResponse:
    """What is offered and by whom; POST takes it. An address that has a user must log in as that user."""
    invitation = Invitation.objects.open_by(request.session.get("invitation", ""))
    if invitation is None:
        return link_dead(request)
    owner = User.objects.filter(email__iexact=invitation.email).first()
    if owner != request.actor.user:
        context = {"invitation": invitation, "must_log_in": owner is not None and request.actor.user is None}
        return render(request, "accounts/invitation_other.html", context)
    return _accept(request, invitation, owner)


def _welcome(request: ActingRequest, membership: Membership, *, is_new: bool) -> HttpResponse:
    if is_new:
        let_in(request, membership.user)
    request.session.pop("invitation", None)
    request.session["membership"] = membership.pk
    messages.success(request, _("Welcome! You are in."))
    return redirect("home")


def _show_link(request: ActingRequest, invitation: Invitation, token: str) -> None:
    """Where no mail goes out, the link is shown to whoever invites, to be handed over by other means."""
    if not is_mail_set_up():
        hand_over(request, "links", {invitation.email: full_address("accounts:invitation_open", token)})
