"""What the preparation of mentors adds to the menu, the home pages, the roadmap and a school that is opened."""

from django.utils.translation import gettext_lazy as _

from accounts.openings import register_opening
from core.models import Role
from core.navigation import register_item
from participants.mine_panels import register_mine_panel
from participants.models.person import REGISTER_READERS
from participants.receivers.preparation_day import (
    ask_for_preparation,
    evidence_of_interviews,
    evidence_of_training,
    paint_own_preparation,
    paint_preparation,
)
from participants.services.areas import give_standard_areas
from roadmap.day import register_panel, register_waiting
from roadmap.evidence import register_evidence
from roadmap.models import EvidenceKind

register_opening(give_standard_areas)
register_evidence(EvidenceKind.INTERVIEWS, evidence_of_interviews)
register_evidence(EvidenceKind.TRAINING, evidence_of_training)
register_waiting((Role.CURATOR,), ask_for_preparation, place=35)
register_panel((Role.MENTOR,), paint_own_preparation, place=65)
register_mine_panel(paint_preparation)
register_item(
    _("Preparation of the mentors"),
    "participants:preparation_list",
    REGISTER_READERS,
    35,
    also=("/participants/trainings/",),
)
