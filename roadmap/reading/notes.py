"""What the reader has to say to the curator: every warning has a code, a place, the words and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, gettext_noop

from roadmap.outline import OutlineWarning
from roadmap.reading.drafts import DraftActivity
from roadmap.reading.wording import tidy

LONGEST_QUOTE = 160

SENTENCES = {
    "stages_guessed": gettext_noop(
        "The plan names no stages: each activity was put to one of the seven by its wording. Look the stages through."
    ),
    "stage_unclear": gettext_noop("The wording does not say which stage this belongs to: check the stage."),
    "heading_lost": gettext_noop("The table has no heading: what its columns mean was guessed."),
    "rows_joined": gettext_noop("The row was broken by the end of a page: its parts were put together."),
    "terms_shared": gettext_noop(
        "The cell has %(terms)s terms for %(activities)s activities: every activity was given all of them."
    ),
    "inherited": gettext_noop("The cells beside this activity are empty: they were filled from the row above."),
    "missing_term": gettext_noop("No term is written here."),
    "missing_responsible": gettext_noop("Nobody is named as responsible here."),
    "ambiguous_role": gettext_noop("Several people have this role in the plan, and no name is written here."),
    "numbering_gap": gettext_noop("The numbering has a gap: %(before)s is followed by %(number)s."),
    "numbering_start": gettext_noop("The numbering begins with %(number)s, not with the first number."),
    "numbering_repeat": gettext_noop("The numbering goes back: %(before)s is followed by %(number)s."),
    "other_school": gettext_noop("Another school is named here: its name may be left over from a copied document."),
    "ocr_noise": gettext_noop("This looks like badly recognised text: correct the words."),
    "foreign_lines": gettext_noop(
        "These %(count)s lines are badly recognised text in the wrong letters: they were left out."
    ),
    "missing_requisites": gettext_noop("The date and the number of this act are missing."),
    "unfinished_text": gettext_noop("The sentence breaks off here."),
    "missing_space": gettext_noop("A space between words is missing here."),
    "bookmark": gettext_noop("A mark left by a converter was taken out of the text."),
    "markup": gettext_noop("Asterisks left by a converter were taken out of the text."),
    "signature_stamp": gettext_noop("This is what is left of an electronic signature: it was left out of the plan."),
    "blank_date": gettext_noop("The date is not filled in."),
    "wrong_date": gettext_noop("There is no such date in the calendar."),
    "column_left": gettext_noop(
        "In the column “%(title)s” there is text beside no activity: it is among what was left out."
    ),
    "no_title": gettext_noop("The document has no title."),
    "no_activities": gettext_noop("The document is laid out as a roadmap, but there is no activity in it."),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A warning whose place is still an activity or a line of the source."""

    code: str
    quote: str
    text: str
    line: int
    activity: DraftActivity | None


@dataclass(slots=True)
class Notes:
    """The warnings gathered while a document is read."""

    notes: list[Note] = field(default_factory=list)

    def add(
        self, code: str, quote: str, *, line: int = 1, activity: DraftActivity | None = None, **values: object
    ) -> None:
        """Note one of SENTENCES about some words, at a line or at an activity."""
        self.put(code, quote, gettext(SENTENCES[code]) % values, line=line, activity=activity)

    def put(self, code: str, quote: str, text: str, *, line: int = 1, activity: DraftActivity | None = None) -> None:
        """Note a sentence that was made elsewhere."""
        self.notes.append(Note(code, shorten(quote), text, activity.line if activity else line, activity))

    def warnings(self, activities: Sequence[DraftActivity]) -> tuple[OutlineWarning, ...]:
        """The warnings in the order of the source; an activity is named by its number if no other has the same."""
        numbers = Counter(activity.number for activity in activities)
        return tuple(
            OutlineWarning(note.code, _place(note, numbers), note.quote, note.text)
            for note in sorted(self.notes, key=lambda note: note.line)
        )


def shorten(quote: str) -> str:
    """A quotation of a length that fits beside its warning."""
    text = tidy(quote)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…"


def _place(note: Note, numbers: Counter[str | None]) -> str | int:
    number = note.activity.number if note.activity else None
    return number if number is not None and numbers[number] == 1 else max(1, note.line)
