"""Plain text whose columns were lost: stages are known by their names, all else is what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.reading.source import Cell, Piece, Row
from roadmap.reading.stages import spelled_name, take_number

NAME_LINES = 8
ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class _Head:
    """A stage's name found in the lines from one on, cut out of them: its number, its name, what follows it."""

    number: Piece
    order: int
    name: tuple[Piece, ...]
    rest: Piece
    lines: int


def flat_rows(pieces: Sequence[Piece]) -> list[Row]:
    """One row for each stage: number, name, and everything up to the next stage."""
    rows: list[Row] = []
    number: tuple[Piece, ...] = ()
    name: tuple[Piece, ...] = ()
    content: list[Piece] = []
    place, order = 0, 0
    while place < len(pieces):
        head = _head(pieces, place)
        if head is None or head.order <= order:
            content.append(pieces[place])
            place += 1
            continue
        rows += _row(number, name, content)
        number, name, content = (head.number,), head.name, [head.rest]
        place, order = place + head.lines, head.order
    return rows + _row(number, name, content)


def first_head(pieces: Sequence[Piece]) -> int | None:
    """The place of the first of at least three stage names that follow in order, None when there are fewer."""
    places: list[int] = []
    order = 0
    for place in range(len(pieces)):
        head = _head(pieces, place)
        if head is not None and head.order > order:
            places.append(place)
            order = head.order
    return places[0] if len(places) >= 3 else None


def _row(number: Sequence[Piece], name: Sequence[Piece], content: Sequence[Piece]) -> list[Row]:
    cells = tuple(Cell(tuple(piece for piece in pieces if not piece.blank)) for pieces in (number, name, content))
    return [Row(cells)] if any(cell.pieces for cell in cells) else []


def _head(pieces: Sequence[Piece], place: int) -> _Head | None:
    first = pieces[place]
    number, rest = take_number(first.text[:200])
    if number is None:
        return None
    cut = len(first.text[:200]) - len(rest)
    texts = [first.text[cut:]]
    for piece in pieces[place + 1 : place + NAME_LINES]:
        if piece.blank:
            break
        texts.append(piece.text)
    spelled = spelled_name(texts)
    if spelled is None:
        return None
    lines, end = spelled
    origins = [(first.line, texts[0])] + [(piece.line, piece.text) for piece in pieces[place + 1 : place + lines]]
    name = [Piece(line, text) for line, text in origins[:-1]] + [Piece(origins[-1][0], origins[-1][1][:end])]
    left = Piece(origins[-1][0], origins[-1][1][end:])
    return _Head(Piece(first.line, first.text[:cut]), _order(number), tuple(name), left, lines)


def _order(number: str) -> int:
    """The place that a number gives, Arabic or Roman, whatever is called by it: 2 of «Раздел II»."""
    count = next(word for word in number.upper().split() if word.isdigit() or ROMAN.keys() >= set(word))
    if count.isdigit():
        return int(count)
    values = [ROMAN[sign] for sign in count]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
