"""What a template holds. Texts may carry `{school}` and `{years}`, the school's short name and «2026-2027»."""

from __future__ import annotations

from dataclasses import dataclass

from roadmap.outline import Column

Months = tuple[int, int]
"""The first and the last month, counted from January of the year in which the first school year begins.

6 is its June, 9 its September, 13 the January that follows.
"""


@dataclass(frozen=True, slots=True)
class TemplateActivity:
    """One line; its term is `months`, or `words` that name no date («По графику»), or there is none.

    In a template of several years the months come back every year.
    """

    text: str
    number: str = ""
    section: str = ""
    months: Months | None = None
    words: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class TemplateStage:
    """A stage in the official wording."""

    number: str
    name: str
    goal: str
    task: str
    result: str
    activities: tuple[TemplateActivity, ...]


@dataclass(frozen=True, slots=True)
class TemplateApproval:
    """A stamp without a person, a date and a number."""

    word: str
    by: str
    basis: str


@dataclass(frozen=True, slots=True)
class Template:
    """A roadmap to begin from; `period` are the months of its first year, `years` how many years it runs."""

    key: str
    name: str
    for_whom: str
    years: int
    period: Months
    title: str
    preamble: str
    columns: tuple[Column, ...]
    approvals: tuple[TemplateApproval, ...]
    stages: tuple[TemplateStage, ...]

    @property
    def activities(self) -> int:
        """How many lines it has."""
        return sum(len(stage.activities) for stage in self.stages)
