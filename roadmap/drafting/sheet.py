"""The working copy of a roadmap: its parts, each with fields as typed and with what is understood of them."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from roadmap.outline import EXTRA_KINDS, Person
from roadmap.terms import Calendar, Term, TermWarning, Window

HEAD = "head"
APPROVAL, STAGE, ACTIVITY = "p", "s", "a"
"""A part's key begins with its kind: `head`, `p1`, `s1`, `a1`."""

FIELDS: dict[str, tuple[str, ...]] = {
    HEAD: ("title", "organisation", "starts_on", "ends_on", "preamble"),
    APPROVAL: ("word", "by", "person", "basis", "date", "number"),
    STAGE: ("number", "name", "goal", "task", "result"),
    ACTIVITY: ("number", "stage", "section", "text", "term", "starts_on", "ends_on", "responsible", *EXTRA_KINDS),
}
"""The fields of each kind of part; `stage` holds a stage's key. Of the further columns a document has but some."""

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at: a stable code, the words it is about, a sentence for the curator.

    A `lasting` note quotes words that stand in no field of its part, so no edit of them ends it.
    """

    code: str
    quote: str
    text: str
    lasting: bool = False


@dataclass(slots=True)
class Part:
    """One thing that is edited and saved by itself.

    `revision` grows with every save; `rival` is what another window wrote over an older revision, kept
    until the curator chooses. `term` and `people` are what `fields` were last understood as.
    """

    key: str
    fields: Fields
    revision: int = 1
    gone: bool = False
    line: int | None = None
    notes: list[Note] = field(default_factory=list)
    rival: Fields | None = None
    term: Term | None = None
    people: list[Person] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return HEAD if self.key == HEAD else self.key[0]

    @property
    def own_days(self) -> Window | None:
        """The days the curator set by hand, None unless both are there and in order."""
        first, last = parse_day(self.fields.get("starts_on", "")), parse_day(self.fields.get("ends_on", ""))
        return (first, last) if first and last and first <= last else None

    @property
    def windows(self) -> tuple[Window, ...]:
        """When the activity is to happen: by hand, else as the term says."""
        own = self.own_days
        if own:
            return (own,)
        return self.term.windows if self.term else ()

    def says(self, quote: str) -> bool:
        """Whether these words stand in a field, however they are spaced."""
        words = " ".join(quote.split())
        return any(words in " ".join(text.split()) for text in self.fields.values())

    def open_notes(self) -> list[Note]:
        """The notes that still hold: those of the reader while the words they quote stand, those of the term."""
        notes = [note for note in self.notes if note.lasting or self.says(note.quote)]
        if self.term and not self.own_days:
            known = {(note.code, note.quote) for note in notes}
            notes += [
                Note(found.code, found.quote, found.text)
                for found in self.term.warnings
                if (found.code, found.quote) not in known
            ]
        return notes


@dataclass(slots=True)
class Sheet:
    """All parts of a roadmap; the lists give their order, activities stand under the stage they name."""

    parts: dict[str, Part]
    approvals: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    """Which of the dropped lines the curator took back as activities, by their place."""
    titles: Fields = field(default_factory=dict)
    """The further columns that the document has: their titles by their kinds, in its own order."""
    calendar: Calendar = field(default_factory=dict)
    """The school's terms, by which «1 четверть» is read; never stored."""

    @property
    def period(self) -> Window | None:
        return self.parts[HEAD].own_days

    def standing(self, keys: list[str]) -> list[Part]:
        """The parts of a list that were not deleted."""
        return [part for part in map(self.parts.__getitem__, keys) if not part.gone]

    def of_stage(self, stage: str) -> list[Part]:
        """The activities of a stage in their order, the deleted among them."""
        return [part for part in map(self.parts.__getitem__, self.activities) if part.fields["stage"] == stage]

    def new_key(self, kind: str) -> str:
        taken = [int(key[1:]) for key in self.parts if key != HEAD and key[0] == kind]
        return f"{kind}{max(taken, default=0) + 1}"


def note_key(part: str, note: Note) -> str:
    """By what a settled note is known again after a reload: its place, its kind and its words."""
    return hashlib.blake2s(f"{part}|{note.code}|{note.quote}".encode(), digest_size=6).hexdigest()


def parse_day(text: str) -> date | None:
    """«2023-10-31» or «31.10.2023»; None for anything else."""
    pieces = text.strip().split(".")
    iso = "-".join(reversed(pieces)) if len(pieces) == 3 else text.strip()
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """Plain JSON values for `Draft.entered`; `sheet_from_json` undoes it."""
    stored = asdict(replace(sheet, calendar={}))
    del stored["calendar"]
    for part in stored["parts"].values():
        if part["term"]:
            part["term"]["windows"] = [[day.isoformat() for day in window] for window in part["term"]["windows"]]
    return stored


def sheet_from_json(stored: dict[str, Any]) -> Sheet:
    """The sheet that `sheet_to_json` wrote."""
    return Sheet(**stored | {"parts": {key: _part(part) for key, part in stored["parts"].items()}})


def _part(stored: dict[str, Any]) -> Part:
    """A part; fields that are younger than what was stored are empty."""
    kind = HEAD if stored["key"] == HEAD else stored["key"][0]
    empty = dict.fromkeys(FIELDS[kind], "")
    return Part(
        **stored
        | {
            "fields": empty | stored["fields"],
            "rival": stored["rival"] and empty | stored["rival"],
            "notes": [Note(**note) for note in stored["notes"]],
            "people": [Person(**person) for person in stored["people"]],
            "term": _term(stored["term"]) if stored["term"] else None,
        }
    )


def _term(stored: dict[str, Any]) -> Term:
    return Term(
        **stored
        | {
            "windows": tuple(
                (date.fromisoformat(first), date.fromisoformat(last)) for first, last in stored["windows"]
            ),
            "warnings": tuple(TermWarning(**warning) for warning in stored["warnings"]),
        }
    )
