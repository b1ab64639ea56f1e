"""What the roadmap adds to every sweep, to the jobs, to the outbox and to the menu."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.housekeeping import register_daily
from core.jobs import register_job
from core.models import Role
from core.navigation import register_item
from core.notices import register_notice
from core.sweep import register_step
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.letters import write_digest
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.drafts import discard_forgotten_drafts
from roadmap.services.papers import ROADMAP_PAPERS
from roadmap.services.proofs import remove_stray_proofs
from roadmap.services.reminders import DIGEST, plan_digests
from roadmap.services.selfmarking import mark_in_turn

PAPERS = {
    "pdf": _("The roadmap as PDF"),
    "docx": _("The roadmap as a Word document"),
    "xlsx": _("The roadmap as a spreadsheet"),
}

for _ending, _label in PAPERS.items():
    register_job(
        ROADMAP_PAPERS[_ending],
        f"roadmap.services.printing.make_roadmap_{_ending}",
        label=_label,
        result_url=lambda job: reverse("roadmap:programme_paper_file", args=(job.payload["programme"], job.pk)),
        origin_url=lambda job: reverse("roadmap:programme_show", args=(job.payload["programme"],)),
    )
register_notice(DIGEST, write_digest)
register_step("digests planned", plan_digests, plans=True)
register_step("complete activities marked", mark_in_turn, plans=True)
register_daily("forgotten drafts removed", discard_forgotten_drafts)
register_daily("proofs of activities that are gone removed", remove_stray_proofs)
register_item(_("What waits today"), "home", Role, 10)
register_item(
    _("The roadmap of the school"),
    "roadmap:programme_list",
    ROADMAP_READERS,
    20,
    also=("/drafts/", "/windows/", "/activities/", "/stages/", "/proofs/"),
)
register_item(_("Reminders"), "roadmap:reminder_settings", DUTIES_OF_ROLE, 95, also=("/feeds/",))
