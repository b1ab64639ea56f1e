"""Approved versions of a programme: freezing one, telling what was changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from roadmap.comparison import STAMP, compare
from roadmap.models import Programme, Version
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
    """All that the programme says, as JSON, in two queries; what was done is no part of it.

    Days are ISO texts, a window is its year with its first and last day, None where it has none yet.
    """
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
        "stages": _stages(programme),
    }


def _stages(programme: Programme) -> list[Content]:
    """The stages with their activities and those with their windows, in one query: a row for each window."""
    order = ("place", _OF_ACTIVITY + "place", *(_OF_WINDOW + name for name in ("cycle__year", "starts_on", "pk")))
    stages: dict[int, Content] = {}
    activities: dict[int, Content] = {}
    for row in programme.stages.order_by(*order).values("pk", *_STAGE, *_ACTIVITY.values(), *_WINDOW):
        stage = stages.setdefault(row["pk"], {"key": row["pk"], **{name: row[name] for name in _STAGE}})
        listed, key = stage.setdefault("activities", []), row[_ACTIVITY["key"]]
        if key is not None and key not in activities:
            activities[key] = {name: row[column] for name, column in _ACTIVITY.items()} | {"windows": []}
            listed.append(activities[key])
        year, *days = (row[column] for column in _WINDOW)
        if year is not None:
            activities[key]["windows"].append([year, *map(_plain, days)])
    return list(stages.values())


_OF_ACTIVITY, _OF_WINDOW = "activities__", "activities__windows__"
_STAGE = ("number", "name", "goal", "task", "result")
_ACTIVITY = {
    "key": _OF_ACTIVITY + "pk",
    **{name: _OF_ACTIVITY + name for name in ("number", "section", "text", "term_text", "responsible_text", "extra")},
}
_WINDOW = (_OF_WINDOW + "cycle__year", _OF_WINDOW + "starts_on", _OF_WINDOW + "ends_on")


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

    One query, two more where the programme was written to since.
    """
    last = programme.versions.first()
    return state_since(last, programme) if last else None


def state_since(last: Version, programme: Programme) -> VersionState:
    """What became of the plan since its last approved version; two queries where it was written to since."""
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
