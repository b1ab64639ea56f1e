"""What the papers add to the menu, the home pages, the roadmap, the jobs and the outbox, and what a withdrawal stops."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.access import Door
from core.jobs import register_job
from core.models import Role
from core.navigation import register_item
from core.notices import register_notice
from participants.erasing import register_eraser
from participants.hanging import register_hanging
from participants.holding import register_holding
from participants.models.person import REGISTER_READERS
from reports.day import ask_administrator, ask_curator, badge_of, evidence_of_order, hanging_orders
from reports.letters import write_order_in_force
from reports.services.monitoring.papers import MONITORING
from reports.services.orders.erasing import erase_lines
from reports.services.orders.holdings import read_orders
from reports.services.orders.signing import ORDER_IN_FORCE
from reports.services.orders.withdrawal import leave_out_person, lock_drafts_naming
from reports.services.papers import ORDER_PDF
from roadmap.day import register_waiting
from roadmap.evidence import register_evidence
from roadmap.models import EvidenceKind
from surveys.models import SURVEY_READERS

register_item(_("Orders of the school"), "reports:order_list", REGISTER_READERS, 70, badge_of)
register_waiting((Role.CURATOR,), ask_curator, place=40)
register_waiting((Role.ADMINISTRATOR,), ask_administrator, place=40)
register_evidence(EvidenceKind.ORDER, evidence_of_order)
register_hanging(hanging_orders, leave_out_person, lock_drafts_naming)
register_eraser(erase_lines)
register_holding(read_orders, ("reports.Order", "reports.OrderLine"))
register_notice(ORDER_IN_FORCE, write_order_in_force)
register_job(
    ORDER_PDF,
    "reports.services.printing.make_order_pdf",
    label=_("The order as PDF"),
    result_url=lambda job: reverse("reports:order_pdf_file", args=(job.payload["order"], job.pk)),
    origin_url=lambda job: reverse("reports:order_show", args=(job.payload["order"],)),
)
register_item(_("Monitoring reports"), "reports:monitoring_list", SURVEY_READERS, 72)
register_item(_("Monitoring of the schools"), "reports:monitoring_schools", (Door.INSTALLATION,), 15)
register_job(
    MONITORING["pdf"],
    "reports.services.monitoring.printing.make_monitoring_pdf",
    label=_("The monitoring report as PDF"),
    result_url=lambda job: reverse("reports:monitoring_file", args=(job.payload["report"], job.pk)),
    origin_url=lambda job: reverse("reports:monitoring_show", args=(job.payload["report"],)),
)
register_job(
    MONITORING["docx"],
    "reports.services.monitoring.printing.make_monitoring_docx",
    label=_("The monitoring report for Word"),
    result_url=lambda job: reverse("reports:monitoring_file", args=(job.payload["report"], job.pk)),
    origin_url=lambda job: reverse("reports:monitoring_show", args=(job.payload["report"],)),
)
