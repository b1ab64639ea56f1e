"""What was typed and not sent yet: how a page's fields go into the draft, on one device or on two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from surveys.content import Content, Kind, Question
from surveys.questions import Raw, name_of
from surveys.questions.given import NOT_TEXT, values_of

SEEN = "was-"
"""Before the key of a question: the field that says which answer the page showed, and that the question stood there."""
PAGE = "page"
"""The field with the sign of one opened page, by which a page knows its own earlier sending."""
WRITER = "by-"
"""Before the key of a question: where a draft keeps the sign of the page that answered it last."""
FILES = "files"
"""Where a draft keeps the keys of the files that came with it."""
LONGEST = 20_000
"""Characters of one field; twice what the longest question takes."""
MOST_VALUES = 200

Draft = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The draft after a page came in. `overwritten` are questions that another device had answered otherwise since,
    `too_long` those whose text was not taken.
    """

    draft: Draft
    changed: bool
    overwritten: tuple[Question, ...] = field(default=())
    too_long: tuple[Question, ...] = field(default=())


def merge_page(content: Content, draft: Draft, page: Raw) -> Merged:
    """Put every question of the page that was changed there into the draft: of two devices the later holds.

    A question that still reads as the page showed it was not touched, so what came meanwhile from elsewhere stays.
    Files come another way.
    """
    kept, overwritten, too_long = dict(draft), [], []
    sign = list(page.get(PAGE, ()))[:1]
    for question in content.questions():
        seen = page.get(SEEN + question.key)
        if not seen or question.kind is Kind.FILE:
            continue
        typed, here = part_of(page, question), part_of(kept, question)
        if digest_of(typed) in {seen[0], digest_of(here)}:
            continue
        if not _fits(typed):
            too_long.append(question)
            continue
        if here and seen[0] != digest_of(here) and kept.get(WRITER + question.key) != sign:
            overwritten.append(question)
        for name in here:
            del kept[name]
        kept |= typed | {WRITER + question.key: sign}
    return Merged(kept, kept != draft, tuple(overwritten), tuple(too_long))


def typed_on(content: Content, page: Raw) -> Draft:
    """All that a page has, whatever it had shown."""
    return {name: values for question in content.questions() for name, values in part_of(page, question).items()}


def part_of(raw: Raw, question: Question) -> Draft:
    """What stands in the fields of one question, empty fields left out."""
    own, start = name_of(question), f"{name_of(question)}-"
    found = {name: _clean(raw, name) for name in raw if name == own or name.startswith(start)}
    return {name: values for name, values in sorted(found.items()) if values}


def digest_of(part: Mapping[str, Iterable[str]]) -> str:
    """A short sign of an answer as it is typed; that of none is the same for every question."""
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()[:12]


def _clean(raw: Raw, name: str) -> list[str]:
    """Characters that no database keeps are left out, and line ends are one character."""
    return [NOT_TEXT.sub("", text.replace("\r\n", "\n")) for text in values_of(raw, name)]


def _fits(part: Draft) -> bool:
    values = [value for values in part.values() for value in values]
    return len(values) <= MOST_VALUES and all(len(value) <= LONGEST for value in values)
