"""What people and their parts in a year add to the menu, the home pages and the roadmap."""

from django.utils.translation import gettext_lazy as _

from accounts.openings import register_joining, register_opening
from core.models import Role
from core.navigation import register_item
from participants.hanging import register_hanging
from participants.models import Side
from participants.models.person import REGISTER_READERS
from participants.receivers.people_day import ask_for_profiles, evidence_of
from participants.services.doors import close_doors, lock_doors, tie_invited
from participants.services.enrolments import stop_taking_part
from participants.services.forms import give_standard_forms
from roadmap.day import register_waiting
from roadmap.evidence import register_evidence
from roadmap.models import EvidenceKind

register_opening(give_standard_forms)
register_joining(tie_invited)
register_hanging(lambda person: [], stop_taking_part)
register_hanging(lambda person: [], close_doors, lock_doors)
register_evidence(EvidenceKind.MENTEES, lambda cycles: evidence_of(Side.MENTEE, cycles))
register_evidence(EvidenceKind.MENTORS, lambda cycles: evidence_of(Side.MENTOR, cycles))
register_waiting((Role.CURATOR,), ask_for_profiles, place=30)
register_item(_("Participants"), "participants:person_list", REGISTER_READERS, 30)
