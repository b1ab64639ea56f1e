"""What the ground floor itself does in every sweep."""

from core.housekeeping import keep_house
from core.jobs import run_due_jobs
from core.notices import register_notice, send_due_notices
from core.quarantine import FILE_INFECTED, look_at_waiting, write_infected
from core.sweep import register_step

register_notice(FILE_INFECTED, write_infected)
register_step("waiting files looked at", look_at_waiting, plans=True)
register_step("notices sent", send_due_notices)
register_step("jobs done", run_due_jobs)
register_step("housekeeping", keep_house)
