"""What is known of a person who logs in, made to tell nothing: his account, letters, sessions, invitations."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Card, Invitation
from core.actors import Actor
from core.journal import record_event
from core.models import Membership, Notice, School, User
from core.models.school import DEVICE_ROLES
from core.models.user import new_login


def needs_account(user: User, school: School) -> bool:
    """Whether he logs in for anything else than as mentor, mentee or parent of this school."""
    own = Membership.objects.active().filter(user=user, school=school, role__in=DEVICE_ROLES)
    others = Membership.objects.active().filter(user=user).exclude(pk__in=own.values("pk"))
    return user.is_installation_admin or others.exists()


def forget_account(*, user: User, school: School, by: Actor) -> None:
    """Make the account tell nothing and open nothing; its key stays, by which the journal names who acted."""
    forget_address(school=school, addresses=[user.email], by=by)
    Card.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Notice.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user).delete()
    _end_sessions(user)
    for membership in Membership.objects.filter(user=user):
        membership.post = ""
        membership.ended_at = membership.ended_at or timezone.now()
        membership.save(update_fields=("post", "ended_at"))
    user.login, user.email = new_login(), ""
    user.surname = user.given_name = user.patronymic = ""
    user.is_active = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    record_event(verb="forget", thing=user, school=school, by=by)


def forget_address(*, school: School, addresses: Iterable[str], by: Actor) -> int:
    """Delete the school's invitations to these addresses, and on a trial installation the letters written to them."""
    known = {address.lower() for address in addresses if address}
    if not known:
        return 0
    found = [row.pk for row in Invitation.objects.filter(school=school) if row.email.lower() in known]
    Invitation.objects.filter(pk__in=found).delete()
    return len(found) + _delete_letters(known)


def _delete_letters(addresses: set[str]) -> int:
    """Where there is no mail server letters lie in the data folder as files."""
    deleted = 0
    for path in Path(settings.MAIL_DIR).glob("*.eml"):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if any(address in str(letter["To"]).lower() for address in addresses):
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted


def _end_sessions(user: User) -> None:
    """Those he is logged in with, and those that ask for a code sent to his address."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if data.get("_auth_user_id") == str(user.pk) or (user.email and user.email in str(data).lower()):
            session.delete()
