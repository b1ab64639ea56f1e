"""Stamps of approval: the word, the body or post, the person, the paper with its date and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from roadmap.outline import Approval
from roadmap.reading.notes import Notes
from roadmap.reading.people import NAME
from roadmap.reading.source import Piece
from roadmap.reading.wording import tidy

WORD = re.compile(
    r"\W*((?:рассмотрен[оаы]?\s+и\s+)?(?:согласован[оаы]?|утвержд(?:аю|[её]н[оаы]?)|принят[оаы]?|рассмотрен[оаы]?|"
    r"одобрен[оаы]?)|приложение(?:\s*№?\s*\d+)?)\b[:.]?",
    re.IGNORECASE,
)
BASIS = re.compile(r"\b(?:протокол|(?:к\s+)?приказ|распоряжени|постановлени|письм|решени)\w*", re.IGNORECASE)
GOES_ON = re.compile(r"\s*(?:№|от\b|[«\"“_]*\s*\d)", re.IGNORECASE)
MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
DATE = re.compile(
    r"(?:\bот\s*)?[«\"“]?\s*\b(\d{1,2})\s*[»\"”]?\s*\.?\s*"
    rf"(?:(\d{{1,2}})\s*\.\s*|((?:{'|'.join(MONTHS)})[а-я]{{0,3}})\s*)(\d{{4}}|\d{{2}})\b\s*(?:года|г\b\.?)?",
    re.IGNORECASE,
)
BLANK_DATE = re.compile(r"(?:от\b\s*)?[«\"“]\s*_+\s*[»\"”]|(?:от\b\s*)?_{2,}\s*(?:20\d\d|20_)", re.IGNORECASE)
TO_FILL_IN = re.compile(r"(?:\bот\b\s*)?[«\"“]\s*_+\s*[»\"”][\s_]*(?:20[\d_]*)?\s*(?:года|г\b\.?)?", re.IGNORECASE)
"""A date that is still to be written by hand, whole."""
NUMBER = re.compile(r"№\s*([\w/.-]*\w)")
QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"")
SCHOOL = re.compile(
    r"(?:школ\w*|шк\.|лице\w+|гимнази\w+|сад\w*|[А-ЯЁ]*ОУ|[СО]?ОШ|СШ|ДС|ЦО|колледж\w*|техникум\w*)\s*$", re.IGNORECASE
)
FILLING = re.compile(r"_{2,}|/")
LOOSE_ENDS = re.compile(r"\(\s*\)|\bот\s*$|[\s(,;]+$")


@dataclass(slots=True)
class _Stamp:
    """A stamp as far as its lines have been read."""

    by: list[str] = field(default_factory=list)
    person: str | None = None
    basis: list[str] = field(default_factory=list)
    dated: str = ""

    def read(self, text: str) -> None:
        paper = BASIS.search(text)
        if self.basis and GOES_ON.match(text):
            self.basis.append(text)
        elif paper and not self.basis:
            self._body(text[: paper.start()])
            self.basis.append(text[paper.start() :])
        elif not paper and (DATE.match(tidy(text)) or BLANK_DATE.match(tidy(text))):
            self.dated = f"{self.dated} {text}"
        else:
            self._body(text)

    def _body(self, text: str) -> None:
        text = FILLING.sub(" ", text)
        name = NAME.search(text) if self.person is None else None
        if name is not None:
            self.person = tidy(name[0])
            text = f"{text[: name.start()]} {text[name.end() :]}"
        if re.search(r"\w", text):
            self.by.append(tidy(text).strip(" ,;("))


def begins_stamp(text: str) -> bool:
    """Whether a line begins a stamp of approval rather than a sentence about one."""
    match = WORD.match(text[:200])
    return match is not None and (match[1].isupper() or len(tidy(text)) < 90)


def read_stamp(pieces: Sequence[Piece], notes: Notes) -> tuple[Approval, list[Piece]]:
    """The approval that the lines of a stamp make, and the lines whose words are all in its fields.

    A date that is blank or impossible stays null, and its line is not among those.
    """
    match = WORD.match(pieces[0].text[:200])
    word, rest = (tidy(match[1]), pieces[0].text[match.end() :]) if match else ("", pieces[0].text)
    stamp = _Stamp()
    for text in [rest, *(piece.text for piece in pieces[1:])]:
        if re.search(r"\w", text):
            stamp.read(text)
    basis, day, number = _paper(tidy(" ".join(stamp.basis)), tidy(stamp.dated))
    unread = [piece for piece in pieces if day is None and _undated(piece, notes)]
    approval = Approval(word, tidy(" ".join(stamp.by)) or None, stamp.person, basis or None, day, number)
    return approval, [piece for piece in pieces if piece not in unread]


def _paper(basis: str, dated: str) -> tuple[str, date | None, str | None]:
    """The paper of a stamp, its date and number; a line that has only these may stand apart from the paper."""
    basis, number = _cut_number(basis)
    basis, day = _cut_date(basis)
    if number is None:
        dated, number = _cut_number(dated)
    if day is None:
        dated, day = _cut_date(dated)
    # Without a date its line stays with what was left out, and need not be kept here.
    said = tidy(f"{basis} {dated}" if day else TO_FILL_IN.sub(" ", basis))
    return tidy(LOOSE_ENDS.sub("", said if "(" in said else said.replace(")", ""))), day, number


def _cut_number(basis: str) -> tuple[str, str | None]:
    """The number of a paper, the numbers of schools in its text aside; and the text without it."""
    masked = QUOTED.sub(lambda match: "·" * len(match[0]), basis)
    for match in NUMBER.finditer(masked):
        if not SCHOOL.search(masked[: match.start()]):
            return f"{basis[: match.start()]} {basis[match.end() :]}", match[1].strip("_") or None
    return basis, None


def _cut_date(text: str) -> tuple[str, date | None]:
    match = DATE.search(text)
    day = _day(match) if match else None
    if match is None or day is None:
        return text, None
    return tidy(f"{text[: match.start()]} {text[match.end() :]}"), day


def _day(match: re.Match[str]) -> date | None:
    day, month, name, year = match.groups()
    number = (
        int(month) if month else 1 + next(place for place, stem in enumerate(MONTHS) if name.lower().startswith(stem))
    )
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None


def _undated(piece: Piece, notes: Notes) -> bool:
    """Note a date that is blank or that no calendar has."""
    if BLANK_DATE.search(piece.text):
        notes.add("blank_date", piece.text, line=piece.line)
    elif DATE.search(piece.text):
        notes.add("wrong_date", piece.text, line=piece.line)
    else:
        return False
    return True
