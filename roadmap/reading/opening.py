"""What kind of file it is, by its content and never by its name, and the letters of a text."""

from __future__ import annotations

import re
from typing import NoReturn

import filetype

from roadmap.reading.refusals import (
    BrokenDocument,
    EmptyDocument,
    Misnamed,
    OldWord,
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
MARKUP = re.compile(rb"\s*(?:<!doctype|<html|<\?xml|\{\\rtf|%pdf)", re.IGNORECASE)
CYRILLIC = re.compile("[А-Яа-яЁё]")
LETTER = re.compile(r"[^\W\d_]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def is_package(data: bytes, name: str) -> bool:
    """True for a zip container (it may be a .docx), False for what should be plain text; else DocumentRefused."""
    if not data:
        raise EmptyDocument
    if len(data) > MAX_BYTES:
        raise TooLarge
    if data.startswith(OLE):
        _refuse_ole(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return True
    if MARKUP.match(data[:200].removeprefix(b"\xef\xbb\xbf")) or filetype.guess(data[:8192]) is not None:
        raise _foreign(name)
    return False


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1251. Raises Undecodable, Misnamed, EmptyDocument or TooLong."""
    text = _letters(data)
    if text is None or "\x00" in text or len(CONTROL.findall(text)) > len(text) / 100:
        raise Misnamed if _called_docx(name) else Undecodable
    if not text.strip():
        raise EmptyDocument
    if len(text) > MAX_LETTERS:
        raise TooLong
    return text


def refuse_package(name: str) -> NoReturn:
    """A zip container that holds no Word document: a damaged .docx, or another kind of file."""
    raise BrokenDocument if _called_docx(name) else UnknownFormat


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


def _refuse_ole(data: bytes, name: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise PasswordProtected
    if "WordDocument".encode("utf-16-le") in data or name.lower().endswith(".doc"):
        raise OldWord
    raise _foreign(name)


def _foreign(name: str) -> UnknownFormat | Misnamed:
    return Misnamed() if _called_docx(name) else UnknownFormat()


def _called_docx(name: str) -> bool:
    return name.lower().endswith(".docx")
