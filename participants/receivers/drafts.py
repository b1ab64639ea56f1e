"""What the worker does for the photos that are not sent yet."""

from core.housekeeping import register_daily
from core.quarantine import register_infected
from core.sweep import register_step
from participants.services.drafts import drop_drafts, send_finished, tell_of_virus
from participants.services.sending import PURPOSE

register_infected(PURPOSE, tell_of_virus)
register_step("copies that waited for the antivirus sent", send_finished)
register_daily("photos that nobody sent deleted", drop_drafts)
