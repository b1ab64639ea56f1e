"""Laying out the outline of a document as the sheet that the curator goes over."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from roadmap.drafting.sheet import HEAD, Note, Part, Sheet
from roadmap.outline import EXTRA_KINDS, Approval, Outline, OutlineActivity, OutlineStage, OutlineWarning
from roadmap.terms import Window


def sheet_of(outline: Outline, *, today: date) -> Sheet:
    """The sheet of an outline; a document that names no period is offered the school year of `today`."""
    sheet = Sheet(parts={HEAD: _head(outline, today)})
    sheet.titles = {column.kind: column.title for column in outline.columns if column.kind in EXTRA_KINDS}
    for place, approval in enumerate(outline.approvals, 1):
        sheet.approvals.append(_keep(sheet, _approval(f"p{place}", approval)))
    for place, stage in enumerate(outline.stages, 1):
        sheet.stages.append(_keep(sheet, _stage(f"s{place}", stage)))
        for activity in stage.activities:
            key = f"a{len(sheet.activities) + 1}"
            sheet.activities.append(_keep(sheet, _activity(key, sheet.stages[-1], activity)))
    for warning in outline.warnings:
        _pin(sheet, warning)
    return sheet


def school_year(today: date) -> Window:
    """The school year that `today` lies in, from June on the one that is being prepared."""
    year = today.year if today.month >= 6 else today.year - 1
    return date(year, 9, 1), date(year + 1, 8, 31)


def _keep(sheet: Sheet, part: Part) -> str:
    sheet.parts[part.key] = part
    return part.key


def _head(outline: Outline, today: date) -> Part:
    first, last = outline.period or school_year(today)
    fields = {
        "title": outline.title or "",
        "organisation": outline.organisation or "",
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "preamble": outline.preamble or "",
    }
    head = Part(HEAD, fields)
    if outline.period is None:
        # Quotes the proposal itself, so that the note goes once the curator has put other days.
        text = gettext("The document does not say for which time it is. This school year is proposed.")
        head.notes.append(Note("no_period", fields["starts_on"], text))
    return head


def _approval(key: str, approval: Approval) -> Part:
    fields = {
        "word": approval.word,
        "by": approval.by or "",
        "person": approval.person or "",
        "basis": approval.basis or "",
        "date": approval.date.isoformat() if approval.date else "",
        "number": approval.number or "",
    }
    return Part(key, fields)


def _stage(key: str, stage: OutlineStage) -> Part:
    fields = {
        "number": stage.number or "",
        "name": stage.name,
        "goal": stage.goal or "",
        "task": stage.task or "",
        "result": stage.result or "",
    }
    return Part(key, fields)


def _activity(key: str, stage: str, activity: OutlineActivity) -> Part:
    extra = dict(activity.extra)
    fields = {
        "number": activity.number or "",
        "stage": stage,
        "section": activity.section or "",
        "text": activity.text,
        "term": activity.term.text or "",
        "starts_on": "",
        "ends_on": "",
        "responsible": activity.responsible.text or "",
    }
    for kind in EXTRA_KINDS:
        fields[kind] = extra.get(kind, "")
    people = list(activity.responsible.people)
    return Part(key, fields, line=activity.line, term=activity.term, people=people)


def _pin(sheet: Sheet, warning: OutlineWarning) -> None:
    """Put a warning of the reader to its part, unless the part's own term says the same."""
    part = _place_of(sheet, warning)
    if part.term and any((own.code, own.quote) == (warning.code, warning.quote) for own in part.term.warnings):
        return
    lasting = not warning.quote or not part.says(warning.quote)
    part.notes.append(Note(warning.code, warning.quote, warning.text, lasting))


def _place_of(sheet: Sheet, warning: OutlineWarning) -> Part:
    """The activity of that number (of several the one that says the quoted words) or at that line, else the head."""
    activities = sheet.standing(sheet.activities)
    if isinstance(warning.where, int):
        near = [part for part in activities if part.line == warning.where]
    else:
        near = [part for part in activities if part.fields["number"].rstrip(".") == warning.where.rstrip(".")]
    return next((part for part in near if part.says(warning.quote)), near[0] if near else sheet.parts[HEAD])
