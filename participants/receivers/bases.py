"""What the registers add to the jobs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.jobs import register_job
from participants.services.bases import BASE_XLSX

register_job(
    BASE_XLSX,
    "participants.services.bases_writing.make_base",
    label=gettext_lazy("Writing the register as a spreadsheet"),
    result_url=lambda job: reverse("participants:base_file", args=(job.pk,)),
    origin_url=lambda job: (
        f"{reverse('participants:base_show', args=(job.payload['side'],))}?cycle={job.payload['cycle']}"
    ),
)
