"""The jobs of spreadsheets and how long they are kept."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.housekeeping import register_daily
from core.jobs import register_job
from core.models import Job
from participants.services.sheet_jobs import SHEET_COMPARING, SHEET_WRITING
from participants.services.sheet_lines import remove_old_sheets


def sheet_address(job: Job) -> str:
    return reverse("participants:sheet_show", args=(job.payload["sheet"],))


register_job(
    SHEET_COMPARING,
    "participants.services.sheet_jobs.compare_in_turn",
    label=_("Looking over a spreadsheet"),
    origin_url=sheet_address,
)
register_job(
    SHEET_WRITING,
    "participants.services.sheet_jobs.write_in_turn",
    label=_("Writing a spreadsheet into the register"),
    origin_url=sheet_address,
)
register_daily("old spreadsheets removed", remove_old_sheets)
