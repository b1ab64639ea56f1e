"""The figures of those who take no part, beside which a change can be judged."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from core.actors import Actor
from core.journal import record_event
from core.models import School
from roadmap.models import Cycle
from surveys.models import ComparisonGroup, Parameter


def save_comparison(
    *,
    cycle: Cycle,
    parameter: Parameter,
    words: str,
    size: int,
    mean_before: Decimal,
    mean_change: Decimal,
    deviation: Decimal,
    by: Actor,
) -> ComparisonGroup:
    """Write the figures of the group; those there were before are replaced."""
    figures = {
        "words": " ".join(words.split()),
        "size": size,
        "mean_before": mean_before,
        "mean_change": mean_change,
        "deviation": deviation,
    }
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=cycle.programme.school_id)
        row, _is_new = ComparisonGroup.objects.update_or_create(cycle=cycle, parameter=parameter, defaults=figures)
        record_event(verb="save", thing=row, school=cycle.programme.school, detail={"parameter": parameter.pk}, by=by)
    return row


def remove_comparison(*, comparison: ComparisonGroup, by: Actor) -> None:
    """Take the group away; once it is gone, nothing happens."""
    with transaction.atomic():
        row = ComparisonGroup.objects.select_for_update().filter(pk=comparison.pk).first()
        if row is not None:
            record_event(verb="remove", thing=row, school=row.cycle.programme.school, by=by)
            row.delete()
