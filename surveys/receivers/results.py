"""What results add to the jobs, the housekeeping and the first page of those who keep surveys."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.housekeeping import register_daily
from core.jobs import register_job
from core.models import Role
from roadmap.day import register_waiting
from surveys.models import SURVEY_KEEPERS
from surveys.receivers.result_day import ask_to_look, ask_to_take
from surveys.services.exports import ANSWERS_XLSX, remove_written_answers

register_job(
    ANSWERS_XLSX,
    "surveys.services.exports.make_answers",
    label=_("Writing the answers as a spreadsheet"),
    result_url=lambda job: reverse("surveys:result_file", args=(job.pk,)),
    origin_url=lambda job: reverse("surveys:result_show", args=(job.payload["campaign"],)),
)
register_daily("written answers removed", remove_written_answers)
register_waiting((Role.CURATOR,), ask_to_take, place=34)
register_waiting(SURVEY_KEEPERS, ask_to_look, place=90)
