"""What consents add to the menu, the home pages, the roadmap, the jobs and the outbox."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.openings import register_opening
from core.housekeeping import register_daily
from core.jobs import register_job
from core.models import Role
from core.navigation import register_item
from core.notices import register_notice
from core.sweep import register_step
from participants.letters import write_asking, write_reminder, write_return
from participants.receivers.consent_day import (
    ask_curator,
    badge_of,
    count_consents,
    evidence_of_mentees,
    evidence_of_mentors,
)
from participants.services.asking import CONSENT_ASKED, CONSENT_RETURNED
from participants.services.asking_many import CONSENT_ASKING, CONSENT_REMINDING, ask_in_turn, remind_in_groups
from participants.services.consent_papers import CONSENT_PDF
from participants.services.expiry import end_past_consents
from participants.services.reminding import CONSENT_REMINDER, remind_in_turn
from participants.services.texts import give_standard_texts
from roadmap.day import register_facts, register_waiting
from roadmap.evidence import register_evidence
from roadmap.models import EvidenceKind

register_opening(give_standard_texts)
register_notice(CONSENT_ASKED, write_asking)
register_notice(CONSENT_RETURNED, write_return)
register_notice(CONSENT_REMINDER, write_reminder)
register_step("consent reminders", remind_in_turn, plans=True)
register_job(
    CONSENT_PDF,
    "participants.services.consent_printing.make_consent_pdf",
    label=_("The form of a consent"),
    result_url=lambda job: reverse("participants:consent_paper", args=(job.payload["consent"],)),
    origin_url=lambda job: reverse("participants:consent_check", args=(job.payload["consent"],)),
)
register_job(
    CONSENT_ASKING,
    ask_in_turn,
    label=_("Asking for consents"),
    origin_url=lambda job: reverse("participants:consent_list"),
)
register_job(
    CONSENT_REMINDING,
    remind_in_groups,
    label=_("Reminding of consents"),
    origin_url=lambda job: reverse("participants:unanswered_list"),
)
register_daily("consents past their term ended", end_past_consents)
register_evidence(EvidenceKind.MENTEE_CONSENTS, evidence_of_mentees)
register_evidence(EvidenceKind.MENTOR_CONSENTS, evidence_of_mentors)
register_item(_("Consents"), "participants:consent_list", (Role.CURATOR, Role.ADMINISTRATOR), 40, badge_of)
register_waiting((Role.CURATOR,), ask_curator, place=10)
register_facts((Role.CURATOR, Role.ADMINISTRATOR), count_consents, place=20)
