"""What stands before the plan: the organisation, stamps of approval, the title, the preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.outline import Approval
from roadmap.reading.approvals import begins_stamp, read_stamp
from roadmap.reading.notes import Notes
from roadmap.reading.source import Ledger, Piece
from roadmap.reading.wording import Vocabulary, plain, tidy

TITLE = re.compile(r"\W*(?:[«\"]?дорожн\w+ карт|план\b|перспективный план|программа\b|комплекс мероприятий)")
SAYS_PLAN = re.compile(r"дорожн\w+ карт|план\w* мероприяти|наставничеств|план\w* работы")
SCHOOL = re.compile(
    r"(?i:учреждени|школ|лице[йя]|гимнази|детск\w+ сад|колледж|техникум)|\b(?!ГОДУ)[МГЧФ][А-ЯЁ]{1,5}У\b|\b[СО]ОШ\b"
)
# «в МБОУ «Лицей №21»», up to the years of the plan; the abbreviation of a school's legal form is in capitals.
SCHOOL_IN_TITLE = re.compile(
    r"(?:^|\s)[вВ]\s+((?:[МГЧФ][А-ЯЁ]{1,5}У|ОО|ОУ)\b.*?|[А-ЯЁ]?[а-яё]*(?:школ|лице|гимнази|детск)\w+\b.*?)"
    r"(?=\s+на\s+(?:20\d\d|период)|\s+\(?20\d\d|$)"
)
FULL_NAME = re.compile(r"\bучреждение\b", re.IGNORECASE)
MARKUP = re.compile(r"\*\*|^#+\s")
TITLE_LINES = 8
TITLE_LENGTH = 300
STAMP_LINES = 12
FIRST_BLOCKS = 4  # paragraphs above the title among which the school's name is looked for
LONG = 200


@dataclass(frozen=True, slots=True)
class Front:
    """The fields that stand before the plan; absent texts are None."""

    title: str | None
    organisation: str | None
    preamble: str | None
    approvals: tuple[Approval, ...]
    line: int
    preamble_pieces: tuple[Piece, ...]


def read_front(pieces: Sequence[Piece], vocabulary: Vocabulary, ledger: Ledger, notes: Notes) -> Front:
    """The front of a document. Every line of it goes to one of the fields or stays in the ledger."""
    start, end = title_span(pieces)
    title_pieces = [piece for piece in pieces[start:end] if not piece.blank]
    title = _title_text(title_pieces, vocabulary, notes)
    ledger.take(title_pieces)
    approvals: list[Approval] = []
    rest: list[Piece] = []
    for block in _blocks(pieces[:start]):
        if begins_stamp(block[0].text):
            approval, read = read_stamp(block, notes)
            approvals.append(approval)
            ledger.take(read)
        else:
            rest += [*block, Piece(0, "")]
    schools, rest = _organisation(rest)
    ledger.take(schools)
    preamble = [*rest, *pieces[end:]]
    ledger.take(preamble)
    organisation = vocabulary.join([piece.text for piece in schools]) or _school_in(title or "")
    line = title_pieces[0].line if title_pieces else 1
    return Front(title, organisation, _paragraphs(preamble), tuple(approvals), line, tuple(preamble))


def title_span(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Where the title begins and ends; beyond the last piece where there is none."""
    for place, piece in enumerate(pieces):
        text = plain(piece.text[: 2 * TITLE_LENGTH])
        if TITLE.match(text) and len(text) <= TITLE_LENGTH and not text.endswith((".", ";")):
            end = _title_end(pieces, place)
            if SAYS_PLAN.search(plain(" ".join(later.text for later in pieces[place:end]))):
                return place, end
    return len(pieces), len(pieces)


def _title_end(pieces: Sequence[Piece], start: int) -> int:
    end, capitals = start + 1, _in_capitals(pieces[start].text)
    for place in range(start + 1, min(start + 1 + TITLE_LINES, len(pieces))):
        text = tidy(pieces[place].text)
        if not text:
            continue
        apart = pieces[place - 1].blank
        goes_on = text[0].islower() or text[0] in '«"(' or (capitals and _in_capitals(text) and not apart)
        if not goes_on or len(text) > TITLE_LENGTH or text.endswith((".", ";", ":")):
            break
        end = place + 1
    return end


def _in_capitals(text: str) -> bool:
    """Mostly: a school's own name may stand in small letters among them."""
    letters = [sign for sign in text if sign.isalpha()]
    return sum(sign.isupper() for sign in letters) > 0.6 * len(letters)


def _title_text(pieces: Sequence[Piece], vocabulary: Vocabulary, notes: Notes) -> str | None:
    text = vocabulary.join([piece.text for piece in pieces])
    if MARKUP.search(text):
        notes.add("markup", text, line=pieces[0].line)
    return tidy(MARKUP.sub("", text)) or None


def _blocks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Stamps and paragraphs: a stamp goes on over blank lines until it is complete or something else begins."""
    blocks: list[list[Piece]] = []
    apart = True
    for piece in pieces:
        if piece.blank:
            apart = True
            continue
        stamp = bool(blocks) and begins_stamp(blocks[-1][0].text)
        goes_on = _in_stamp(blocks[-1], piece) if stamp else not apart
        if blocks and goes_on and not begins_stamp(piece.text):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
        apart = False
    return blocks


def _in_stamp(stamp: Sequence[Piece], piece: Piece) -> bool:
    names_school = FULL_NAME.search(piece.text) is not None
    return len(stamp) < STAMP_LINES and len(piece.text) < LONG and not names_school


def _organisation(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The paragraph above the title that names the school, and all the rest."""
    for block in _blocks(pieces)[:FIRST_BLOCKS]:
        text = tidy(" ".join(piece.text for piece in block)[: 2 * LONG])
        if len(text) <= LONG and SCHOOL.search(text):
            return block, [piece for piece in pieces if piece not in block]
    return [], list(pieces)


def _school_in(title: str) -> str | None:
    match = SCHOOL_IN_TITLE.search(title)
    return tidy(match[1]) if match else None


def _paragraphs(pieces: Sequence[Piece]) -> str | None:
    """Running text: lines as they are, one blank line between paragraphs."""
    text = "\n".join(tidy(piece.text) for piece in pieces)
    return re.sub(r"\n{3,}", "\n\n", text).strip() or None
