"""What the roadmap adds to every sweep, to the jobs and to the outbox."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.jobs import register_job
from roadmap.services.papers import ROADMAP_PDF

register_job(
    ROADMAP_PDF,
    "roadmap.services.printing.make_roadmap_pdf",
    label=_("The roadmap as PDF"),
    result_url=lambda job: reverse("roadmap:programme_pdf_file", args=(job.payload["programme"], job.pk)),
    origin_url=lambda job: reverse("roadmap:programme_show", args=(job.payload["programme"],)),
)
