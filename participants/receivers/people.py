"""What people and their parts in a year add to the menu, the home pages and the roadmap."""

from accounts.openings import register_joining, register_opening
from participants.hanging import register_hanging
from participants.services.doors import close_doors, tie_invited
from participants.services.enrolments import stop_taking_part
from participants.services.forms import give_standard_forms

register_opening(give_standard_forms)
register_joining(tie_invited)
register_hanging(lambda person: [], stop_taking_part)
register_hanging(lambda person: [], close_doors)
