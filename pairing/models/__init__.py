"""Scenarios, matches, the mentorships they become, and their meetings."""

from pairing.models.agreement import Agreement, AgreementState
from pairing.models.gathering import Gathering, Guest, Seat
from pairing.models.match import OPEN_MATCHES, ApprovalRule, Match, MatchState
from pairing.models.meeting import Meeting, MeetingKind
from pairing.models.mentorship import Mentorship, MentorshipState, Place
from pairing.models.preference import GroupFilling, PairingRules, PairNote
from pairing.models.scenario import Scenario, ScenarioAim, ScenarioBan, ScenarioPair, Submission

__all__ = [
    "OPEN_MATCHES",
    "Agreement",
    "AgreementState",
    "ApprovalRule",
    "Gathering",
    "GroupFilling",
    "Guest",
    "Match",
    "MatchState",
    "Meeting",
    "MeetingKind",
    "Mentorship",
    "MentorshipState",
    "PairNote",
    "PairingRules",
    "Place",
    "Scenario",
    "ScenarioAim",
    "ScenarioBan",
    "ScenarioPair",
    "Seat",
    "Submission",
]
