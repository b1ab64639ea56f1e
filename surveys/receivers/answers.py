"""What answers add to the menu, the home pages, and to all that is held on a person, stopped, moved and destroyed."""

from django.utils.translation import gettext_lazy as _

from core.models import Role
from core.navigation import register_item
from participants.erasing import register_part_eraser
from participants.hanging import register_hanging
from participants.holding import register_holding
from participants.moving_over import register_mover
from roadmap.day import register_waiting
from surveys.receivers.answer_day import ask_respondent
from surveys.services.arriving import ANSWERERS
from surveys.services.erasing import erase_answers, erase_figures
from surveys.services.holdings import read_figures, read_surveys
from surveys.services.moving_over import move_surveys, settle_surveys
from surveys.services.stopping import lock_respondents_of, stop_respondents, surveys_hanging_on

register_item(_("My surveys"), "surveys:answer_list", (Role.MENTOR, Role.MENTEE), 74)
register_waiting(ANSWERERS, ask_respondent, place=15)
register_hanging(surveys_hanging_on, stop_respondents, lock_respondents_of)
register_part_eraser(erase_figures)
register_part_eraser(erase_answers)
register_mover(move_surveys, settler=settle_surveys)
register_holding(read_surveys, ("surveys.Respondent", "surveys.Response", "surveys.Answer"))
register_holding(read_figures, ("surveys.Measurement",))
