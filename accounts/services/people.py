"""What a person changes about himself."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.tokens import new_token
from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import User
from core.notices import queue_notice


def rename_person(*, user: User, surname: str, given_name: str, patronymic: str, by: Actor) -> None:
    """Change the person's own name; the journal keeps that it changed, not what."""
    with transaction.atomic():
        user.surname, user.given_name, user.patronymic = surname, given_name, patronymic
        user.save(update_fields=("surname", "given_name", "patronymic", "search_key", "sort_key"))
        record_event(verb="rename", thing=user, by=by)


def set_secret(*, user: User, secret: str, by: Actor) -> None:
    """Set a new password or code, already checked; every session of the person ends."""
    with transaction.atomic():
        user.set_password(secret)
        user.save(update_fields=("password",))
        record_event(verb="set_secret", thing=user, by=by)
        if user.email:
            queue_notice(key=f"secret_set:{user.pk}:{new_token()[:12]}", kind="secret_set", user=user)


def send_address_code(*, user: User, email: str, code: str) -> None:
    """Send `code` to an address the person says is his.

    Where the address is somebody else's the row is written all the same and no letter follows,
    so that nobody learns who is here.
    """
    is_free = not User.objects.filter(email__iexact=email).exists()
    queue_notice(
        key=f"address_code:{user.pk}:{new_token()[:12]}",
        kind="address_code",
        user=user,
        secret={"code": code, "to": email if is_free else ""},
    )


def change_address(*, user: User, email: str, by: Actor) -> None:
    """Take the proven address; the old one is told. Raises DomainError where it was taken meanwhile."""
    before = user.email
    try:
        with transaction.atomic():
            user.email = email
            user.save(update_fields=("email",))
            record_event(verb="change_address", thing=user, by=by)
            if before:
                key = f"address_changed:{user.pk}:{new_token()[:12]}"
                queue_notice(key=key, kind="address_changed", user=user, secret={"to": before})
    except IntegrityError as error:
        raise DomainError(_("This address can not be used. Take another one.")) from error
