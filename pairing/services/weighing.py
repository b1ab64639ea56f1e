"""What a school decides about pairs of one form: the weights of the score and the rules."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from core.actors import Actor
from core.journal import record_event
from pairing.models import PairingRules
from pairing.rules import FormRules
from pairing.scoring import Weights
from participants.models import MentoringForm


def set_form_rules(*, form: MentoringForm, weights: Weights, rules: FormRules, filling: str, by: Actor) -> PairingRules:
    """Keep the weights and rules of a form; scenarios made before keep their weights, the rules hold for all."""
    assert by.user
    columns = {
        "weights": weights.as_json(),
        "wants_ready": rules.wants_ready,
        "bars_class_teacher": rules.bars_class_teacher,
        "least_age_gap": rules.least_age_gap,
        "filling": filling,
        "changed_by": by.user,
        "changed_at": timezone.now(),
    }
    with transaction.atomic():
        MentoringForm.objects.select_for_update(no_key=True).get(pk=form.pk)
        row, _is_new = PairingRules.objects.update_or_create(form=form, defaults=columns)
        record_event(verb="set_pairing_rules", thing=row, school=form.school, detail=dict(weights.as_json()), by=by)
    return row
