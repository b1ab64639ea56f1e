"""From the sheet back to an outline, which the programme is written from."""

from __future__ import annotations

from dataclasses import replace

from roadmap.drafting.sheet import HEAD, Part, Sheet, parse_day
from roadmap.outline import EXTRA_KINDS, Approval, Column, Outline, OutlineActivity, OutlineStage, Responsible
from roadmap.terms import Term


def outline_of(sheet: Sheet, columns: tuple[Column, ...]) -> Outline:
    """The outline of a sheet without faults; what was deleted is not in it."""
    head = sheet.parts[HEAD].fields
    return Outline(
        title=_tidy(head["title"]),
        organisation=_tidy(head["organisation"]) or None,
        preamble=head["preamble"].strip() or None,
        period=sheet.period,
        approvals=tuple(_approval(part) for part in sheet.standing(sheet.approvals)),
        stages=tuple(_stage(part, sheet) for part in sheet.standing(sheet.stages)),
        warnings=(),
        dropped=(),
        columns=columns,
    )


def _approval(part: Part) -> Approval:
    fields = {name: _tidy(text) or None for name, text in part.fields.items()}
    return Approval(
        word=fields["word"] or "",
        by=fields["by"],
        person=fields["person"],
        basis=fields["basis"],
        date=parse_day(part.fields["date"]),
        number=fields["number"],
    )


def _stage(part: Part, sheet: Sheet) -> OutlineStage:
    fields = {name: text.strip() or None for name, text in part.fields.items()}
    return OutlineStage(
        number=fields["number"],
        name=_tidy(part.fields["name"]),
        goal=fields["goal"],
        task=fields["task"],
        result=fields["result"],
        activities=tuple(_activity(found) for found in sheet.of_stage(part.key) if not found.gone),
    )


def _activity(part: Part) -> OutlineActivity:
    return OutlineActivity(
        number=_tidy(part.fields["number"]) or None,
        section=_tidy(part.fields["section"]) or None,
        text=part.fields["text"].strip(),
        term=_term(part),
        responsible=Responsible(part.fields["responsible"].strip(), tuple(part.people)),
        line=part.line,
        extra=tuple((kind, part.fields[kind].strip()) for kind in EXTRA_KINDS if part.fields[kind].strip()),
    )


def _term(part: Part) -> Term:
    """The term as understood; days set by hand stand in the place of those in the text."""
    term = part.term or Term("", "none", (), None)
    if part.own_days is None:
        return term
    return replace(term, kind="range" if term.kind == "none" else term.kind, windows=part.windows)


def _tidy(text: str) -> str:
    return " ".join(text.split())
