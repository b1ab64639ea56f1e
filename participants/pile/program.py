"""The program that opens a pile: a process of its own, with nothing of ours in it; one page in memory at a time.

Input: the PDF on stdin, which is a file; as JSON in the first argument `hand` and `hands`, which of how many such programs
this one is and thus which pages are its share, from the first on every `hands`-th (0 of 0: none), `but`, pages left
out, `most`, the pages a pile may have, `memory` and `seconds`. Output: a line of JSON `{"pages": number}` or `{"refused":
reason, "pages": number}`; then for each page a line `{"page", "codes", "is_blank", "size"}` and so many bytes of JPEG.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2
from PIL import Image
from pypdfium2 import raw

# A program that is started by itself finds nothing of ours by itself.
sys.path.append(str(Path(__file__).resolve().parents[2]))
from core.active import is_active
from core.confinement import confine
from participants.pile.seeing import codes_on, is_blank
from participants.pile.shape import is_form_code
from participants.pile.straightening import laid_straight

DPI, FINER_DPI = 150, 300
LONGEST_SIDE = 2200
QUALITY = 82
BEHIND_PEOPLE = 10
"""Whoever waits for a page of the school's is served before a pile."""


class Refused(Exception):
    """The reason, for which `participants.pile` has the words."""

    def __init__(self, reason: str, pages: int = 0) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, "pages": pages}


def opened(file: BinaryIO, most: int) -> pypdfium2.PdfDocument:
    """The PDF, which does nothing by itself and has no more than `most` pages. Raises Refused."""
    if not file.read(1024).lstrip().startswith(b"%PDF-"):
        raise Refused("kind")
    file.seek(0)
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if error.err_code == raw.FPDF_ERR_PASSWORD else "torn") from error
    if not 0 < len(document) <= most:
        raise Refused("pages" if len(document) else "torn", len(document))
    if is_active(document, file):
        raise Refused("active")
    return document


def read_pages(document: pypdfium2.PdfDocument, numbers: Iterable[int]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """What is on each of these pages, counted from 1, and the page itself."""
    for number in numbers:
        page = document[number - 1]
        said, jpeg = _read_page(page)
        page.close()
        yield {"page": number, **said, "size": len(jpeg)}, jpeg


def _read_page(page: pypdfium2.PdfPage) -> tuple[dict[str, Any], bytes]:
    picture = _rendered(page, DPI, LONGEST_SIDE)
    codes = codes_on(picture, lambda: _rendered(page, FINER_DPI, 2 * LONGEST_SIDE).convert("L"), is_wanted=is_form_code)
    ours = next((code for code in codes if is_form_code(code.text)), None)
    if ours is not None:
        picture = laid_straight(picture, ours.angle)
    sheet = BytesIO()
    picture.save(sheet, "JPEG", quality=QUALITY)
    return {"codes": [code.text for code in codes], "is_blank": not codes and is_blank(picture)}, sheet.getvalue()


def _rendered(page: pypdfium2.PdfPage, dpi: int, side: int) -> Image.Image:
    scale = min(dpi / 72, side / max(page.get_size()))
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return picture.convert("RGB")


def main(limits: dict[str, Any], file: BinaryIO, out: BinaryIO) -> None:
    """Say what the pile is, then give its pages as they are read."""
    try:
        document = opened(file, limits["most"])
    except Refused as refused:
        out.write(json.dumps(refused.answer).encode() + b"\n")
        return
    out.write(json.dumps({"pages": len(document)}).encode() + b"\n")
    out.flush()
    share = range(limits["hand"], len(document) + 1, limits["hands"]) if limits["hands"] else ()
    for said, jpeg in read_pages(document, (number for number in share if number not in limits["but"])):
        out.write(json.dumps(said).encode() + b"\n" + jpeg)
        out.flush()


if __name__ == "__main__":
    Image.init()
    os.nice(BEHIND_PEOPLE)
    asked = json.loads(sys.argv[1])
    confine(asked["memory"], asked["seconds"])
    main(asked, sys.stdin.buffer, sys.stdout.buffer)
