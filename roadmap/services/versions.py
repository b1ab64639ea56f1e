"""Approved versions of a programme: freezing one, telling what was changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from roadmap.comparison import STAMP, compare
from roadmap.models import Activity, Programme, Version, Window
from roadmap.papers import PaperActivity, PaperApproval, PaperColumn, PaperStage, RoadmapPaper
from roadmap.services.history import lock_programme
from roadmap.services.progress import EARLIEST

Content = dict[str, Any]


class ApprovalRefused(DomainError):
    """There is nothing to approve, or something about the approval is missing; `field` says where it belongs."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


class ApprovedUnseen(DomainError):
    """The programme was changed since the page was opened; nothing was frozen."""


def content_of(programme: Programme) -> Content:
    """All that the programme says, as JSON, in four queries; what was done is no part of it.

    Days are ISO texts, a window is its year with its first and last day, None where it has none yet.
    """
    windows = Prefetch("windows", Window.objects.select_related("cycle").order_by("cycle__year", "starts_on", "pk"))
    activities = Prefetch("activities", Activity.objects.order_by("place").prefetch_related(windows))
    return {
        "title": programme.title,
        "organisation": programme.organisation,
        "preamble": programme.preamble,
        "starts_on": programme.starts_on.isoformat(),
        "ends_on": programme.ends_on.isoformat(),
        "columns": programme.columns,
        "approvals": [
            {name: _plain(getattr(row, name)) for name in STAMP} for row in programme.approvals.order_by("place")
        ],
        "stages": [
            {
                "key": stage.pk,
                **{name: getattr(stage, name) for name in ("number", "name", "goal", "task", "result")},
                "activities": [_activity(row) for row in stage.activities.all()],
            }
            for stage in programme.stages.order_by("place").prefetch_related(activities)
        ],
    }


def _activity(row: Activity) -> Content:
    return {
        "key": row.pk,
        **{
            name: getattr(row, name) for name in ("number", "section", "text", "term_text", "responsible_text", "extra")
        },
        "windows": [
            [window.cycle.year, _plain(window.starts_on), _plain(window.ends_on)] for window in row.windows.all()
        ],
    }


def _plain(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def approve_version(*, programme: Programme, ground: str, approved_on: date, seen_revision: int, by: Actor) -> Version:
    """Freeze the programme as it stands as its next version; what is changed later is not part of it.

    A curator only notes an approval given on paper and names the paper. `seen_revision` is the programme's on the
    page that was read. Raises ApprovalRefused, ApprovedUnseen.
    """
    assert by.user is not None
    with transaction.atomic():
        locked = lock_programme(programme)
        ground = _checked(ground, approved_on, locked, by)
        if locked.revision != seen_revision:
            raise ApprovedUnseen(
                _("The programme was changed while you read it. Look at it once more, then approve it.")
            )
        last, content = locked.versions.order_by("-number").first(), content_of(locked)
        if last is not None and (last.revision == locked.revision or last.content == content):
            raise ApprovalRefused(_("Nothing was changed since version %(number)s.") % {"number": last.number})
        version = Version.objects.create(
            programme=locked,
            number=last.number + 1 if last else 1,
            revision=locked.revision,
            content=content,
            ground=ground,
            approved_on=approved_on,
            approved_by=by.user,
        )
        detail: dict[str, object] = {"version": version.pk, "number": version.number, "revision": version.revision}
        record_event(verb="approve", thing=locked, school=locked.school, detail=detail, by=by)
    return version


def _checked(ground: str, approved_on: date, programme: Programme, by: Actor) -> str:
    if approved_on > timezone.localdate(timezone=programme.school.zone):
        raise ApprovalRefused(_("This day is still to come. Give the day of the approval."), "approved_on")
    if approved_on < EARLIEST:
        raise ApprovalRefused(_("This day lies too far back. Look at the year."), "approved_on")
    ground = " ".join(ground.split())
    if by.role == Role.CURATOR and not ground:
        raise ApprovalRefused(_("Name the paper by which the head approved it: its kind, day and number."), "ground")
    return ground


@dataclass(frozen=True, slots=True)
class VersionState:
    """The version in force and how many activities were changed after it; `differs` also by title page or stages."""

    version: Version
    changed: int
    differs: bool


def version_state(programme: Programme) -> VersionState | None:
    """The last approved version and what became of the plan since; None where none was approved.

    One query, four more where the programme was written to since.
    """
    last = programme.versions.order_by("-number").first()
    if last is None:
        return None
    if last.revision == programme.revision:
        return VersionState(last, 0, differs=False)
    since = compare(last.content, content_of(programme))
    return VersionState(last, since.changed, since.differs)


def version_paper_key(version: Version, kind: str) -> str:
    """The key of the job that makes a paper of a version, which never changes: it is made once."""
    return f"{kind}:{version.programme_id}:version:{version.pk}"


def paper_of(content: Mapping[str, Any]) -> RoadmapPaper:
    """What is printed of a frozen version; of the programme as it stands `read_roadmap_paper` gives the same."""
    return RoadmapPaper(
        organisation=content["organisation"],
        title=content["title"],
        preamble=content["preamble"],
        columns=tuple(PaperColumn(column["kind"], column["title"]) for column in content["columns"]),
        approvals=tuple(
            PaperApproval(**row | {"date": date.fromisoformat(row["date"]) if row["date"] else None})
            for row in content["approvals"]
        ),
        stages=tuple(_paper_stage(stage) for stage in content["stages"]),
    )


def _paper_stage(stage: Mapping[str, Any]) -> PaperStage:
    return PaperStage(
        **{name: stage[name] for name in ("number", "name", "goal", "task", "result")},
        activities=tuple(
            PaperActivity(
                row["number"],
                row["section"],
                row["text"],
                row["term_text"],
                row["responsible_text"],
                tuple(row["extra"].items()),
            )
            for row in stage["activities"]
        ),
    )
