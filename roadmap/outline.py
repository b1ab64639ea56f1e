"""What a roadmap document says, as plain values: the outline a curator checks before it becomes a programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from roadmap.terms import Term, TermWarning, Window

ColumnKind = Literal[
    "number",
    "stage",
    "activity",
    "content",
    "term",
    "responsible",
    "result",
    "document",
    "partner",
    "other",
    "other2",
    "other3",
]
EXTRA_KINDS: tuple[ColumnKind, ...] = ("result", "document", "partner", "other", "other2", "other3")
"""Columns whose text is kept as it is: results, kinds of document, co-executors, columns of unknown names."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the school's own table, its heading as written."""

    kind: ColumnKind
    title: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answers for an activity; either half may be missing, both are as written."""

    role: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Responsible:
    """The cell of those who answer for an activity, and the people found in it."""

    text: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class OutlineActivity:
    """One line of the plan; `line` is its place in the source, counted from 1, `extra` its further columns by kind."""

    number: str | None
    section: str | None
    text: str
    term: Term
    responsible: Responsible
    line: int | None
    extra: tuple[tuple[ColumnKind, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineStage:
    """A stage with what the document itself says of it."""

    number: str | None
    name: str
    goal: str | None
    task: str | None
    result: str | None
    activities: tuple[OutlineActivity, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """A stamp of approval: its word, the body or post, the person, the paper it rests on."""

    word: str
    by: str | None
    person: str | None
    basis: str | None
    date: date | None
    number: str | None


@dataclass(frozen=True, slots=True)
class OutlineWarning:
    """A place to look at: `where` is an activity's number (text) or a line of the source (whole number)."""

    code: str
    where: str | int
    quote: str
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A roadmap document read: absent texts are None, absent lists empty."""

    title: str | None
    organisation: str | None
    preamble: str | None
    period: Window | None
    approvals: tuple[Approval, ...]
    stages: tuple[OutlineStage, ...]
    warnings: tuple[OutlineWarning, ...]
    dropped: tuple[str, ...]
    columns: tuple[Column, ...]


def outline_to_json(outline: Outline) -> dict[str, Any]:
    """The published contract of `roadmap_read --json`: texts, ISO dates, lists; no columns and no lines.

    An activity has `extra` only where the document has further columns: their texts by the columns' titles.
    """
    titles = {column.kind: column.title for column in outline.columns}
    return {
        "title": outline.title,
        "organisation": outline.organisation,
        "preamble": outline.preamble,
        "period": _period(outline.period),
        "approvals": [asdict(approval) | {"date": _iso(approval.date)} for approval in outline.approvals],
        "stages": [_stage(stage, titles) for stage in outline.stages],
        "warnings": [asdict(warning) for warning in outline.warnings],
        "dropped": list(outline.dropped),
    }


def outline_to_draft(outline: Outline) -> dict[str, Any]:
    """Everything in the outline as JSON values, to be kept while a curator works on it; outline_from_draft undoes it."""
    draft: dict[str, Any] = _plain(asdict(outline))
    return draft


def outline_from_draft(draft: dict[str, Any]) -> Outline:
    """The outline that outline_to_draft wrote. Raises KeyError, TypeError or ValueError on anything else."""
    return Outline(
        title=draft["title"],
        organisation=draft["organisation"],
        preamble=draft["preamble"],
        period=None if draft["period"] is None else _window(draft["period"]),
        approvals=tuple(Approval(**approval | {"date": _day(approval["date"])}) for approval in draft["approvals"]),
        stages=tuple(_stage_from(stage) for stage in draft["stages"]),
        warnings=tuple(OutlineWarning(**warning) for warning in draft["warnings"]),
        dropped=tuple(draft["dropped"]),
        columns=tuple(Column(**column) for column in draft["columns"]),
    )


def _stage(stage: OutlineStage, titles: Mapping[ColumnKind, str]) -> dict[str, Any]:
    return {
        "number": stage.number,
        "name": stage.name,
        "goal": stage.goal,
        "task": stage.task,
        "result": stage.result,
        "activities": [_activity(activity, titles) for activity in stage.activities],
    }


def _activity(activity: OutlineActivity, titles: Mapping[ColumnKind, str]) -> dict[str, Any]:
    term, responsible = activity.term, activity.responsible
    extra = {"extra": {titles[kind]: text for kind, text in activity.extra}} if activity.extra else {}
    return {
        "number": activity.number,
        "section": activity.section,
        "text": activity.text,
        "term": {
            "text": term.text or None,
            "kind": term.kind,
            "windows": [[first.isoformat(), last.isoformat()] for first, last in term.windows],
            "recurrence": term.recurrence,
        },
        "responsible": {
            "text": responsible.text or None,
            "people": [asdict(person) for person in responsible.people],
        },
        **extra,
    }


def _period(period: Window | None) -> dict[str, str] | None:
    return None if period is None else {"start": period[0].isoformat(), "end": period[1].isoformat()}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _window(pair: list[str]) -> Window:
    first, last = pair
    return date.fromisoformat(first), date.fromisoformat(last)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _stage_from(draft: dict[str, Any]) -> OutlineStage:
    return OutlineStage(**draft | {"activities": tuple(_activity_from(item) for item in draft["activities"])})


def _activity_from(draft: dict[str, Any]) -> OutlineActivity:
    responsible = draft["responsible"]
    people = tuple(Person(**person) for person in responsible["people"])
    return OutlineActivity(
        **draft
        | {
            "term": _term_from(draft["term"]),
            "responsible": Responsible(text=responsible["text"], people=people),
            "extra": tuple((kind, text) for kind, text in draft.get("extra", ())),
        }
    )


def _term_from(draft: dict[str, Any]) -> Term:
    return Term(
        **draft
        | {
            "windows": tuple(_window(pair) for pair in draft["windows"]),
            "warnings": tuple(TermWarning(**warning) for warning in draft["warnings"]),
        }
    )
