"""What everything stands on: schools, people who log in, the journal, notices, jobs, files."""

from core.models.event import Event, JournalHead
from core.models.job import Job, JobState
from core.models.notice import Notice, NoticeState
from core.models.once import Once
from core.models.school import DEVICE_ROLES, Membership, PeriodKind, Role, School, SchoolPeriod
from core.models.stored_file import Quarantine, StoredFile
from core.models.user import User

__all__ = [
    "DEVICE_ROLES",
    "Event",
    "Job",
    "JobState",
    "JournalHead",
    "Membership",
    "Notice",
    "NoticeState",
    "Once",
    "PeriodKind",
    "Quarantine",
    "Role",
    "School",
    "SchoolPeriod",
    "StoredFile",
    "User",
]
