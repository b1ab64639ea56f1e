"""Long spreadsheets: too many rows for a page to wait for, so the worker looks them over and writes them."""

from __future__ import annotations

from core.actors import Actor, user_actor
from core.jobs import Progress, start_job
from core.models import Job, Membership, Role
from participants.models import PeopleSheet
from participants.services.sheet_steps import compare_sheet, write_sheet

SHEET_COMPARING, SHEET_WRITING = "sheet-comparing", "sheet-writing"
"""The kinds of jobs."""


def compare_later(*, sheet: PeopleSheet, by: Actor) -> Job:
    """Have the worker look over the rows."""
    return _later(SHEET_COMPARING, sheet, by)


def write_later(*, sheet: PeopleSheet, by: Actor) -> Job:
    """Have the worker write the rows."""
    return _later(SHEET_WRITING, sheet, by)


def compare_in_turn(job: Job, progress: Progress) -> None:
    """Safe to run twice: a sheet that was looked over stays as it is."""
    if sheet := _sheet(job):
        compare_sheet(sheet=sheet, progress=progress, by=_actor(job))


def write_in_turn(job: Job, progress: Progress) -> None:
    """Safe to run twice: a sheet that was written stays as it is."""
    if sheet := _sheet(job):
        write_sheet(sheet=sheet, whole=False, progress=progress, by=_actor(job))


def _later(kind: str, sheet: PeopleSheet, by: Actor) -> Job:
    key = f"{kind}:{sheet.pk}:{sheet.rows.count()}"
    return start_job(key=key, kind=kind, payload={"sheet": sheet.pk}, by=by)


def _sheet(job: Job) -> PeopleSheet | None:
    """The sheet, where nobody has thrown it away meanwhile."""
    rows = PeopleSheet.objects.filter(school=job.school_id, pk=job.payload["sheet"])
    return rows.select_related("school", "cycle", "form", "source").first()


def _actor(job: Job) -> Actor:
    """The curator who asked for it. Raises Membership.DoesNotExist once he has left the school."""
    memberships = Membership.objects.active().select_related("school", "user")
    membership = memberships.get(user=job.user, school=job.school_id, role=Role.CURATOR)
    return user_actor(membership.user, [membership])
