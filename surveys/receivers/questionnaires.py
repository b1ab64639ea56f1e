"""What questionnaires add to the opening of a school and to the menu."""

from django.utils.translation import gettext_lazy as _

from accounts.openings import register_opening
from core.navigation import register_item
from surveys.models import SURVEY_READERS
from surveys.services.questionnaires import give_standard_questionnaires

register_opening(give_standard_questionnaires)
register_item(_("Questionnaires"), "surveys:questionnaire_list", SURVEY_READERS, 51, also=("/surveys/versions/",))
