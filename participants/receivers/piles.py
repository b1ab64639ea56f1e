"""What scanned piles and sheets of slips add to the jobs, the day's housekeeping and the curator's home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.actors import Actor
from core.housekeeping import register_daily
from core.jobs import register_job
from core.models import Role
from participants.services.pile_inbox import waiting_pages
from participants.services.pile_reading import read_in_turn
from participants.services.piles import PILE_READING, remove_old_piles
from participants.services.slip_sheets import SLIPS_PDF, remove_printed_slips
from roadmap.day import Waiting, register_waiting


def ask_curator(actor: Actor, today: date) -> Iterator[Waiting]:
    """One line while pages wait for a person."""
    count = waiting_pages(actor).count()
    if count:
        words = ngettext(
            "Sort %(count)s scanned page whose form the program did not recognise",
            "Sort %(count)s scanned pages whose forms the program did not recognise",
            count,
        )
        yield Waiting(words % {"count": count}, reverse("participants:pile_list"), _("Sort the pages"))


register_job(
    PILE_READING,
    read_in_turn,
    label=gettext_lazy("Reading a scanned pile"),
    origin_url=lambda job: reverse("participants:pile_show", args=(job.payload["pile"],)),
)
register_job(
    SLIPS_PDF,
    "participants.services.slip_printing.make_slips_pdf",
    label=gettext_lazy("Slips for a class"),
    result_url=lambda job: reverse("participants:slipsheet_file", args=(job.pk,)),
    origin_url=lambda job: reverse("participants:slipsheet_new"),
)
register_daily("printed slips removed", remove_printed_slips)
register_daily("old piles removed", remove_old_piles)
register_waiting((Role.CURATOR,), ask_curator, place=12)
