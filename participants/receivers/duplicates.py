"""What a destruction does to the word that two people are two."""

from participants.erasing import register_eraser
from participants.services.duplicates import forget_distinctions

register_eraser(forget_distinctions)
