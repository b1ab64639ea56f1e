"""A draft as its page shows it: cards with their notes, in the order of the document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from roadmap.board.words import span_words
from roadmap.checking import Finding, finding_key, label_of
from roadmap.checking.findings import CODES
from roadmap.drafting.faults import Faults, faults_of
from roadmap.drafting.findings import NOTHING_KNOWN, SchoolFacts, findings_of
from roadmap.drafting.sheet import FIELDS, HEAD, Part, Sheet, note_key


@dataclass(slots=True)
class NoteView:
    """A warning at its place; `mend` says what a button could do about it, `after` is the key of the next open one."""

    key: str
    text: str
    quote: str
    is_settled: bool
    mend: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two windows wrote differently."""

    name: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Card:
    """One part of the draft: its fields, what is understood, what is amiss; `extra` are titles and texts."""

    part: Part
    days: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]
    notes: list[NoteView]
    faults: Faults
    differences: list[Difference]

    @property
    def key(self) -> str:
        return self.part.key

    @property
    def fields(self) -> dict[str, str]:
        return self.part.fields


@dataclass(frozen=True, slots=True)
class StageBlock:
    """A stage and its activities, the deleted among them."""

    card: Card
    activities: list[Card]


@dataclass(slots=True)
class DraftPage:
    """Everything the page of a draft shows."""

    head: Card
    approvals: list[Card]
    stages: list[StageBlock]
    notes: list[NoteView] = field(default_factory=list)
    faulty: list[Card] = field(default_factory=list)

    @property
    def open_notes(self) -> list[NoteView]:
        return [note for note in self.notes if not note.is_settled]

    @property
    def activities(self) -> int:
        return sum(not card.part.gone for block in self.stages for card in block.activities)

    def cards(self) -> list[Card]:
        """Every part in the order of the page."""
        blocks = [card for block in self.stages for card in (block.card, *block.activities)]
        return [self.head, *self.approvals, *blocks]


def draft_page(sheet: Sheet, settled: Collection[str], today: date, school: SchoolFacts = NOTHING_KNOWN) -> DraftPage:
    """The page of a sheet; `settled` are the keys of the notes put aside."""
    findings = findings_of(sheet, school)

    def card(key: str) -> Card:
        found = [finding for finding in findings if finding.key == key]
        return card_of(sheet.parts[key], sheet, settled, today, found)

    page = DraftPage(
        head=card(HEAD),
        approvals=[card(key) for key in sheet.approvals],
        stages=[StageBlock(card(key), [card(part.key) for part in sheet.of_stage(key)]) for key in sheet.stages],
    )
    standing = [found for found in page.cards() if not found.part.gone]
    page.notes = [note for found in standing for note in found.notes]
    page.faulty = [found for found in standing if found.faults]
    waiting = page.open_notes
    for note, following in pairwise(waiting):
        note.after = following.key
    return page


def card_of(part: Part, sheet: Sheet, settled: Collection[str], today: date, findings: Sequence[Finding] = ()) -> Card:
    """One part as it is shown; of what both the reader and the checks tell, the checks know how it stands now."""
    notes = [
        NoteView(note_key(part.key, note), note.text, note.quote, is_settled=False)
        for note in part.open_notes()
        if note.code not in CODES
    ]
    notes += [
        NoteView(finding_key(found), found.text, found.quote, False, mend=label_of(found.mend) if found.mend else "")
        for found in findings
    ]
    for note in notes:
        note.is_settled = note.key in settled
        note.quote = "" if note.quote in note.text else note.quote
    return Card(
        part=part,
        days=tuple(span_words(first, last, today) for first, last in part.windows),
        extra=tuple((title, part.fields[kind]) for kind, title in sheet.titles.items() if part.fields.get(kind)),
        notes=notes,
        faults=faults_of(part, sheet),
        differences=_differences(part),
    )


def _differences(part: Part) -> list[Difference]:
    if part.rival is None:
        return []
    return [
        Difference(name, part.fields[name], part.rival[name])
        for name in FIELDS[part.kind]
        if part.fields[name] != part.rival[name]
    ]
