"""Rows of the plan become stages, sections and activities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from roadmap.outline import ColumnKind
from roadmap.reading.broken import join_broken
from roadmap.reading.classify import Layout, RowKind, bare_number, classify, lay_out, look, stage_number
from roadmap.reading.drafts import DraftActivity, Drafts, DraftStage, Said
from roadmap.reading.further import Further
from roadmap.reading.headings import Headings, Section
from roadmap.reading.items import Entry, as_one, read_entries
from roadmap.reading.plan import Plan, PlanRow
from roadmap.reading.sections import settle_columns
from roadmap.reading.source import Ledger, Piece
from roadmap.reading.stages import LABEL, Head, read_head
from roadmap.reading.wording import Vocabulary, plain

LONGEST_NUMBER = 20
HAS_LETTER = re.compile(r"[^\W\d_]")
TEXTS: tuple[ColumnKind, ...] = ("stage", "activity", "content")


def build(plan: Plan, vocabulary: Vocabulary, ledger: Ledger) -> Drafts:
    """Stages and activities of a plan. What a field takes is taken from the ledger."""
    settle_columns(plan)
    layout = lay_out(plan.header, plan.rows)
    further = Further(vocabulary, ledger)
    builder = _Builder(layout, vocabulary, ledger, further, Drafts(numbered=layout.numbered))
    for row in join_broken(plan.rows, vocabulary, numbered=layout.numbered):
        builder.read(row)
    return builder.drafts


@dataclass(slots=True)
class _Builder:
    layout: Layout
    vocabulary: Vocabulary
    ledger: Ledger
    further: Further
    drafts: Drafts
    headings: Headings = field(default_factory=Headings)
    column: Section = field(default_factory=Section)
    term: Said = field(default_factory=Said)
    responsible: Said = field(default_factory=Said)

    def read(self, row: PlanRow) -> None:
        kind = classify(row, self.layout)
        if kind is RowKind.FIELDS:
            self._fields(row)
        elif kind is RowKind.STAGE:
            self._stage_row(row)
        elif kind is RowKind.SECTION:
            pieces = row.pieces("number", *TEXTS)
            self.headings.open(look(row, self.layout), Section(self._text(pieces).removesuffix(":"), pieces))
        elif kind is RowKind.ACTIVITIES:
            self._stage_cell(row)
            if not self._said_of_stage(row):
                self._activities(row)

    def _text(self, pieces: Sequence[Piece]) -> str:
        return self.vocabulary.join([piece.text for piece in pieces])

    def _fields(self, row: PlanRow) -> None:
        if self.drafts.stages:
            self.drafts.stages[-1].add_all(read_head(row.lead).fields)
            self.ledger.take(row.pieces(*row.lead_kinds))

    def _stage_row(self, row: PlanRow) -> None:
        number = row.pieces("number") if row.lead_kinds != ["number"] else []
        name = row.pieces(*row.lead_kinds)
        self._open(read_head(self._text(name)), stage_number(self._text(number)), row.line)
        self.ledger.take(number + name)
        self._stage_result(row)

    def _stage_cell(self, row: PlanRow) -> None:
        if not row.text("stage"):
            return
        pieces = row.pieces("stage")
        head = read_head(self._text(pieces))
        current = self.drafts.stages[-1] if self.drafts.stages else None
        if current is not None and not head.name:
            current.add_all(head.fields)
        elif current is None or not _same(current, head):
            number = [] if self.layout.numbered else row.pieces("number")
            self._open(head, stage_number(self._text(number)), row.line)
            self.ledger.take(number)
        else:
            current.add_all({name: text for name, text in head.fields.items() if current.fields.get(name) != text})
        self.ledger.take(pieces)
        if self.layout.stage_results:
            self._stage_result(row)

    def _stage_result(self, row: PlanRow) -> None:
        if row.text("result"):
            self.drafts.stages[-1].add_all({"result": self._text(row.pieces("result"))})
            self.ledger.take(row.pieces("result"))

    def _said_of_stage(self, row: PlanRow) -> bool:
        """Whether the row says beside the stage's cell what the stage is for; that is taken then."""
        if row.when or not row.text("stage"):
            return False
        pieces = self._said(row)
        text = self._text(pieces)
        if not LABEL.match(text):
            return False
        self.drafts.stages[-1].add_all(read_head(text).fields)
        self.ledger.take(pieces)
        return True

    def _open(self, head: Head, number: str | None, line: int) -> None:
        name = head.name or " ".join(head.fields.values())
        if number is not None and head.number not in {None, number}:
            name = f"{head.number}. {name}"
        self.drafts.stages.append(DraftStage(number or head.number, name, line, dict(head.fields)))
        self.headings, self.column = Headings(), Section()

    def _activities(self, row: PlanRow) -> None:
        number, pieces = self._free_number(row), self._said(row)
        if number is not None and (len(number) > LONGEST_NUMBER or not pieces):
            number, pieces = None, row.pieces("number") + pieces
        intro, found = self._entries(pieces, number)
        texts = [(entry, entry.text(self.vocabulary)) for entry in found]
        entries = [(entry, text) for entry, text in texts if HAS_LETTER.search(text)]
        if not entries:
            return
        section = self._section(row, intro)
        term, term_guessed = self._cell(row, "term", self.term)
        responsible, responsible_guessed = self._cell(row, "responsible", self.responsible)
        if not self.layout.dated and (heading := self.headings.when()) is not None:
            term = self._said_once(heading)
        self.term, self.responsible = term, responsible
        for (entry, text), extra in zip(entries, self.further.read(row, len(entries)), strict=True):
            activity = DraftActivity(
                number=entry.number,
                section=section,
                text=text,
                line=entry.pieces[0].line,
                term=term,
                responsible=responsible,
                extra=extra,
                inherited=term_guessed or responsible_guessed,
                joined=row.joined > 0,
            )
            (self.drafts.stages[-1].activities if self.drafts.stages else self.drafts.loose).append(activity)
            self.ledger.take(entry.pieces)
        if number is not None and entries[0][0].number == number:
            self.ledger.take(row.pieces("number"))

    def _said_once(self, heading: Section) -> Said:
        """The time a heading says, the same for all that stand under it."""
        name = heading.name or ""
        return self.term if self.term.text == name else Said((name,), name)

    def _said(self, row: PlanRow) -> list[Piece]:
        """The pieces that say what is to be done: the content where there is one, else the activity."""
        kinds: tuple[ColumnKind, ...] = ("content", "activity")
        return next((row.pieces(kind) for kind in kinds if row.text(kind)), [])

    def _free_number(self, row: PlanRow) -> str | None:
        """The number of a row unless it is the number of its stage or section."""
        pieces = row.pieces("number")
        of_section = not self.layout.numbered and row.text("activity") and row.text("content")
        return None if of_section or self.ledger.has(pieces) else bare_number(self._text(pieces))

    def _entries(self, pieces: Sequence[Piece], number: str | None) -> tuple[Entry | None, tuple[Entry, ...]]:
        """The entries of a row, and the line that introduces them. A row with a number of its own is one entry."""
        if number is not None and self.layout.numbered:
            return None, (as_one(pieces, number, self.vocabulary),)
        found = read_entries(pieces)
        alone = len(found.entries) == 1 and found.intro is None
        listed = len(found.entries) > 1 and all(entry.number for entry in found.entries)
        if self.layout.listing or alone or listed:
            if alone and found.entries[0].number is None:
                found.entries[0].number = number
            return found.intro, found.entries
        return None, (as_one(pieces, number, self.vocabulary),) if pieces else ()

    def _section(self, row: PlanRow, intro: Entry | None) -> str | None:
        if row.text("content") and row.text("activity"):
            number = [] if self.layout.numbered or self.ledger.has(row.pieces("number")) else row.pieces("number")
            pieces = number + row.pieces("activity")
            self.column = Section(self._text(pieces), pieces)
        elif row.text("activity"):
            self.column = Section()
        sections = [*self.headings.under(), self.column]
        for section in sections:
            self.ledger.take(section.pieces)
        names = [section.name for section in sections]
        if intro is not None:
            names.append(intro.text(self.vocabulary).removesuffix(":").strip())
            self.ledger.take(intro.pieces)
        *outer, inner = [name for name in names if name] or [""]
        return ". ".join([*(name.removesuffix(".") for name in outer), inner]) or None

    def _cell(self, row: PlanRow, kind: ColumnKind, above: Said) -> tuple[Said, bool]:
        """The cell of a row: its own, the one it is merged with, or, below an unrepeated section, the one above."""
        pieces = row.pieces(kind)
        if row.text(kind):
            self.ledger.take(pieces)
            return Said(tuple(piece.text.strip() for piece in pieces), self._text(pieces)), False
        if row.merged(kind):
            return above, False
        below_section = bool(self.column.name) and not row.text("activity") and bool(row.text("content"))
        if below_section and above.lines and not row.when:
            return above, True
        return Said(), False


def _same(stage: DraftStage, head: Head) -> bool:
    """Whether a stage's cell names the stage that is open already."""
    return plain(stage.name) == plain(head.name) and head.number in {None, stage.number}
