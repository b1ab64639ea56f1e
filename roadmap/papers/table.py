"""The table of a roadmap in the school's own columns.

A stage is a row over the whole table, or a cell beside its activities where the school gives it a column; what is
said of it stands in a row of its own above them. Runs of activities with one section, term and responsible share
a row there, as schools write such tables.
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


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one stage. `is_whole` asks for one page: its cell may be higher than the first row beside it,
    and the engine lets such a cell hang out below a page's last row.
    """

    rows: tuple[Row, ...]
    is_whole: bool


def printed_columns(paper: RoadmapPaper) -> tuple[PaperColumn, ...]:
    """The school's own columns, and one more for what was entered and has no place in them.

    A column of results that only stages have is left out where a stage is a row and says its result below it.
    """
    columns = list(paper.columns) or list(DEFAULT_COLUMNS)
    kinds = {column.kind for column in columns}
    activities = [activity for stage in paper.stages for activity in stage.activities]
    if "stage" not in kinds and any(stage.result for stage in paper.stages):
        columns = [one for one in columns if one.kind != "result" or any(map(_has_result, activities))]
    _, activity, term, responsible = DEFAULT_COLUMNS
    if kinds.isdisjoint({"activity", "content"}):
        columns.append(activity)
    if "term" not in kinds and any(one.term for one in activities):
        columns.append(term)
    if "responsible" not in kinds and any(one.responsible for one in activities):
        columns.append(responsible)
    return tuple(columns)


def _has_result(activity: PaperActivity) -> bool:
    return "result" in dict(activity.extra)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the kinds of columns make up the table; `stages_are_counted` in the column of numbers, above their lines."""

    kinds: tuple[str, ...]
    stages_are_counted: bool

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


def table_bodies(paper: RoadmapPaper) -> list[Body]:
    """The table below its heading, a body for each stage."""
    kinds = tuple(column.kind for column in printed_columns(paper))
    layout = Layout(kinds, stages_are_counted=kinds[0] == "number" and all(map(_heads_its_numbers, paper.stages)))
    if not layout.stage_has_column:
        return [Body(tuple(_under_its_stage(stage, layout)), is_whole=False) for stage in paper.stages]
    bodies = (_beside_its_stage(stage, layout) for stage in paper.stages)
    return [Body(tuple(rows), is_whole=rows[0].kind != "stage") for rows in bodies]


def _beside_its_stage(stage: PaperStage, layout: Layout) -> list[Row]:
    runs = groupby(stage.activities, key=lambda one: (one.section, one.term, one.responsible, one.extra))
    groups: list[Group] = [tuple(run) for _, run in runs] or [()]
    beside = "result" in layout.kinds and not any(map(_has_result, stage.activities))
    said = _said_of(stage, "goal", "task", *(() if beside else ("result",)))
    height = len(groups) + bool(said)
    over_all = {
        **({"result": Cell("result", _lines(stage.result), rowspan=len(groups))} if beside else {}),
        "number": Cell("number", _lines(stage.number), rowspan=height),
        "stage": Cell("stage", (Line(tie(stage.name), kind="name"),), rowspan=height),
    }
    rows = _rows(groups, layout, over_all)
    if not said:
        return rows
    named = [cell for cell in rows[0].cells if cell.kind in {"number", "stage"}]
    head = Row("stage", (*named, Cell("said", said, colspan=len(layout.kinds) - len(named))))
    return [head, Row("activity", tuple(cell for cell in rows[0].cells if cell not in named)), *rows[1:]]


def _under_its_stage(stage: PaperStage, layout: Layout) -> list[Row]:
    width = len(layout.kinds)
    said = _said_of(stage, "goal", "task")
    if layout.stages_are_counted:
        name = Line(tie(stage.name), kind="name")
        head: tuple[Cell, ...] = (Cell("number", _lines(stage.number)), Cell("over", (name, *said), colspan=width - 1))
    else:
        name = Line(tie(stage.name), f"Этап {stage.number}." if stage.number else "", "name")
        head = (Cell("over", (name, *said), colspan=width),)
    rows = [Row("stage", head), *_one_by_one(stage.activities, layout)]
    result = _said_of(stage, "result")
    return [*rows, Row("result", (Cell("over", result, colspan=width),))] if result else rows


def _heads_its_numbers(stage: PaperStage) -> bool:
    """Whether the stage's number leads those below, as 1 does 1.1; in a list counted through it would be one of them."""
    numbers = [activity.number for activity in stage.activities]
    return not any(numbers) or any(number.startswith(f"{stage.number.rstrip('.')}.") for number in numbers)


def _said_of(stage: PaperStage, *parts: str) -> tuple[Line, ...]:
    said = {"goal": ("Цель:", stage.goal), "task": ("Задача:", stage.task), "result": ("Результат:", stage.result)}
    return tuple(Line(tie(text), mark, "said") for mark, text in (said[part] for part in parts) if text)


def _one_by_one(activities: Group, layout: Layout) -> list[Row]:
    if layout.section_has_column:
        return _rows([(activity,) for activity in activities], layout, {})
    rows: list[Row] = []
    for section, run in groupby(activities, key=lambda one: one.section):
        if section:
            rows.append(Row("section", (Cell("over", _lines(section), colspan=len(layout.kinds)),)))
        rows += _rows([(activity,) for activity in run], layout, {})
    return rows


def _rows(groups: Sequence[Group], layout: Layout, over_all: dict[str, Cell]) -> list[Row]:
    """A row for each group; `over_all` are the cells that reach over all of them, by kind of column."""
    sections = [group[0].section if group else "" for group in groups]

    def cells(place: int) -> Iterator[Cell]:
        for kind in layout.kinds:
            if kind in over_all:
                yield from () if place else (over_all[kind],)
            elif kind == "activity" and layout.section_has_column:
                yield from _section_cell(sections, place)
            else:
                yield Cell(kind, _written(kind, groups[place], layout))

    return [Row("activity", tuple(cells(place))) for place in range(len(groups))]


def _section_cell(sections: Sequence[str], place: int) -> Iterator[Cell]:
    """A cell over all rows of the section that begins here; none where it began above."""
    if not place or sections[place] != sections[place - 1]:
        height = sum(1 for _ in takewhile(lambda section: section == sections[place], sections[place:]))
        yield Cell("section", _lines(sections[place]), rowspan=height)


def _written(kind: str, group: Group, layout: Layout) -> tuple[Line, ...]:
    if not group:
        return ()
    if kind not in {"activity", "content"}:
        one = group[0]
        said = {"number": one.number, "term": one.term, "responsible": one.responsible, **dict(one.extra)}
        return _lines(said.get(kind, ""))
    beside = layout.stage_has_column and not layout.section_has_column
    lead = _lines(_introducing(group[0].section, len(group))) if beside else ()
    return (*lead, *(line for one in group for line in _text(one, layout, in_list=len(group) > 1)))


def _introducing(section: str, entries: int) -> str:
    """The section as the line above its entries."""
    return f"{section}:" if section and entries > 1 and section[-1] not in ":.;,!?" else section


def _text(activity: PaperActivity, layout: Layout, *, in_list: bool) -> tuple[Line, ...]:
    lines = _lines(activity.text)
    if not layout.numbers_stand_in_text:
        return lines
    number = activity.number
    mark = (number if not number or number[-1] in ".)" else f"{number}.") or ("–" if in_list else "")
    return tuple(replace(line, mark="" if place else mark, kind="item") for place, line in enumerate(lines))


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(tie(line.strip())) for line in text.splitlines() if line.strip())
