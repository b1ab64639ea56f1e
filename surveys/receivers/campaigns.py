"""What campaigns add to the sweep, the jobs, the outbox, the menu, the home pages and the roadmap."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.housekeeping import register_daily
from core.jobs import register_job
from core.models import Job, Role
from core.navigation import register_item
from core.notices import register_notice
from core.sweep import register_step
from participants.mine_panels import register_mine_panel
from roadmap.day import register_panel, register_waiting
from roadmap.evidence import Beginning, register_beginning, register_evidence
from roadmap.models import EvidenceKind
from surveys.letters import write_asking, write_reminder
from surveys.models import SURVEY_KEEPERS, SURVEY_READERS
from surveys.receivers.campaign_day import (
    ask_keeper,
    evidence_of_surveys,
    paint_for_signer,
    paint_progress,
)
from surveys.services.inviting import SURVEY_ASKED, SURVEY_REMINDER
from surveys.services.opening import tend_in_turn
from surveys.services.reminding import remind_in_turn
from surveys.services.slips import SURVEY_CODES, SURVEY_SHEETS, SURVEY_SLIPS, remove_printed_papers


def _campaign_of(job: Job) -> str:
    return reverse("surveys:campaign_show", args=(job.payload["campaign"],))


def _file_of(job: Job) -> str:
    return reverse("surveys:paper_file", args=(job.pk,))


register_step("surveys opened and closed", tend_in_turn, plans=True)
register_step("survey reminders", remind_in_turn, plans=True)
register_notice(SURVEY_ASKED, write_asking)
register_notice(SURVEY_REMINDER, write_reminder)
for _kind, _maker, _label in (
    (SURVEY_SLIPS, "make_slips", _("Slips for a survey")),
    (SURVEY_CODES, "make_codes", _("Codes of a class for a survey")),
    (SURVEY_SHEETS, "make_sheets", _("A questionnaire on paper")),
):
    register_job(
        _kind,
        f"surveys.services.slip_printing.{_maker}",
        label=_label,
        result_url=_file_of,
        origin_url=_campaign_of,
    )
register_daily("printed papers of surveys removed", remove_printed_papers)
register_evidence(EvidenceKind.SURVEY, evidence_of_surveys)
register_beginning(EvidenceKind.SURVEY, Beginning(_("Begin the survey of this activity"), "surveys:campaign_new"))
register_item(_("Surveys"), "surveys:campaign_list", SURVEY_READERS, 50)
register_item(_("Surveys of my pupils"), "surveys:progress_list", (Role.CLASS_TEACHER,), 50)
register_waiting(SURVEY_KEEPERS, ask_keeper, place=32)
register_panel((Role.CLASS_TEACHER,), paint_progress, place=55)
register_mine_panel(paint_for_signer)
