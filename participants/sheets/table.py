"""A sheet as a table: where its headings stand, what each column is called, the rows below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.russian import one_line
from participants.sheets.headers import LONGEST_HEADER, guess_columns
from participants.sheets.opening import Book, Merged, Row, Sheet
from participants.sheets.refusals import SheetRefused

LOOKED_AT = 40
"""Rows from the top in which the headings may stand."""
NAMES = frozenset({"full_name", "surname"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its heading as it stands, the field it is taken for or None.

    `width` columns of the sheet stand under a heading that is merged over them.
    """

    place: int
    header: str
    field: str | None
    width: int = 1

    def text(self, texts: Sequence[str]) -> str:
        """What a row says in this column."""
        return " ".join(filter(None, (text.strip() for text in texts[self.place : self.place + self.width])))


@dataclass(frozen=True, slots=True)
class Table:
    """The list in a sheet; `columns` are those with a heading or anything below it."""

    sheet: str
    columns: tuple[Column, ...]
    rows: list[Row]
    is_1904: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    """Headings that were found: the wordings of each column, the fields, the place of the last row of headings."""

    names: list[tuple[str, ...]]
    fields: list[str | None]
    end: int

    @property
    def worth(self) -> int:
        return len({field for field in self.fields if field}) if NAMES & set(self.fields) else 0


def find_table(book: Book, side: str, remembered: Mapping[str, str] | None = None, sheet: str | None = None) -> Table:
    """The table of the named sheet, else of the first that has one with people in it. Raises SheetRefused."""
    chosen = [one for one in book.sheets if sheet is None or one.name == sheet]
    if not chosen:
        raise SheetRefused("sheet")
    tables = [table for one in chosen if (table := table_of(one, side, remembered or {}, is_1904=book.is_1904))]
    if not tables:
        raise SheetRefused("header")
    return next((table for table in tables if table.rows), tables[0])


def table_of(sheet: Sheet, side: str, remembered: Mapping[str, str], *, is_1904: bool = False) -> Table | None:
    """The table of a sheet; None where no row of headings names the people."""
    heads = [head for head in _heads(sheet, side, remembered) if head.worth]
    if not heads:
        return None
    # The first of those that say the most: a list may repeat its headings further down.
    head = max(heads, key=lambda head: head.worth)
    rows = [row for row in sheet.rows[head.end + 1 :] if not _is_numbering(row[1])]
    width = max([len(head.names), *(len(texts) for _number, texts in rows)])
    used = {place for _number, texts in rows for place, text in enumerate(texts) if text.strip()}
    wide = _wide(sheet, head)
    under = {place for start, length in wide.items() for place in range(start + 1, start + length)}
    columns = tuple(
        Column(
            place,
            _shown(head.names, place),
            head.fields[place] if place < len(head.fields) else None,
            wide.get(place, 1),
        )
        for place in range(width)
        if place not in under and (place in used or (place < len(head.names) and head.names[place]))
    )
    again = {place: " ".join(name[0].split()) for place, name in enumerate(head.names) if name}
    return Table(sheet.name, columns, [row for row in rows if not _repeats(row[1], again)], is_1904)


def _wide(sheet: Sheet, head: _Head) -> dict[int, int]:
    """How many columns a heading is merged over, by its place, where they have no headings of their own."""
    number = sheet.rows[head.end][0]
    return {
        one.left - 1: one.right - one.left + 1
        for one in sheet.merged
        if one.top <= number <= one.bottom
        and one.right > one.left
        and not any(head.names[place] for place in range(one.left, min(one.right, len(head.names))))
    }


def _shown(names: Sequence[tuple[str, ...]], place: int) -> str:
    return names[place][0] if place < len(names) and names[place] else ""


def _repeats(texts: Sequence[str], headings: Mapping[int, str]) -> bool:
    """The headings once more, as on each printed page."""
    if not any(text.strip() == headings.get(place) for place, text in enumerate(texts[:8])):
        return False
    said = {place: " ".join(text.split()) for place, text in enumerate(texts) if text.strip()}
    return len(said) > 1 and all(headings.get(place) == text for place, text in said.items())


def _heads(sheet: Sheet, side: str, remembered: Mapping[str, str]) -> Iterator[_Head]:
    """What each of the first rows gives as headings: by itself, and with the row of groups above it."""
    rows = sheet.rows[:LOOKED_AT]
    for place, (number, texts) in enumerate(rows):
        if _is_too_long(texts):
            continue
        own: list[tuple[str, ...]] = [(tidy(text),) if text.strip() else () for text in texts]
        yield _Head(own, guess_columns(own, side, remembered), place)
        below = rows[place + 1] if place + 1 < len(rows) else None
        if not below or below[0] != number + 1 or _is_too_long(below[1]):
            continue
        if not _is_title(rows[place], below[1], sheet.merged):
            both = _joined(_spread(rows[place], sheet.merged, len(below[1])), below[1])
            head = _Head(both, guess_columns(both, side, remembered), place + 1)
            # A first row of people says nothing that a heading would.
            if _are_headings(below[1], side, remembered) or _has_groups(number, sheet.merged):
                yield head


def _is_too_long(texts: Sequence[str]) -> bool:
    return any(len(text) > LONGEST_HEADER for text in texts)


def _is_title(row: Row, below: Sequence[str], merged: Sequence[Merged]) -> bool:
    """The only text of the row stands over one column or over most of them, and so over no group of columns."""
    number, texts = row
    said = [place for place, text in enumerate(texts, 1) if text.strip()]
    widths = [one.right - one.left + 1 for one in merged if one.top <= number <= one.bottom and one.left in said]
    width, headings = max(widths, default=1), sum(bool(text.strip()) for text in below)
    return len(said) == 1 and (width == 1 or width * 2 > headings)


def _are_headings(texts: Sequence[str], side: str, remembered: Mapping[str, str]) -> bool:
    known = guess_columns([(tidy(text),) if text.strip() else () for text in texts], side, remembered)
    said = sum(bool(text.strip()) for text in texts)
    return said > 0 and sum(field is not None for field in known) * 2 >= said


def _has_groups(number: int, merged: Sequence[Merged]) -> bool:
    """A cell of the row reaches over several columns with headings of their own below, others reach down beside it."""
    wide = any(one.top == one.bottom == number and one.right > one.left for one in merged)
    return wide and any(one.top == number and one.bottom == number + 1 for one in merged)


def _spread(row: Row, merged: Sequence[Merged], width: int) -> list[str]:
    """The row's texts with those of merged cells in every column they reach over."""
    number, texts = row
    spread = [*texts, *[""] * max(width - len(texts), 0)]
    for one in merged:
        if one.top <= number <= one.bottom:
            for column in range(one.left, min(one.right, len(spread)) + 1):
                spread[column - 1] = texts[one.left - 1] if one.left <= len(texts) else ""
    return spread


def _joined(above: Sequence[str], below: Sequence[str]) -> list[tuple[str, ...]]:
    """The wordings of each column under two rows of headings, the fullest first.

    A group that is not merged reaches to the next one, as far as there are headings below it.
    """
    names: list[tuple[str, ...]] = []
    group = ""
    for place, text in enumerate(above):
        own = tidy(below[place]) if place < len(below) else ""
        group = tidy(text) or (group if own else "")
        whole = " ".join(dict.fromkeys(filter(None, (group, own))))
        names.append(tuple(dict.fromkeys(filter(None, (whole, own) if own else (group,)))))
    return names


def _is_numbering(texts: Sequence[str]) -> bool:
    """The row «1 2 3 4» beneath the headings."""
    said = [text.strip() for text in texts if text.strip()]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]


def tidy(text: str) -> str:
    """The words of a cell with single spaces, without signs that are not seen."""
    words = " ".join(text.split())
    if words.isprintable():
        return words
    return one_line(words)
