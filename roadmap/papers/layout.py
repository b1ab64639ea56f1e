"""What a roadmap shows on paper, whatever the paper is made with."""

from __future__ import annotations

from dataclasses import dataclass

from core.russian import search_key
from core.typography import tie
from roadmap.papers.preamble import Block, preamble_blocks
from roadmap.papers.shapes import PaperColumn, RoadmapPaper
from roadmap.papers.stamps import Stamp, stamps
from roadmap.papers.table import Body, printed_columns, table_bodies

WIDE_FROM_COLUMNS = 5
CROWDED_FROM_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class PaperLayout:
    """`sides` are the stamps of agreement and of approval, empty where there are none at all; `is_wide` lies across.

    A table that `is_crowded` has narrow columns, so that what is to be done still has room.
    """

    organisation: str
    sides: tuple[list[Stamp], ...]
    heading: str
    preamble: list[Block]
    columns: tuple[PaperColumn, ...]
    bodies: list[Body]
    is_wide: bool
    is_crowded: bool


def lay_out_paper(paper: RoadmapPaper) -> PaperLayout:
    """Five columns and more lie across the sheet. The organisation heads the paper unless the title names it so."""
    columns = printed_columns(paper)
    sides = stamps(paper.approvals)
    return PaperLayout(
        organisation="" if search_key(paper.organisation) in search_key(paper.title) else tie(paper.organisation),
        sides=sides if any(sides) else (),
        heading=tie(paper.title),
        preamble=preamble_blocks(paper.preamble),
        columns=tuple(PaperColumn(column.kind, tie(column.title)) for column in columns),
        bodies=table_bodies(paper),
        is_wide=len(columns) >= WIDE_FROM_COLUMNS,
        is_crowded=len(columns) >= CROWDED_FROM_COLUMNS,
    )
