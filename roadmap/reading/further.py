"""What stands in a plan's further columns: results, documents, co-executors, columns of unknown names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from roadmap.outline import ColumnKind
from roadmap.reading.items import read_mark
from roadmap.reading.plan import FURTHER, PlanRow
from roadmap.reading.source import Ledger, Piece
from roadmap.reading.wording import Vocabulary, tidy

Extra = tuple[tuple[ColumnKind, str], ...]


@dataclass(slots=True)
class Further:
    """The further cells of one row after the other; a cell merged with those above says what they say."""

    vocabulary: Vocabulary
    ledger: Ledger
    above: dict[ColumnKind, str] = field(default_factory=dict)

    def read(self, row: PlanRow, activities: int) -> list[Extra]:
        """The texts for each of a row's activities: a line each where a cell has as many, else all of it to each."""
        found: list[list[tuple[ColumnKind, str]]] = [[] for _ in range(activities)]
        for kind in [kind for kind in FURTHER if kind in row.cells or kind in self.above]:
            for texts, text in zip(found, self._texts(kind, row, activities), strict=True):
                if text:
                    texts.append((kind, text))
        return [tuple(texts) for texts in found]

    def _texts(self, kind: ColumnKind, row: PlanRow, activities: int) -> Sequence[str]:
        pieces = [piece for piece in row.pieces(kind) if piece not in self.ledger.taken]
        if pieces or not row.merged(kind):
            self.above[kind] = self._written(pieces)
        self.ledger.take(pieces)
        # What is merged with the heading has nothing above it.
        said = self.above.get(kind, "")
        lines = said.split("\n")
        return lines if len(lines) == activities else [said] * activities

    def _written(self, pieces: Sequence[Piece]) -> str:
        """The lines of a cell; a line that begins small goes on with the one before."""
        return "\n".join(self.vocabulary.join(lines) for lines in _paragraphs(pieces))


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[list[str]]:
    lines: list[str] = []
    for piece in pieces:
        if lines and not (tidy(piece.text)[:1].islower() and read_mark(piece.text) is None):
            yield lines
            lines = []
        lines.append(piece.text)
    if lines:
        yield lines
