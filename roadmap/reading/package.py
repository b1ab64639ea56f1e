"""The zip containers of office programs: looked at before anything in them is unpacked, then the parts of a .docx.

The parts are read one by one and not through their relations: a picture that is missing hides no text.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any, NamedTuple

from lxml import etree

from roadmap.reading.refusals import Bloated, BrokenDocument, CarriesMacros, PasswordProtected

MAX_ENTRIES = 500
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
# A parsed tree takes some forty times the room of its text; the plan of a big school is two megabytes of XML.
MAX_XML = 10 * 1024 * 1024
XML = (".xml", ".rels")
MAIN_PART = "word/document.xml"
MAIN_RELATION = "/officeDocument"
OPEN_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
MACROS = ("vbaproject.bin", "basic/script-lc.xml", "basic/dialog-lc.xml")
MANIFEST, ENCIPHERED = "META-INF/manifest.xml", b"encryption-data"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLE_ID = b'styleId="'
LISTED, STYLED = f"{W}numPr", f"{W}pStyle"
# Whatever the libraries stumble over in a file that Word itself did not write.
STUMBLES = (
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
)


class Parts(NamedTuple):
    """The roots of a Word document's parts; lists and styles are None where the document has none or uses none."""

    body: Any
    numbering: Any
    styles: Any


def look_through(data: bytes) -> tuple[tuple[str, ...], bytes]:
    """The names of the parts of a container that may be unpacked, and what an OpenDocument file says it is.

    Raises a DocumentRefused for a container that may not be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            kind = _office_kind(package)
            _look_through(package, len(data))
            return tuple(package.namelist()), kind
    except STUMBLES:
        raise BrokenDocument from None


def refuse_entities(data: bytes) -> None:
    """Raise BrokenDocument for an OpenDocument file whose text declares entities, as no office program does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in OPEN_PARTS:
                _parse(package, part)
    except STUMBLES:
        raise BrokenDocument from None


def open_word(data: bytes) -> Parts:
    """The parts of a .docx. Raises a DocumentRefused for what is damaged or dangerous."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _look_through(package, len(data))
            main = _main_part(package)
            folder = posixpath.dirname(main)
            root = _parse(package, main)
            body = None if root is None else root.find(f"{W}body")
            if body is None:
                raise BrokenDocument
            # The other parts are large, and most documents ask for nothing that is in them.
            used = {style.get(f"{W}val", "") for style in body.iter(STYLED)}
            styles = _styles(package, f"{folder}/styles.xml", used) if used else None
            lists = {style.get(f"{W}styleId", "") for style in lists_in(styles)}
            listed = next(body.iter(LISTED), None) is not None or not used.isdisjoint(lists)
            return Parts(body, _parse(package, f"{folder}/numbering.xml") if listed else None, styles)
    except STUMBLES:
        raise BrokenDocument from None


def marks_in(root: Any, path: str) -> dict[Any, Any]:
    """The first element of a path such as `tc/tcPr/gridSpan` in each part (`tc`) below a root, by the part.

    One walk through the whole is a good deal faster than a search in each part.
    """
    part, properties, mark = (f"{W}{name}" for name in path.split("/"))
    found: dict[Any, Any] = {}
    for element in root.iterdescendants(mark):
        inner = element.getparent()
        outer = inner.getparent()
        if inner.tag == properties and outer is not None and outer.tag == part:
            found.setdefault(outer, element)
    return found


def lists_in(styles: Any) -> dict[Any, Any]:
    """The `w:numPr` of each style that makes a list of its paragraphs."""
    return {} if styles is None else marks_in(styles, "style/pPr/numPr")


def has_table(data: bytes) -> bool:
    """Whether a .docx has a table."""
    return open_word(data).body.find(f".//{W}tbl") is not None


def _look_through(package: zipfile.ZipFile, size: int) -> None:
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith(XML))
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * size) or xml > MAX_XML:
        raise Bloated
    if any(entry.flag_bits & 1 for entry in entries) or _is_enciphered(package):
        raise PasswordProtected
    if any(entry.filename.lower().endswith(MACROS) for entry in entries):
        raise CarriesMacros


def _office_kind(package: zipfile.ZipFile) -> bytes:
    if "mimetype" not in package.namelist():
        return b""
    with package.open("mimetype") as kind:
        return kind.read(100)


def _is_enciphered(package: zipfile.ZipFile) -> bool:
    """An OpenDocument file under a password says so in the list of its parts."""
    return MANIFEST in package.namelist() and ENCIPHERED in package.read(MANIFEST)


def _main_part(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if MAIN_PART in names:
        return MAIN_PART
    if "_rels/.rels" in names:
        for relation in _parse(package, "_rels/.rels"):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith(MAIN_RELATION) and target.startswith("word/"):
                return str(target)
    raise BrokenDocument


def _styles(package: zipfile.ZipFile, part: str, used: set[str]) -> Any:
    """The root of the styles, None where none of those used can make a list: they are often longer than the text."""
    if part not in package.namelist():
        return None
    content = package.read(part)
    usual = STYLE_ID in content  # not so in UTF-16
    return None if usual and not any(_names_list(content, name.encode()) for name in used) else _root(content)


def _names_list(content: bytes, style: bytes) -> bool:
    """Whether a list is named between the beginning of this style and the beginning of the next."""
    start = content.find(STYLE_ID + style + b'"')
    return start >= 0 and b"numId" in content[start : content.find(STYLE_ID, start + 1)]


def _parse(package: zipfile.ZipFile, part: str) -> Any:
    return _root(package.read(part)) if part in package.namelist() else None


def _root(content: bytes) -> Any:
    # Word never writes a document type; whoever does wants entities that swell or reach for other files.
    if any("<!DOCTYPE".encode(encoding) in content for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise BrokenDocument
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
