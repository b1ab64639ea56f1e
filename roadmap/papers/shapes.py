"""What is printed of a programme, as plain values; an absent text is empty, an absent day None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of the school's own table: what it holds (the kinds of `roadmap.outline`) and its heading."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class PaperActivity:
    """One line of the roadmap as written; `extra` are its further columns by kind."""

    number: str
    section: str
    text: str
    term: str
    responsible: str
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperStage:
    """A stage with what the document itself says of it."""

    number: str
    name: str
    goal: str
    task: str
    result: str
    activities: tuple[PaperActivity, ...]


@dataclass(frozen=True, slots=True)
class PaperApproval:
    """A stamp: its word, the body or post, the person, the paper it rests on."""

    word: str
    by: str
    person: str
    basis: str
    date: date | None
    number: str


@dataclass(frozen=True, slots=True)
class RoadmapPaper:
    """Everything that is printed and nothing else: two equal papers look alike."""

    organisation: str
    title: str
    preamble: str
    columns: tuple[PaperColumn, ...]
    approvals: tuple[PaperApproval, ...]
    stages: tuple[PaperStage, ...]
