"""How well two people fit, and why: the score of every pair and the sentences behind it."""

from pairing.scoring.profiles import MenteeProfile, MentorProfile
from pairing.scoring.reason import Reason, Tone
from pairing.scoring.reasons import reasons_for
from pairing.scoring.table import Table, score_table
from pairing.scoring.weights import DEFAULT_WEIGHTS, PARTS, Part, Weights, part_meaning, part_title, weights_from_json

__all__ = [
    "DEFAULT_WEIGHTS",
    "PARTS",
    "MenteeProfile",
    "MentorProfile",
    "Part",
    "Reason",
    "Table",
    "Tone",
    "Weights",
    "part_meaning",
    "part_title",
    "reasons_for",
    "score_table",
    "weights_from_json",
]
