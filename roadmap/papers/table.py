"""The table of a roadmap in the school's own columns.

A stage is a row over the whole table, or a cell beside its activities where the school gives it a column. Runs
of activities with one section, term and responsible share a row there, as schools write such tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from core.typography import tie
from roadmap.papers.shapes import PaperActivity, PaperColumn, PaperStage, RoadmapPaper

DEFAULT_COLUMNS = (
    PaperColumn("number", "№ п/п"),
    PaperColumn("activity", "Мероприятие"),
    PaperColumn("term", "Сроки"),
    PaperColumn("responsible", "Ответственный"),
)
Group = Sequence[PaperActivity]
"""The activities of one row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in a cell; `mark` stands before it: a number, a dash, «Задача:»."""

    text: str
    mark: str = ""
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the kind of its column."""

    kind: str
    lines: tuple[Line, ...] = ()
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `stage`, `result` or `section` over the whole table, else `activity`."""

    kind: str
    cells: tuple[Cell, ...]


def printed_columns(paper: RoadmapPaper) -> tuple[PaperColumn, ...]:
    """The school's own columns, and one more for what was entered and has no place in them."""
    columns = list(paper.columns) or list(DEFAULT_COLUMNS)
    kinds = {column.kind for column in columns}
    activities = [activity for stage in paper.stages for activity in stage.activities]
    _, activity, term, responsible = DEFAULT_COLUMNS
    if kinds.isdisjoint({"activity", "content"}):
        columns.append(activity)
    if "term" not in kinds and any(one.term for one in activities):
        columns.append(term)
    if "responsible" not in kinds and any(one.responsible for one in activities):
        columns.append(responsible)
    return tuple(columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the kinds of columns make up the table."""

    kinds: tuple[str, ...]

    @property
    def stage_has_column(self) -> bool:
        return "stage" in self.kinds

    @property
    def section_has_column(self) -> bool:
        return {"activity", "content"} <= set(self.kinds)

    @property
    def numbers_stand_in_text(self) -> bool:
        """The column of numbers counts the stages, or there is none."""
        return self.stage_has_column or "number" not in self.kinds


def table_rows(paper: RoadmapPaper) -> list[Row]:
    """The body of the table, top to bottom."""
    layout = Layout(tuple(column.kind for column in printed_columns(paper)))
    if layout.stage_has_column:
        return [row for stage in paper.stages for row in _beside_its_stage(stage, layout)]
    if any(stage.number or stage.goal or stage.task or stage.result for stage in paper.stages):
        return [row for stage in paper.stages for row in _under_its_stage(stage, layout)]
    # In a flat list the stages are the program's and not the school's: they are not printed.
    return _one_by_one([activity for stage in paper.stages for activity in stage.activities], layout)


def _beside_its_stage(stage: PaperStage, layout: Layout) -> list[Row]:
    runs = groupby(stage.activities, key=lambda one: (one.section, one.term, one.responsible))
    groups: list[Group] = [tuple(run) for _, run in runs] or [()]
    over_all = {
        "number": _lines(stage.number),
        "stage": (Line(tie(stage.name), kind="name"), *_said_of(stage, "goal", "task", "result")),
    }
    return _rows(groups, layout, over_all)


def _under_its_stage(stage: PaperStage, layout: Layout) -> list[Row]:
    width = len(layout.kinds)
    name = Line(tie(stage.name), kind="name"), *_said_of(stage, "goal", "task")
    if layout.kinds[0] == "number":
        head = Row("stage", (Cell("number", _lines(stage.number)), Cell("stage", name, colspan=width - 1)))
    else:
        head = Row("stage", (Cell("stage", name, colspan=width),))
    rows = [head, *_one_by_one(stage.activities, layout)]
    result = _said_of(stage, "result")
    return [*rows, Row("result", (Cell("stage", result, colspan=width),))] if result else rows


def _said_of(stage: PaperStage, *parts: str) -> tuple[Line, ...]:
    said = {"goal": ("Цель:", stage.goal), "task": ("Задача:", stage.task), "result": ("Результат:", stage.result)}
    return tuple(Line(tie(text), mark, "said") for mark, text in (said[part] for part in parts) if text)


def _one_by_one(activities: Group, layout: Layout) -> list[Row]:
    if layout.section_has_column:
        return _rows([(activity,) for activity in activities], layout, {})
    rows: list[Row] = []
    for section, run in groupby(activities, key=lambda one: one.section):
        if section:
            rows.append(Row("section", (Cell("section", _lines(section), colspan=len(layout.kinds)),)))
        rows += _rows([(activity,) for activity in run], layout, {})
    return rows


def _rows(groups: Sequence[Group], layout: Layout, over_all: dict[str, tuple[Line, ...]]) -> list[Row]:
    """A row for each group; `over_all` are the cells that reach over all of them, by kind of column."""
    sections = [group[0].section if group else "" for group in groups]

    def cells(place: int) -> Iterator[Cell]:
        for kind in layout.kinds:
            if kind in over_all:
                yield Cell(kind, over_all[kind], rowspan=0 if place else len(groups))
            elif kind == "activity" and layout.section_has_column:
                yield Cell(kind, _lines(sections[place]), rowspan=_height(sections, place))
            else:
                yield Cell(kind, _written(kind, groups[place], layout))

    return [Row("activity", tuple(cell for cell in cells(place) if cell.rowspan)) for place in range(len(groups))]


def _height(sections: Sequence[str], place: int) -> int:
    """How many rows the section that begins here has; 0 where it began above."""
    if place and sections[place] == sections[place - 1]:
        return 0
    return sum(1 for _ in takewhile(lambda section: section == sections[place], sections[place:]))


def _written(kind: str, group: Group, layout: Layout) -> tuple[Line, ...]:
    if not group:
        return ()
    if kind not in {"activity", "content"}:
        one = group[0]
        return _lines({"number": one.number, "term": one.term, "responsible": one.responsible}.get(kind, ""))
    beside = layout.stage_has_column and not layout.section_has_column
    lead = _lines(group[0].section) if beside else ()
    return (*lead, *(line for one in group for line in _text(one, layout, in_list=len(group) > 1)))


def _text(activity: PaperActivity, layout: Layout, *, in_list: bool) -> tuple[Line, ...]:
    lines = _lines(activity.text)
    if not layout.numbers_stand_in_text:
        return lines
    number = activity.number
    mark = (number if not number or number[-1] in ".)" else f"{number}.") or ("–" if in_list else "")
    return tuple(replace(line, mark="" if place else mark, kind="item") for place, line in enumerate(lines))


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(tie(line.strip())) for line in text.splitlines() if line.strip())
