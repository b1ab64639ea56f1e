"""Defects of the document itself: gaps in numbering, words left over, broken off or run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from roadmap import checking
from roadmap.checking import check_document
from roadmap.checking.names import other_schools, own_numbers
from roadmap.checking.numbers import jumps
from roadmap.reading.drafts import DraftActivity, Drafts
from roadmap.reading.notes import Notes
from roadmap.reading.standard import ACTIVITIES, LONG_TERM_BASE
from roadmap.reading.wording import Vocabulary, words
from roadmap.terms import Term, Window

STANDARD = tuple(checking.Standard(*activity) for activity in (*ACTIVITIES, LONG_TERM_BASE))
"""The thirty-five, and the one that most schools put behind them."""

NUMBERS = re.compile(r"(?:\d{1,3}\.)*\d{1,3}")
MINISTRY = "инистерств"
NO_REQUISITES = re.compile(
    r"(?:[Пп]риказ|[Рр]аспоряжени|[Пп]исьм|[Пп]остановлени)\w{0,4}\s+[Мм]инистерств[^№«».\d]{0,120}\.\s{0,3}«[^«»]{0,60}"
)
OPEN_ENDS = ("в", "во", "на", "по", "с", "со", "к", "для", "из", "от", "и", "или", "о", "об", "при")
ENDS_OPEN = re.compile(rf"(?:^|\s)(?:{'|'.join(OPEN_ENDS)})$")
CAPITAL_INSIDE = re.compile(r"^[«(]?[а-яё]+[А-ЯЁ]")
GLUED_SIGN = re.compile(r"[А-Яа-яё]{3}[.,;:][А-Яа-яё]{3}")
MISREAD = re.compile(r"[А-Яа-яёЁ][\^~|\\{}<>][А-Яа-яёЁ]|[А-Яа-яёЁ][A-Za-z]|[A-Za-z][А-Яа-яёЁ]")
# Any of these three, perhaps over two words: a text without one need not be taken apart. Looked for from the sign in
# the middle, of which there are far fewer than of small Russian letters.
SUSPECT = re.compile(
    r"[A-Za-zА-ЯЁ^~|\\{}<>.,;:](?:(?<=[а-яё][А-ЯЁ])|(?<=[А-Яа-яёЁ][A-Za-z])|(?<=[A-Za-z])(?=[А-Яа-яёЁ])"
    r"|(?<=[А-Яа-яёЁ][\^~|\\{}<>])(?=[А-Яа-яёЁ])|(?<=[А-Яа-яё]{3}[.,;:])(?=[А-Яа-яё]{3}))"
)
LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
GLUED_BEFORE = frozenset({"в", "к", "с", "на", "по", "от", "из", "для"})
LONG_WORD, LONGEST_WORD = 9, 60
LONG_PART = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the outline and where it stands: at an activity, else at a line."""

    text: str
    line: int
    activity: DraftActivity | None = None


def passages(drafts: Drafts) -> list[Passage]:
    """Every text that the plan's stages, sections, activities and responsible cells hold, each once."""
    found: list[Passage] = []
    seen: set[object] = set()
    for stage in drafts.stages:
        found += [Passage(text, stage.line) for text in (stage.name, *stage.fields.values())]
    for activity in drafts.activities:
        if activity.section and activity.section not in seen:
            seen.add(activity.section)
            found.append(Passage(activity.section, activity.line, activity))
        if activity.responsible not in seen:
            seen.add(activity.responsible)
            found.append(Passage(" ".join(activity.responsible.lines), activity.line, activity))
        found.append(Passage(activity.text, activity.line, activity))
    return found


def check_numbers(drafts: Drafts, notes: Notes, *, numbered: bool) -> None:
    """Gaps and steps back, within what is counted together: the rows of the plan or the entries of a section."""
    counted = list(_counted_together(drafts, numbered=numbered))
    for jump in jumps((together, activity.number or "") for together, activity in counted):
        activity = counted[jump.place][1]
        number = activity.number or ""
        quote = f"{jump.before} → {number}" if jump.before else number
        notes.add(jump.code, quote, activity=activity, before=jump.before, number=number)


def _counted_together(drafts: Drafts, *, numbered: bool) -> Iterator[tuple[object, DraftActivity]]:
    stages = {activity: place for place, stage in enumerate(drafts.stages) for activity in stage.activities}
    for activity in drafts.activities:
        if activity.number is not None and NUMBERS.fullmatch(activity.number):
            prefix = activity.number.rpartition(".")[0]
            yield prefix or (numbered or (stages.get(activity), activity.section)), activity


def check_schools(own: Iterable[str], texts: Sequence[Passage], notes: Notes) -> None:
    """Numbers of schools that are not this one's: the document was made from somebody else's."""
    numbers = own_numbers(own)
    for passage in texts:
        for named in other_schools(passage.text, numbers):
            notes.add("other_school", named.words, line=passage.line, activity=passage.activity)


def check_plan(drafts: Drafts, terms: Mapping[DraftActivity, Term], period: Window | None, notes: Notes) -> None:
    """The order of the work, years left over or left out, standard activities that are not there."""
    activities = {f"a{place}": activity for place, activity in enumerate(drafts.activities)}
    lines = {f"s{place}": stage.line for place, stage in enumerate(drafts.stages)}
    for finding in check_document(_plan_of(drafts, terms, period)):
        activity = activities.get(finding.key)
        line = lines.get(finding.key, 1)
        notes.put(finding.code, finding.quote, finding.text, line=line, activity=activity)


def _plan_of(drafts: Drafts, terms: Mapping[DraftActivity, Term], period: Window | None) -> checking.Plan:
    keys = {activity: f"a{place}" for place, activity in enumerate(drafts.activities)}
    sections = (
        checking.Section(
            f"s{place}",
            {"number": stage.number or "", "name": stage.name, **stage.fields},
            tuple(_item_of(keys[activity], activity, terms[activity]) for activity in stage.activities),
        )
        for place, stage in enumerate(drafts.stages)
    )
    return checking.Plan(tuple(sections), STANDARD, period)


def _item_of(key: str, activity: DraftActivity, term: Term) -> checking.Item:
    return checking.Item(
        key, activity.number or "", activity.section or "", activity.text, term=term.text, windows=term.windows
    )


def check_wording(texts: Sequence[Passage], vocabulary: Vocabulary, notes: Notes) -> None:
    """Words misread or run together, sentences that break off, acts without date and number; each wording once."""
    said: set[tuple[str, str]] = set()
    used = set(words("\n".join([passage.text for passage in texts])))
    glued = frozenset(word for word in used if _is_glued(word, vocabulary))
    for passage in texts:
        for code, quote in _defects(passage.text, glued):
            if (code, quote) not in said:
                said.add((code, quote))
                notes.add(code, quote, line=passage.line, activity=passage.activity)


def _defects(text: str, glued: frozenset[str]) -> Iterator[tuple[str, str]]:
    tokens = text.split() if SUSPECT.search(text) or _has_any(glued, text) else []
    for place, token in enumerate(tokens):
        word = token.strip('.,;:!?«»"()')
        if not LONGEST_WORD > len(word) > 2:
            continue
        if MISREAD.search(word):
            before = tokens[place - 1] if place else ""
            yield "ocr_noise", f"{before} {word}" if LATIN_WORD.fullmatch(before) else word
        elif CAPITAL_INSIDE.search(word) or GLUED_SIGN.search(word) or _has_any(glued, word):
            yield "missing_space", word
    if text.endswith(OPEN_ENDS) and ENDS_OPEN.search(text[-40:]):
        yield "unfinished_text", text[-80:]
    for match in NO_REQUISITES.finditer(text) if MINISTRY in text else ():
        yield "missing_requisites", match[0]


def _has_any(glued: frozenset[str], text: str) -> bool:
    return bool(glued) and not glued.isdisjoint(words(text))


def _is_glued(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word nobody knows is two known words: «запросахпедагогов», «снаставляемыми»."""
    if (
        not LONG_WORD <= len(word) < LONGEST_WORD
        or "-" in word
        or word in vocabulary.known
        or vocabulary.counts[word] > 2
    ):
        return False
    for cut in range(1, len(word) - LONG_PART):
        left, right = word[:cut], word[cut:]
        if vocabulary.has(right) and (left in GLUED_BEFORE or (cut >= LONG_PART and vocabulary.has(left))):
            return True
    return False
