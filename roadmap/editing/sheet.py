"""The sheet of a plan in pages, and which rows of a page another order of the plan touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

ROWS = 100
"""Activities on a page."""

Order = Sequence[tuple[int, Sequence[int]]]
"""The keys of the stages, each with those of its activities."""


@dataclass(slots=True)
class Block:
    """A stage and those of its rows that are on the page; whether the first and the last of them are there."""

    stage: int
    rows: list[int]
    begins: bool
    ends: bool


@dataclass(slots=True)
class SheetPage:
    """A page of a sheet; pages count from 1."""

    number: int
    total: int = 1
    blocks: list[Block] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        return [row for block in self.blocks for row in block.rows]

    @property
    def parts(self) -> list[str]:
        """What can be pointed at, in its order: «s3», «a12»."""
        return [part for block in self.blocks for part in (f"s{block.stage}", *(f"a{row}" for row in block.rows))]


@dataclass(frozen=True, slots=True)
class Touched:
    """What makes a page another: parts that go, and those that come or move, each behind another part, in this order."""

    gone: list[str]
    put: list[tuple[str, str]]


def pages_of(order: Order, rows: int = ROWS) -> list[SheetPage]:
    """The plan in pages of so many rows; a stage that does not fit goes on on the next page."""
    pages, left = [SheetPage(1)], rows
    for stage, activities in order:
        todo = list(activities)
        while True:
            if todo and not left:
                pages.append(SheetPage(len(pages) + 1))
                left = rows
            here, rest = todo[:left], todo[left:]
            pages[-1].blocks.append(Block(stage, here, begins=todo == list(activities), ends=not rest))
            todo, left = rest, left - len(here)
            if not todo:
                break
    for page in pages:
        page.total = len(pages)
    return pages


def page_with(pages: Iterable[SheetPage], part: str) -> SheetPage | None:
    """The page this row is on, «a12», or on which this stage begins, «s3»."""
    return next((page for page in pages if part in page.parts), None)


def touched(before: SheetPage, after: SheetPage, acted: str = "") -> Touched | None:
    """What differs when `acted` is the one part that may have changed its place; None where whole stages differ."""
    if [(block.stage, block.ends) for block in before.blocks] != [(block.stage, block.ends) for block in after.blocks]:
        return None
    was, now = before.parts, after.parts
    return Touched(
        gone=[part for part in was if part not in now],
        put=[(part, behind) for behind, part in pairwise(now) if part not in was or part == acted],
    )
