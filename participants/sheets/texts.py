"""Rows of a text whose columns are divided by a sign, in any of the usual encodings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
OLD = ("cp1251", "koi8-r", "cp866")
DIVIDERS = ";\t,|"
CYRILLIC = re.compile("[а-яё]")
LETTER = re.compile(r"[^\W\d_]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MARK = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
HEADED = ("фамили", "имя", "отчеств", "фио", "класс", "дата", "рожд", "телефон", "почт", "должност", "наставн", "учен")
"""Words that head the columns of such files: they tell the encodings apart where there is little text."""
COMMON = dict(zip("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", (*range(33, 0, -1),), strict=True))
"""How common each letter is, the commonest first."""


class Undecodable(Exception):
    """The letters cannot be made out."""


def rows_of_text(data: bytes) -> Iterator[list[str]]:
    """The rows, under the numbers that a spreadsheet would give them. Raises Undecodable."""
    text = letters_of(data)
    mark = MARK.match(text)
    text = text[mark.end() :] if mark else text
    divider = mark[1] if mark else divider_of(text)
    if mark:
        yield []
    csv.field_size_limit(1_000_000)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=False)


def letters_of(data: bytes) -> str:
    """The text in the encoding in which it is Russian. Raises Undecodable."""
    text = _decoded(data)
    if text is None or len(CONTROL.findall(text)) > len(text) / 100:
        raise Undecodable
    return text


def divider_of(text: str) -> str:
    """The sign that divides the most rows into equally many columns."""
    rows = [row for row in text.splitlines()[:60] if row.strip()]

    def evenness(divider: str) -> tuple[int, int]:
        counts = [row.count(divider) for row in rows if divider in row]
        return (max((counts.count(count) for count in set(counts)), default=0), max(counts, default=0))

    return max(DIVIDERS, key=evenness)


def _decoded(data: bytes) -> str | None:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _tried(data, encoding)
    if wide := _wide(data):
        return _tried(data, wide)
    text = _tried(data, "utf-8")
    if text is not None or _nearly_utf8(data):
        return text
    tried = [text for encoding in OLD if (text := _tried(data, encoding)) is not None]
    best = max(tried, key=_russian, default=None)
    return best if best is not None and _is_russian(best) else None


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: in Russian text every second byte is 04, and 00 beside spaces and digits."""
    head = data[:2000]
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(head) >= 4 and sum(byte in {0, 4, 0x20} for byte in high) > len(high) * 0.9 and {0, 4} & set(high):
            return encoding
    return ""


def _nearly_utf8(data: bytes) -> bool:
    """A UTF-8 text with a few broken bytes: in another encoding it would turn into gibberish."""
    read = data.decode("utf-8", errors="replace")
    return len(CYRILLIC.findall(read.lower())) > 10 * read.count("\ufffd")


def _russian(text: str) -> float:
    """How much a text looks like Russian: words that head such columns weigh most, then how common its letters are."""
    sample = text[:20_000]
    low = sample.lower()
    letters = LETTER.findall(low)
    common = sum(COMMON.get(letter, -20) for letter in letters if ord(letter) > 127)
    # In a wrong encoding small letters become capitals in the midst of words.
    torn = len(re.findall(r"[а-яё][А-ЯЁ]", sample)) * 30
    return float(sum(low.count(word) for word in HEADED) * 1000 + common - torn)


def _is_russian(text: str) -> bool:
    return 3 * len(CYRILLIC.findall(text.lower())) >= len([one for one in LETTER.findall(text) if ord(one) > 127])
