"""What parameters add to the opening of a school."""

from accounts.openings import register_opening
from surveys.services.parameters import give_standard_parameters

register_opening(give_standard_parameters)
