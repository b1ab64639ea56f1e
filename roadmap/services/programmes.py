"""Making a programme of what the curator has looked over."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from core.journal import record_event
from core.models import School
from roadmap.cycles import CycleSpan, cycle_spans, windows_by_cycle
from roadmap.drafting.faults import faulty_parts
from roadmap.drafting.finishing import outline_of
from roadmap.drafting.sheet import sheet_from_json
from roadmap.duties import duty_of, member_of
from roadmap.models import Activity, Approval, Cycle, Draft, Programme, Responsible, Stage, Window
from roadmap.outline import Outline, OutlineActivity, outline_from_draft
from roadmap.proofs import kind_of
from roadmap.services.answering import known_members
from roadmap.services.checking import carry_settled


class DraftNotReady(DomainError):
    """Some fields are missing or wrong, or there is not a single activity."""


def make_programme(*, draft: Draft, by: Actor) -> Programme:
    """The programme of a draft: stages, activities, windows by cycle, approvals and responsible people.

    A draft becomes one programme: asked again it answers with the same. Raises DraftNotReady.
    """
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.programme is not None:
            return locked.programme
        programme = _write(_finished(locked), locked)
        carry_settled(locked, programme)
        locked.programme = programme
        locked.save(update_fields=("programme",))
        record_event(
            verb="make",
            thing=programme,
            school=locked.school,
            detail={"draft": locked.pk, "activities": Activity.objects.filter(stage__programme=programme).count()},
            by=by,
        )
    draft.programme = programme
    return programme


def _finished(draft: Draft) -> Outline:
    sheet = sheet_from_json(draft.entered)
    if faulty_parts(sheet):
        raise DraftNotReady(_("Some fields still need a hand; they are marked on the page."))
    if not sheet.standing(sheet.activities):
        raise DraftNotReady(_("A programme needs at least one activity."))
    return outline_of(sheet, outline_from_draft(draft.outline).columns)


def _write(outline: Outline, draft: Draft) -> Programme:
    assert outline.period is not None
    starts_on, ends_on = outline.period
    programme = Programme.objects.create(
        school=draft.school,
        title=outline.title or "",
        organisation=outline.organisation or "",
        preamble=outline.preamble or "",
        starts_on=starts_on,
        ends_on=ends_on,
        columns=[{"kind": column.kind, "title": column.title} for column in outline.columns],
        source=draft.source,
        previous=draft.previous,
    )
    _write_approvals(programme, outline)
    spans = cycle_spans(starts_on, ends_on)
    cycles = Cycle.objects.bulk_create(_cycle(programme, span) for span in spans)
    lines = _write_activities(programme, outline)
    _write_windows(lines, list(cycles), spans)
    _write_responsible(lines, draft.school)
    return programme


def _cycle(programme: Programme, span: CycleSpan) -> Cycle:
    return Cycle(programme=programme, year=span.year, starts_on=span.starts_on, ends_on=span.ends_on)


def _write_approvals(programme: Programme, outline: Outline) -> None:
    Approval.objects.bulk_create(
        Approval(
            programme=programme,
            place=place,
            word=found.word,
            by=found.by or "",
            person=found.person or "",
            basis=found.basis or "",
            date=found.date,
            number=found.number or "",
        )
        for place, found in enumerate(outline.approvals, 1)
    )


def _write_activities(programme: Programme, outline: Outline) -> list[tuple[Activity, OutlineActivity]]:
    stages = Stage.objects.bulk_create(
        Stage(
            programme=programme,
            place=place,
            number=found.number or "",
            name=found.name,
            goal=found.goal or "",
            task=found.task or "",
            result=found.result or "",
        )
        for place, found in enumerate(outline.stages, 1)
    )
    lines = [
        (_activity(stage, place, activity), activity)
        for stage, found in zip(stages, outline.stages, strict=True)
        for place, activity in enumerate(found.activities, 1)
    ]
    _choose_as_before([row for row, _line in lines], programme.previous)
    Activity.objects.bulk_create(row for row, _line in lines)
    return lines


def _choose_as_before(rows: Iterable[Activity], previous: Programme | None) -> None:
    """What the curator chose last year for a line of the same words: what proves it, whom letters remind and when."""
    known = {row.text: row for row in Activity.objects.filter(stage__programme=previous)} if previous else {}
    for row in rows:
        before = known.get(row.text)
        if before:
            row.evidence, row.reminded, row.remind_days = before.evidence, before.reminded, before.remind_days


def _activity(stage: Stage, place: int, found: OutlineActivity) -> Activity:
    return Activity(
        stage=stage,
        place=place,
        number=found.number or "",
        section=found.section or "",
        text=found.text,
        extra=dict(found.extra),
        term_text=found.term.text or "",
        term_kind=found.term.kind,
        recurrence=found.term.recurrence or "",
        responsible_text=found.responsible.text or "",
        evidence=kind_of(found.text, section=found.section or "", stage=stage.name),
    )


def _write_windows(
    lines: list[tuple[Activity, OutlineActivity]], cycles: list[Cycle], spans: tuple[CycleSpan, ...]
) -> None:
    Window.objects.bulk_create(
        Window(
            activity=activity,
            cycle=cycles[place],
            starts_on=window[0] if window else None,
            ends_on=window[1] if window else None,
        )
        for activity, found in lines
        for place, window in windows_by_cycle(found.term.windows, spans)
    )


def _write_responsible(lines: list[tuple[Activity, OutlineActivity]], school: School) -> None:
    members = known_members(school)
    rows: list[Responsible] = []
    for activity, found in lines:
        for place, person in enumerate(found.responsible.people, 1):
            duty = duty_of(person.role or "")
            rows.append(
                Responsible(
                    activity=activity,
                    place=place,
                    role=(person.role or "")[:300],
                    name=(person.name or "")[:200],
                    duty=duty,
                    member_id=member_of(person.name or "", duty, members),
                )
            )
    Responsible.objects.bulk_create(rows)
