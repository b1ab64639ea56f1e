"""The administrator's side: deciding on all that waits at once, and the rule of two keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Role, School
from pairing.models import ApprovalRule, Match
from pairing.services.matches import approve_matches, lock_matches, return_match


@dataclass(slots=True)
class Decided:
    """What became of the pairs decided on together."""

    approved: int = 0
    returned: int = 0
    refused: int = 0


def decide_matches(*, approved: Sequence[Match], returned: Sequence[tuple[Match, str]], by: Actor) -> Decided:
    """Approve these pairs and return those with a note each; what can not be decided keeps nothing else back."""
    decided = Decided()
    with transaction.atomic():
        lock_matches([*approved, *(match for match, _note in returned)])
        decided.refused = len(approve_matches(matches=approved, by=by))
        decided.approved = len(approved) - decided.refused
        for match, note in returned:
            try:
                return_match(match=match, note=note, by=by)
                decided.returned += 1
            except DomainError:
                decided.refused += 1
    return decided


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
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
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
