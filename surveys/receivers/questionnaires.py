"""What questionnaires add to the opening of a school."""

from accounts.openings import register_opening
from surveys.services.questionnaires import give_standard_questionnaires

register_opening(give_standard_questionnaires)
