"""Roles of people in a school."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services.cards import withdraw_cards
from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.journal import record_event
from core.models import Membership, Role, School

INDISPENSABLE = (Role.CURATOR, Role.ADMINISTRATOR)


def end_membership(*, membership: Membership, by: Actor) -> None:
    """End a person's role; it acts at once, in every open session.

    Raises DomainError for one's own role and for the last curator or administrator of the school,
    TransitionRefused where the role has been ended meanwhile.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=membership.school_id)
        locked = (
            Membership.objects.select_for_update(of=("self",)).select_related("school", "user").get(pk=membership.pk)
        )
        if locked.ended_at:
            raise TransitionRefused(_("This role has already been ended."))
        _refuse_end(locked, by)
        withdraw_membership(membership=locked, by=by)


def withdraw_membership(*, membership: Membership, by: Actor) -> None:
    """End a role whose ground is gone, whoever's it is; a person without any role has no card either."""
    with transaction.atomic():
        membership.ended_at = timezone.now()
        membership.save(update_fields=("ended_at",))
        record_event(verb="end", thing=membership, school=membership.school, detail={"role": membership.role}, by=by)
        if not Membership.objects.active().filter(user=membership.user).exists():
            withdraw_cards(user=membership.user, by=by)


def _refuse_end(membership: Membership, by: Actor) -> None:
    if membership.user_id == by.user_id:
        raise DomainError(_("You can not end your own role. Ask another curator or administrator."))
    others = Membership.objects.active().filter(school=membership.school, role=membership.role)
    if membership.role in INDISPENSABLE and not others.exclude(pk=membership.pk).exists():
        raise DomainError(
            _("This is the last one in this role, and the school can not do without. Invite another first.")
        )
