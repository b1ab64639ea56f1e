"""What kind of file it is, by its content and never by its name, and the letters of a text."""

from __future__ import annotations

import re
from enum import Enum

import filetype

from roadmap.reading.package import look_through
from roadmap.reading.refusals import (
    DocumentRefused,
    EmptyDocument,
    Misnamed,
    OtherSheets,
    PasswordProtected,
    TooLarge,
    TooLong,
    Undecodable,
    UnknownFormat,
)

MAX_BYTES = 20 * 1024 * 1024
# Several hundred pages: what is longer is a log or a book, and reading it would keep the others waiting.
MAX_LETTERS = 2_000_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED, WORKBOOK, BOOK, WORD = (
    f"{name}\0".encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book", "WordDocument")
)
"""Streams of the old container, by which it is known what wrote it."""
OPEN_TEXT, OPEN_SHEETS = (f"application/vnd.oasis.opendocument.{name}".encode() for name in ("text", "spreadsheet"))
MARKUP = re.compile(rb"<!doctype|<html|<\?xml", re.IGNORECASE)
CYRILLIC = re.compile("[А-Яа-яЁё]")
LETTER = re.compile(r"[^\W\d_]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Kind(Enum):
    """How a file is read; the value is how such a file is called."""

    TEXT = ".txt"
    WORD = ".docx"
    SHEETS = ".xlsx"
    PDF = ".pdf"
    OLD_WORD = ".doc"
    OPEN_TEXT = ".odt"
    RICH_TEXT = ".rtf"


def kind_of(data: bytes, name: str) -> Kind:
    """What a file is by its content; plain text is what may be it. Raises a DocumentRefused for anything else."""
    if not data:
        raise EmptyDocument
    if len(data) > MAX_BYTES:
        raise TooLarge
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data, name)
    if data.startswith(OLE):
        return _ole(data, name)
    head = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"%PDF"):
        return Kind.PDF
    if head.startswith(b"{\\rtf"):
        return Kind.RICH_TEXT
    if MARKUP.match(head) or filetype.guess(data[:8192]) is not None:
        raise _foreign(name)
    return Kind.TEXT


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1251. Raises Undecodable, Misnamed, EmptyDocument or TooLong."""
    text = _letters(data)
    if text is None or "\x00" in text or len(CONTROL.findall(text)) > len(text) / 100:
        raise _misnamed(name) or Undecodable
    if not text.strip():
        raise EmptyDocument
    if len(text) > MAX_LETTERS:
        raise TooLong
    return text


def _letters(data: bytes) -> str | None:
    encoding = _announced(data)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return None if encoding is not None or _nearly_utf8(data) else _windows_1251(data)


def _announced(data: bytes) -> str | None:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # UTF-16 without a mark: in Russian text every second byte is 04, and 00 beside spaces and digits.
    head = data[:2000]
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(head) >= 4 and sum(byte in {0, 4, 0x20, 0x21} for byte in high) > len(high) * 0.9 and 4 in high:
            return encoding
    return None


def _nearly_utf8(data: bytes) -> bool:
    """A UTF-8 text with a few broken bytes: read as Windows-1251 it would turn into gibberish."""
    read = data.decode("utf-8", errors="replace")
    return len(CYRILLIC.findall(read)) > 10 * read.count("\ufffd")


def _windows_1251(data: bytes) -> str | None:
    try:
        text = data.decode("cp1251")
    except UnicodeDecodeError:
        return None
    return text if 3 * len(CYRILLIC.findall(text)) >= len(LETTER.findall(text)) else None


def _package(data: bytes, name: str) -> Kind:
    """What a zip container holds, by its parts and never by its name."""
    parts, kind = look_through(data)
    if kind:
        if kind.startswith(OPEN_TEXT):
            return Kind.OPEN_TEXT
        raise OtherSheets if kind.startswith(OPEN_SHEETS) else _foreign(name)
    if "xl/workbook.xml" in parts:
        return Kind.SHEETS
    if "xl/workbook.bin" in parts:
        raise OtherSheets
    if any(part.startswith("word/") for part in parts):
        return Kind.WORD
    raise _foreign(name)


def _ole(data: bytes, name: str) -> Kind:
    for stream, refusal in ((ENCRYPTED, PasswordProtected), (WORKBOOK, OtherSheets), (BOOK, OtherSheets)):
        if stream in data and WORD not in data:
            raise refusal
    if WORD in data:
        return Kind.OLD_WORD
    raise _foreign(name)


def _foreign(name: str) -> DocumentRefused:
    return _misnamed(name) or UnknownFormat()


def _misnamed(name: str) -> Misnamed | None:
    """A file called like one that could be read, but with something else in it."""
    ending = next((kind.value for kind in Kind if kind is not Kind.TEXT and name.lower().endswith(kind.value)), None)
    return Misnamed(ending) if ending else None
