"""Inviting people by e-mail, and what becomes of an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import INVITATION_LIVES, Invitation, PassState
from accounts.openings import invitation_accepted
from accounts.tokens import digest, new_token
from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Membership, Role, School, User
from core.notices import queue_notice
from core.states import move


@dataclass(frozen=True, slots=True)
class Invitee:
    """A person to be invited; `email` in any letter case."""

    role: Role
    email: str
    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    post: str = ""


def invite_person(*, school: School, invitee: Invitee, by: Actor) -> tuple[Invitation, str]:
    """Offer a role to an address by letter; the invitation and the token of its link.

    Raises DomainError where the person has the role already or an invitation to it is open.
    """
    email = invitee.email.strip().lower()
    token = new_token()
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        _refuse_second(school, invitee.role, email, by)
        invitation = Invitation.objects.create(
            school=school,
            role=invitee.role,
            email=email,
            surname=invitee.surname,
            given_name=invitee.given_name,
            patronymic=invitee.patronymic,
            post=invitee.post,
            token_hash=digest(token),
            expires_at=timezone.now() + INVITATION_LIVES,
        )
        record_event(verb="invite", thing=invitation, school=school, detail={"role": invitee.role.value}, by=by)
        _send(invitation, token)
    return invitation, token


def resend_invitation(*, invitation: Invitation, by: Actor) -> str:
    """Send a new link for another fortnight, the old one opens nothing any more; the new token."""
    token = new_token()
    with transaction.atomic():
        locked = _locked(invitation)
        if locked.state != PassState.WAITING:
            raise DomainError(_("This invitation has already been used or revoked."))
        locked.token_hash, locked.expires_at = digest(token), timezone.now() + INVITATION_LIVES
        locked.save(update_fields=("token_hash", "expires_at"))
        record_event(verb="resend", thing=locked, school=locked.school, by=by)
        _send(locked, token)
    return token


def revoke_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Make the link open nothing. Raises TransitionRefused for one that was used meanwhile."""
    with transaction.atomic():
        locked = _locked(invitation)
        _close(locked, PassState.REVOKED, by=by)


def accept_invitation(
    *, invitation: Invitation, user: User | None, names: dict[str, Any], password: str, by: Actor
) -> Membership:
    """Give the role to `user`, or to a new user of the invitation's address with these names.

    An empty password is none: the person logs in by codes sent to the address. Raises TransitionRefused
    where the link was used or revoked meanwhile, DomainError where the address belongs to somebody else.
    """
    hashed = make_password(password or None)
    with transaction.atomic():
        locked = _locked(invitation)
        owner = User.objects.filter(email__iexact=locked.email).first()
        if owner != user or (user is not None and not user.is_active):
            raise DomainError(_("Log in with the address to which the invitation was sent, then open it again."))
        if user is None:
            user = User.objects.create(email=locked.email, password=hashed, **names)
        membership, _made = Membership.objects.get_or_create(
            user=user, school=locked.school, role=locked.role, ended_at=None, defaults={"post": locked.post}
        )
        locked.user = user
        invitation_accepted(locked, membership)
        _close(locked, PassState.USED, "user", by=by)
        record_event(verb="join", thing=membership, school=locked.school, by=by)
    return membership


def _refuse_second(school: School, role: Role, email: str, by: Actor) -> None:
    taken = Membership.objects.active().filter(school=school, role=role, user__email__iexact=email)
    if taken.exists():
        raise DomainError(_("The person with this address already has this role in the school."))
    open_ones = Invitation.objects.filter(school=school, role=role, email=email, state=PassState.WAITING)
    if open_ones.filter(expires_at__gt=timezone.now()).exists():
        raise DomainError(
            _("An invitation to this role was already sent to this address. Send it again from the list.")
        )
    for expired in open_ones:
        _close(expired, PassState.REVOKED, by=by)


def _close(invitation: Invitation, state: PassState, *also: str, by: Actor) -> None:
    invitation.closed_at = timezone.now()
    move(invitation, state, school=invitation.school, also=("closed_at", *also), by=by)


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("school").get(pk=invitation.pk)


def _send(invitation: Invitation, token: str) -> None:
    queue_notice(
        key=f"invitation:{invitation.pk}:{invitation.token_hash[:16]}",
        kind="invitation",
        school=invitation.school,
        payload={"invitation": invitation.pk},
        secret={"token": token},
    )
