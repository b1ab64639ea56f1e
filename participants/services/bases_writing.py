"""Writing a register as a workbook: done by the worker alone."""

from __future__ import annotations

from django.utils import translation

from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress
from core.models import Job, StoredFile
from participants.bases.entries import OFFICIAL, columns_of, headers_of, line_of
from participants.bases.workbook import BaseSheet, write_workbook
from participants.models import Side
from participants.services.bases import GROUPS, TITLES, base_rows, entries_of
from participants.services.cycles import today_in
from roadmap.models import Cycle

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make_base(job: Job, progress: Progress) -> StoredFile:
    """The register named in the payload. Raises Cycle.DoesNotExist."""
    school, side = job.school, Side(job.payload["side"])
    cycle = Cycle.objects.get(pk=job.payload["cycle"], programme__school=school)
    today = today_in(school)
    keys = columns_of(side)
    sheets: list[BaseSheet] = []
    with translation.override("ru"):
        for step, (name, kinds) in enumerate(GROUPS.values(), 1):
            entries = entries_of(base_rows(school, side, cycle, today).filter(person__kind__in=kinds), today)
            if entries:
                title = f"{TITLES[side]}. {name}. {school.short_name}"
                under = f"{cycle.label} учебный год, на {today:%d.%m.%Y}"
                lines = [line_of(entry, number, keys) for number, entry in enumerate(entries, 1)]
                sheets.append(BaseSheet(name, title, under, headers_of(side, keys), lines, len(OFFICIAL[side])))
            progress(step, len(GROUPS) + 1)
        sheets = sheets or [
            BaseSheet(TITLES[side], TITLES[side], school.short_name, headers_of(side, keys), [], len(OFFICIAL[side]))
        ]
    data = write_workbook(sheets, title=TITLES[side], creator=school.short_name)
    return store_file(
        school=school,
        purpose="base",
        name=f"{TITLES[side]} {cycle.label}.xlsx",
        content_type=XLSX,
        data=data,
        by=SYSTEM,
    )
