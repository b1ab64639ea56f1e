"""What mentorships and meetings add to the menu, the home pages and the roadmap, and what a withdrawal stops."""

from django.utils.translation import gettext_lazy as _

from core.models import Role
from core.navigation import register_item
from pairing.models import MeetingKind
from pairing.receivers.meeting_day import (
    ask_curator,
    ask_mentor,
    evidence_of_kind,
    hanging_mentorships,
    held_by_mentorship,
    paint_for_signer,
    paint_mentees,
    paint_mentor,
    paint_strips,
)
from pairing.services.erasing import erase_meetings
from pairing.services.holdings import read_meetings
from pairing.services.mentorships import lock_mentorships_of, stop_mentorships_of
from pairing.services.partners import pairs_by_part
from participants.erasing import register_part_eraser
from participants.hanging import register_hanging
from participants.holding import register_holding
from participants.leaving import register_holder
from participants.mine_panels import register_mine_panel
from participants.models.person import REGISTER_READERS
from participants.pairs import register_pairs
from roadmap.day import register_panel, register_waiting
from roadmap.evidence import register_evidence
from roadmap.models import EvidenceKind

register_item(_("Meetings of pairs"), "pairing:mentorship_list", {*REGISTER_READERS, Role.MENTOR}, 60)
register_waiting((Role.CURATOR,), ask_curator, place=60)
register_waiting((Role.MENTOR,), ask_mentor, place=60)
register_panel(REGISTER_READERS, paint_strips, place=60)
register_panel((Role.MENTOR,), paint_mentees, place=60)
register_panel((Role.MENTEE, Role.GUARDIAN), paint_mentor, place=60)
register_mine_panel(paint_for_signer)
register_evidence(EvidenceKind.FIRST_MEETINGS, evidence_of_kind(MeetingKind.FIRST))
register_evidence(EvidenceKind.TRIAL_MEETINGS, evidence_of_kind(MeetingKind.TRIAL))
register_evidence(EvidenceKind.PLANNING_MEETINGS, evidence_of_kind(MeetingKind.PLANNING))
register_evidence(EvidenceKind.MEETINGS, evidence_of_kind(MeetingKind.REGULAR))
register_evidence(EvidenceKind.FINAL_MEETINGS, evidence_of_kind(MeetingKind.FINAL))
register_pairs(pairs_by_part)
register_hanging(hanging_mentorships, stop_mentorships_of, lock_mentorships_of)
register_holder(held_by_mentorship)
register_part_eraser(erase_meetings)
register_holding(read_meetings, ("pairing.Meeting",))
