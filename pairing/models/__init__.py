"""Matches, the mentorships they become, and their meetings."""

from pairing.models.match import OPEN_MATCHES, ApprovalRule, Match, MatchState
from pairing.models.meeting import Meeting, MeetingKind
from pairing.models.mentorship import Mentorship, MentorshipState, Place

__all__ = [
    "OPEN_MATCHES",
    "ApprovalRule",
    "Match",
    "MatchState",
    "Meeting",
    "MeetingKind",
    "Mentorship",
    "MentorshipState",
    "Place",
]
