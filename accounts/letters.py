"""How the letters of the doors read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.links import full_address
from accounts.models import Invitation
from accounts.tokens import digest
from core.models import Notice
from core.notices import Letter, register_notice

CODE_LIVES = timedelta(minutes=15)


def write_login_code(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None for an address nobody has, and for a code that has run out before the letter could go."""
    if notice.user is None or not notice.user.email or _is_stale(notice):
        return None
    body = _body("login_code", code=secret["code"])
    return Letter(notice.user.email, _("Code to log in"), body)


def write_invitation(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """None once the invitation was used, revoked or sent anew."""
    invitation = Invitation.objects.open_by(digest(secret["token"]))
    if invitation is None:
        return None
    link = full_address("accounts:invitation_open", secret["token"])
    subject = _("Invitation: %(school)s") % {"school": invitation.school.short_name}
    return Letter(invitation.email, subject, _body("invitation", invitation=invitation, link=link))


def write_secret_set(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """Tells the owner that his password was changed."""
    if notice.user is None or not notice.user.email:
        return None
    return Letter(
        notice.user.email, _("Your password was changed"), _body("secret_set", link=full_address("account_login"))
    )


def write_address_code(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """The code that proves an address; none for an address that is somebody else's."""
    if not secret["to"] or _is_stale(notice):
        return None
    return Letter(secret["to"], _("Code to confirm the address"), _body("address_code", code=secret["code"]))


def write_address_changed(notice: Notice, secret: dict[str, str]) -> Letter | None:
    """Tells the old address that it opens nothing any more."""
    return Letter(secret["to"], _("Your e-mail address was changed"), _body("address_changed"))


def is_mail_set_up() -> bool:
    """False on a trial installation, where letters only land in a folder and links must be handed over by people."""
    return not settings.EMAIL_BACKEND.endswith(".FolderBackend")


def _is_stale(notice: Notice) -> bool:
    return notice.created_at < timezone.now() - CODE_LIVES


def _body(name: str, **context: Any) -> str:
    return render_to_string(f"accounts/notices/{name}.txt", context).strip() + "\n"


def register_letters() -> None:
    """Say how each kind of notice of this app reads."""
    register_notice("login_code", write_login_code)
    register_notice("invitation", write_invitation)
    register_notice("secret_set", write_secret_set)
    register_notice("address_code", write_address_code)
    register_notice("address_changed", write_address_changed)
