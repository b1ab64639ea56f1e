"""A school's roadmap: the programme, its stages and activities, and when each is to happen."""

from roadmap.models.activity import Activity, Duty, Responsible, TermKind, Window, WindowState
from roadmap.models.draft import Draft
from roadmap.models.evidence import EvidenceKind
from roadmap.models.programme import Approval, Cycle, Programme, Stage

__all__ = [
    "Activity",
    "Approval",
    "Cycle",
    "Draft",
    "Duty",
    "EvidenceKind",
    "Programme",
    "Responsible",
    "Stage",
    "TermKind",
    "Window",
    "WindowState",
]
