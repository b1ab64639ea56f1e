"""Six documents in shapes of their own, each with all that is to be read in it, written beside it line by line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roadmap.outline import Outline, OutlineActivity
from roadmap.reading import read_document
from tests.roadmap.documents import DRAWN, HERE, drawn, twin

DOCUMENTS = (*DRAWN, "quarters", "own_stages")


def told(outline: Outline) -> str:
    """All of an outline as text, one thing in a line."""
    return "\n".join(_lines(outline)) + "\n"


def _lines(outline: Outline) -> Iterator[str]:
    yield f"title: {outline.title}"
    yield f"organisation: {outline.organisation}"
    yield f"preamble: {outline.preamble}"
    yield f"period: {outline.period and ' – '.join(map(str, outline.period))}"
    for one in outline.approvals:
        yield f"approval: {one.word} / {one.by} / {one.person} / {one.basis} / {one.date} / {one.number}"
    for column in outline.columns:
        yield f"column: {column.kind} = {column.title}"
    for stage in outline.stages:
        yield f"stage {stage.number}: {stage.name} / {stage.goal} / {stage.task} / {stage.result}"
        for activity in stage.activities:
            yield from _told_activity(activity)
    for warning in outline.warnings:
        yield f"warning: {warning.code} / {warning.where} / {warning.quote}"
    for text in outline.dropped:
        yield f"dropped: {text}"


def _told_activity(activity: OutlineActivity) -> Iterator[str]:
    yield f"  activity {activity.number}: {activity.text}"
    yield f"    section: {activity.section}"
    windows = "; ".join(f"{first} – {last}" for first, last in activity.term.windows)
    yield f"    term: {activity.term.text} / {activity.term.kind} / {windows} / {activity.term.recurrence}"
    yield f"    people: {'; '.join(f'{one.role} / {one.name}' for one in activity.responsible.people)}"
    for kind, text in activity.extra:
        yield f"    {kind}: {text}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_as_its_reader_wrote_it_down(name):
    data, file = (drawn(name), "plan.docx") if name in DRAWN else (twin(name), "plan.txt")
    assert told(read_document(data, file).outline) == (HERE / "read" / f"{name}.txt").read_text()
