"""What the ground floor itself does in every sweep."""

from core.housekeeping import keep_house
from core.jobs import run_due_jobs
from core.notices import send_due_notices
from core.sweep import register_step

register_step("notices sent", send_due_notices)
register_step("jobs done", run_due_jobs)
register_step("housekeeping", keep_house)
