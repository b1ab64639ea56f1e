"""What a school has settled about its register and its consents."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from participants.models import RegisterRules

MOST_REMINDERS = 6
LAST_REMINDER = 120
"""Days after the asking: nobody is reminded later."""


def rules_of(school: School) -> RegisterRules:
    """The school's rules; unsaved defaults where it has settled nothing."""
    return RegisterRules.objects.filter(school=school).first() or RegisterRules(school=school)


def change_rules(
    *,
    school: School,
    least_age: int,
    wants_originals: bool,
    remind_after: Iterable[int],
    expiring_days: int,
    kept_years: int,
    by: Actor,
) -> RegisterRules:
    """Settle the rules anew. Raises DomainError for reminders that are too many, too late, or not on days of their own."""
    days = sorted(remind_after)
    _refuse_days(days)
    columns = {
        "least_age": least_age,
        "wants_originals": wants_originals,
        "remind_after": days,
        "expiring_days": expiring_days,
        "kept_years": kept_years,
    }
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        before = rules_of(school)
        changed = sorted(name for name, value in columns.items() if getattr(before, name) != value)
        rules, _is_new = RegisterRules.objects.update_or_create(school=school, defaults=columns)
        record_event(verb="settle", thing=rules, school=school, detail={"columns": changed}, by=by)
    return rules


def _refuse_days(days: list[int]) -> None:
    if len(days) != len(set(days)) or len(days) > MOST_REMINDERS or any(not 1 <= day <= LAST_REMINDER for day in days):
        raise DomainError(
            _("Name at most %(most)s different days for the reminders, from 1 to %(last)s.")
            % {"most": MOST_REMINDERS, "last": LAST_REMINDER}
        )
