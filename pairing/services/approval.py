"""The rule of two keys: whether a school with one head lets him approve what he proposed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Role, School
from pairing.models import ApprovalRule


def set_single_approval(*, school: School, is_single: bool, reason: str, by: Actor) -> ApprovalRule:
    """Let one person propose and approve, or no longer, saying why; the reason stands in the journal too.

    Raises DomainError without a reason, and for anyone but an administrator.
    """
    assert by.user
    if by.role != Role.ADMINISTRATOR:
        raise DomainError(_("Only an administrator changes who approves pairs."))
    if not reason.strip():
        raise DomainError(_("Write the reason: the journal keeps it."))
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        columns = {
            "is_single": is_single,
            "reason": reason.strip(),
            "changed_by": by.user,
            "changed_at": timezone.now(),
        }
        rule, _is_new = ApprovalRule.objects.update_or_create(school=school, defaults=columns)
        detail: dict[str, object] = {"is_single": is_single, "reason": rule.reason}
        record_event(verb="set_single_approval", thing=rule, school=school, detail=detail, by=by)
    return rule
