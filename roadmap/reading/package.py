"""The zip container of a .docx, looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from roadmap.reading.opening import refuse_package
from roadmap.reading.refusals import Bloated, BrokenDocument, CarriesMacros, PasswordProtected

MAX_ENTRIES = 500
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
# A parsed tree takes some forty times the room of its text; the plan of a big school is two megabytes of XML.
MAX_XML = 10 * 1024 * 1024
XML = (".xml", ".rels")
MAIN_PART = "word/document.xml"

# Whatever the libraries stumble over in a file that Word itself did not write.
STUMBLES = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OpcError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
)


def open_docx(data: bytes, name: str) -> Any:
    """The document of python-docx. Raises a DocumentRefused for what is damaged, dangerous or not Word at all."""
    try:
        _look_through(data, name)
        return docx.Document(io.BytesIO(data))
    except STUMBLES:
        raise BrokenDocument from None


def _look_through(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        xml = sum(entry.file_size for entry in entries if entry.filename.endswith(XML))
        if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data)) or xml > MAX_XML:
            raise Bloated
        if any(entry.flag_bits & 1 for entry in entries):
            raise PasswordProtected
        names = {entry.filename for entry in entries}
        if MAIN_PART not in names:
            refuse_package(name)
        if any(entry.lower().endswith("vbaproject.bin") for entry in names):
            raise CarriesMacros
        for entry in names:
            if entry.endswith(XML):
                _refuse_doctype(package.read(entry))


def _refuse_doctype(part: bytes) -> None:
    # Word never writes a document type; whoever does wants entities that swell or reach for other files.
    if b"<!DOCTYPE" in part or "<!DOCTYPE".encode("utf-16-le") in part or "<!DOCTYPE".encode("utf-16-be") in part:
        raise BrokenDocument
