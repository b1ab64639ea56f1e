"""What matches add to the menu, the home pages and the roadmap, and what a withdrawal stops."""

from django.utils.translation import gettext_lazy as _

from core.models import Role
from core.navigation import register_item
from pairing.receivers.match_day import (
    ask_administrator,
    ask_curator,
    badge_of,
    count_pairs,
    evidence_of_pairs,
    hanging_matches,
    held_by_match,
)
from pairing.services.erasing import erase_pairs
from pairing.services.holdings import read_pairs, read_proposals
from pairing.services.matches import drop_matches_of, lock_matches_of
from pairing.services.moving_over import move_pairs, object_to_merging
from participants.erasing import register_part_eraser
from participants.hanging import register_hanging
from participants.holding import register_holding
from participants.leaving import register_holder
from participants.models.person import REGISTER_READERS
from participants.moving_over import register_mover
from roadmap.day import register_facts, register_waiting
from roadmap.evidence import register_evidence
from roadmap.models import EvidenceKind

register_item(_("Pairs of the school"), "pairing:match_list", REGISTER_READERS, 50, badge_of)
register_waiting((Role.ADMINISTRATOR,), ask_administrator, place=30)
register_waiting((Role.CURATOR,), ask_curator, place=30)
register_facts(REGISTER_READERS, count_pairs, place=30)
register_evidence(EvidenceKind.PAIRS, evidence_of_pairs)
register_hanging(hanging_matches, drop_matches_of, lock_matches_of)
register_holder(held_by_match)
register_part_eraser(erase_pairs)
register_mover(move_pairs, objector=object_to_merging)
register_holding(read_pairs, ("pairing.Match", "pairing.Mentorship", "pairing.Place"))
register_holding(
    read_proposals,
    (
        "pairing.Agreement",
        "pairing.PairNote",
        "pairing.ScenarioPair",
        "pairing.ScenarioBan",
        "pairing.Guest",
        "pairing.Seat",
    ),
)
