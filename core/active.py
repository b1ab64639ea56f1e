"""Whether a file is more than it seems: a PDF that would do something by itself, a picture that is a page as well.

Nothing of ours is needed here, so that the programs that open strangers' files can use it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw

WORDS = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)\b")
STREAM = re.compile(rb"/ObjStm\b[^>]{0,400}>>\s*stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PART, OVERLAP = 4 * 1024 * 1024, 1024
MOST_UNPACKED = 8 * 1024 * 1024
"""Bytes of one packed part: a pile's lists of objects are a thousandth of that."""


MARKUP = re.compile(rb"<(?:html|script|svg|iframe|!doctype|\?php)\b", re.IGNORECASE)
OTHERS = re.compile(rb"PK\x03\x04[\x0a-\x3f]\0|%PDF-[12]\.|MZ\x90\0\x03|\x7fELF[\x01\x02]{3}")
"""How archives, documents and programs begin: so much of it that no photo has it by chance."""


def is_two_things(data: bytes) -> bool:
    """Whether a picture or a PDF has a page of the web, an archive, another document or a program in it as well.

    What phones lay behind a photo themselves (a second of film, a map of depths) is none of these.
    """
    return bool(MARKUP.search(data)) or bool(OTHERS.search(data, 8))


def is_active(document: pypdfium2.PdfDocument, file: BinaryIO) -> bool:
    """By what the library finds in it, and by the words for such things anywhere between its pictures."""
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or raw.FPDFDoc_GetAttachmentCount(document) > 0:
        return True
    if document.get_formtype() in {raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND}:
        return True
    return any(WORDS.search(_plain(part)) for part in _parts(file))


def _parts(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that overlap, and what is packed in it."""
    file.seek(0)
    before = b""
    while piece := file.read(PART):
        part = before + piece
        yield part
        yield from _unpacked(part)
        before = part[-OVERLAP:]


def _unpacked(part: bytes) -> Iterator[bytes]:
    for found in STREAM.finditer(part):
        try:
            yield zlib.decompressobj().decompress(part[found.end() :], MOST_UNPACKED)
        except zlib.error:
            continue


def _plain(part: bytes) -> bytes:
    """Names may be written `/J#61vaScript`."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part) if b"#" in part else part
