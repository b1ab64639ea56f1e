"""What of the register is destroyed with a person, what the worker does for it, and what the curator is told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.housekeeping import register_daily
from core.jobs import register_job
from core.models import Role
from core.notices import register_notice
from core.sweep import register_step
from participants.destruction_letter import write_destructions_due
from participants.erasing import register_eraser, register_part_eraser
from participants.hanging import register_hanging
from participants.holding import register_holding
from participants.receivers.destruction_day import ask_curator, hanging_destruction
from participants.register.holdings import (
    read_account,
    read_consents,
    read_parts,
    read_person,
    read_publication,
    read_uploads,
)
from participants.services.demanding import DESTROYING
from participants.services.destruction_days import (
    DESTRUCTION_DUE,
    end_keeping,
    start_reached_clocks,
    tell_of_due_destructions,
)
from participants.services.ending import lock_publication_asked, stop_asking_for_publication
from participants.services.erasing import (
    erase_account,
    erase_charges,
    erase_consents,
    erase_guardians,
    erase_links,
    erase_parts,
    erase_preparation,
)
from participants.services.erasing_sheets import erase_pile_pages, erase_sheets
from participants.services.holdings import HOLDINGS_PDF
from participants.services.ledger import note_destroyed, note_taken_back
from participants.services.scrubbing import SCRUBBING, retry_scrubbing, scrub
from roadmap.day import register_waiting

# The last to be registered is the first to work: rows are looked for by names that the later ones take away.
for eraser in (
    erase_account,
    erase_guardians,
    erase_consents,
    erase_links,
    erase_charges,
    erase_pile_pages,
    erase_sheets,
):
    register_eraser(eraser)
for part_eraser in (erase_parts, erase_preparation):
    register_part_eraser(part_eraser)
for reader, models in (
    (read_person, ("Person", "Guardian", "Guardianship", "Charge")),
    (read_parts, ("Enrolment", "Interview", "Attendance", "ThirdPartyNote")),
    (read_consents, ("Consent", "ConsentPage", "DraftPage")),
    (read_publication, ("PublishedItem", "PersonalLink")),
    (read_uploads, ("SheetRow", "PilePage")),
):
    register_holding(reader, [f"participants.{model}" for model in models])
register_holding(read_account, ("core.User", "core.Notice", "core.Event", "accounts.Invitation"))
register_job(
    HOLDINGS_PDF,
    "participants.services.holdings_printing.make_holdings_pdf",
    label=_("All that is held on a person"),
    result_url=lambda job: reverse("participants:holdings_file", args=(job.payload["person"], job.pk)),
    origin_url=lambda job: reverse("participants:holdings_show", args=(job.payload["person"],)),
)
register_job(
    DESTROYING,
    "participants.services.carrying.carry_out_in_turn",
    label=_("The destruction of personal data"),
    origin_url=lambda job: reverse("participants:destruction_list"),
)
register_job(
    SCRUBBING,
    scrub,
    label=_("Wiping what deleted rows left in the files of the database"),
    origin_url=lambda job: reverse("participants:destruction_list"),
)
register_daily("clocks of reached purposes started", start_reached_clocks)
register_daily("letters on due destructions queued", tell_of_due_destructions)
register_daily("sealed papers past their term deleted", end_keeping)
register_daily("wiping tried anew", retry_scrubbing)
register_daily("destructions noted outside the database", note_destroyed)
register_step("consents taken back noted outside the database", note_taken_back)
register_notice(DESTRUCTION_DUE, write_destructions_due)
register_waiting((Role.CURATOR,), ask_curator, place=15)
register_hanging(hanging_destruction, lambda person, parts, by: None)
register_hanging(lambda person: [], stop_asking_for_publication, lock_publication_asked)
