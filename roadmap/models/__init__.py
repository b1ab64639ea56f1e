"""A school's roadmap: the programme, its stages and activities, and when each is to happen."""

from roadmap.models.activity import Activity, Duty, Reminded, Responsible, TermKind, Window, WindowState
from roadmap.models.change import Change, ChangeKind
from roadmap.models.closing import ClosingState, StageClosing
from roadmap.models.draft import Draft, DraftOrigin
from roadmap.models.evidence import EvidenceKind
from roadmap.models.programme import Approval, Cycle, Programme, Stage
from roadmap.models.proof import Proof
from roadmap.models.reminding import About, CalendarFeed, Quiet, ReminderChoice
from roadmap.models.version import Version

__all__ = [
    "About",
    "Activity",
    "Approval",
    "CalendarFeed",
    "Change",
    "ChangeKind",
    "ClosingState",
    "Cycle",
    "Draft",
    "DraftOrigin",
    "Duty",
    "EvidenceKind",
    "Programme",
    "Proof",
    "Quiet",
    "Reminded",
    "ReminderChoice",
    "Responsible",
    "Stage",
    "StageClosing",
    "TermKind",
    "Version",
    "Window",
    "WindowState",
]
