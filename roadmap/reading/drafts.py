"""Stages and activities on the way from rows to the outline: terms and people are still as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmap.outline import ColumnKind


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """A cell of terms or of people as its lines and as one text. Activities that share a cell hold the same one."""

    lines: tuple[str, ...] = ()
    text: str = ""


@dataclass(eq=False, slots=True)
class DraftActivity:
    """An activity; `extra` are its further columns, `inherited` when its empty cells were guessed to be merged with
    those above, `joined` when its row was put together from several."""

    number: str | None
    section: str | None
    text: str
    line: int
    term: Said
    responsible: Said
    extra: tuple[tuple[ColumnKind, str], ...] = ()
    inherited: bool = False
    joined: bool = False


@dataclass(eq=False, slots=True)
class DraftStage:
    """A stage as the document names it; `fields` has goal, task and result as far as they are there."""

    number: str | None
    name: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    activities: list[DraftActivity] = field(default_factory=list)

    def add_all(self, fields: Mapping[str, str]) -> None:
        """Add texts to the fields; what stood there before stays."""
        for name, text in fields.items():
            self.fields[name] = f"{self.fields[name]} {text}" if name in self.fields else text


@dataclass(slots=True)
class Drafts:
    """What the plan holds: its stages in order, and the activities that stand under none.

    `numbered` when the numbers count the rows of the whole plan (or of a stage, «1.1»), not the entries of a row.
    """

    stages: list[DraftStage] = field(default_factory=list)
    loose: list[DraftActivity] = field(default_factory=list)
    numbered: bool = False

    @property
    def activities(self) -> list[DraftActivity]:
        return self.loose + [activity for stage in self.stages for activity in stage.activities]
