"""Where the heading of a table stands: in one row or in two, below a title, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from roadmap.outline import Column
from roadmap.reading.guess import is_standard
from roadmap.reading.headers import BARE_NUMBER, YEAR_OR_MONTH, Header, infer, recognise
from roadmap.reading.source import Row, Table
from roadmap.reading.wording import plain, tidy

HEADING_ROWS = 12  # rows of a table among which its heading is looked for; above it may stand a title
MIN_STANDARD = 3
LONGEST_PART = 40  # letters of a title that is one of several under a common one
COUNTED = 10  # rows whose first cells tell whether a column without a title counts them


class Heading(NamedTuple):
    """The columns of a table; its heading stands below `above` rows, its plan begins with the row `first`."""

    header: Header
    above: int
    first: int


def find_heading(table: Table, *, lost: bool) -> Heading | None:
    """The heading of a table, None when it is no plan.

    With `lost` the columns are guessed from standard activities among the rows, and the first row is the first of all.
    """
    if table.header is not None:
        return Heading(table.header, 0, 0)
    if lost:
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        standard = [row for row in texts if any(is_standard(text) for text in row)]
        return Heading(infer(standard), 0, 0) if len(standard) >= MIN_STANDARD else None
    for place in range(min(HEADING_ROWS, len(table.rows))):
        if (found := _heading_at(table.rows, place)) is not None:
            header, first = found
            return Heading(_counted(header, table.rows[first:]), place, first)
    return None


def _heading_at(rows: Sequence[Row], place: int) -> tuple[Header, int] | None:
    row = rows[place]
    upper = [tidy(cell.text) for cell in row.cells]
    if place + 1 < len(rows) and (lower := _parts(row, rows[place + 1])) is not None:
        groups = ["" if lower[at] is None else _group(upper, at) for at in range(len(upper))]
        header = recognise([text if part is None else part for text, part in zip(upper, lower, strict=True)], groups)
        if header is not None:
            return header, place + 2
    header = recognise(upper)
    return None if header is None else (_spread(header, row), place + 1)


def _parts(row: Row, below: Row) -> list[str | None] | None:
    """The titles that stand under common ones, by column; None for a column that has one of its own.

    None altogether when the row below is no second row of the heading: it has a text under none of the common titles.
    """
    grouped = _grouped(row)
    texts = [tidy(cell.text) for cell in below.cells[: len(row.cells)]]
    texts += [""] * (len(row.cells) - len(texts))
    written = {place for place, text in enumerate(texts) if text}
    if len(written) < 2 or not written <= grouped or any(not _is_title(texts[place]) for place in written):
        return None
    return [texts[place] if place in grouped else None for place in range(len(texts))]


def _grouped(row: Row) -> set[int]:
    """The columns under a title that reaches over more than one, but not over all."""
    places: set[int] = set()
    if sum(bool(cell.text.strip()) for cell in row.cells) < 2:
        return places
    for place, cell in enumerate(row.cells):
        if place and (cell.spanned or not cell.text.strip()):
            places |= {place - 1, place}
    return places


def _group(titles: Sequence[str], place: int) -> str:
    return next((title for title in reversed(titles[: place + 1]) if title), "")


def _is_title(text: str) -> bool:
    wording = plain(text)
    return len(text) <= LONGEST_PART and not YEAR_OR_MONTH.search(wording) and not text[0].isdigit()


def _spread(header: Header, row: Row) -> Header:
    """A title over several columns names all of them."""
    kinds = list(header.kinds)
    for place, cell in enumerate(row.cells):
        if cell.spanned and place:
            kinds[place] = kinds[place - 1]
    return replace(header, kinds=tuple(kinds))


def _counted(header: Header, rows: Sequence[Row]) -> Header:
    """A first column without a title counts the rows where it holds nothing but numbers."""
    if "number" in header.kinds or header.kinds[0] is not None:
        return header
    first = [text for text in _first_texts(rows[:COUNTED]) if text]
    if not first or not all(BARE_NUMBER.match(text) for text in first):
        return header
    return replace(header, kinds=("number", *header.kinds[1:]), columns=(Column("number", "№"), *header.columns))


def _first_texts(rows: Sequence[Row]) -> Iterator[str]:
    return (tidy(row.cells[0].text) for row in rows if row.cells)
