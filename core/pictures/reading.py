"""Handing each file that was sent to the sandbox, and checking what it gives back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from core.antivirus import look_at
from core.confined import TooMuch, ask
from core.pictures.refusals import PicturesRefused, shown_name

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10
MOST_PAGES = 12
LONGEST_SIDE = 2200
"""Pixels: A4 at 188 dots per inch, at which handwriting and a code of 2 cm are read with ease."""
MEMORY = 240_000_000
"""Bytes of address space: 25 million dots of a HEIC fit, and no file makes the process 150 MB larger."""
CPU_SECONDS = 5
SANDBOX = Path(__file__).with_name("sandbox.py")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a file was: its pages as JPEG without any notes on them, and the texts of the QR codes on each page.

    `quarantine` is what the antivirus said of the file, for `core.files.store_file`.
    """

    name: str
    pages: tuple[bytes, ...]
    codes_by_page: tuple[tuple[str, ...], ...]
    quarantine: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for codes in self.codes_by_page for code in codes)


def read_scans(files: Iterable[tuple[str, bytes]]) -> list[Scan]:
    """The pages of each file (its name, its bytes): upright, the longest side at most 2200 pixels.

    PDF, JPEG, PNG and HEIC, known by their content. Takes seconds, so never within a transaction. Raises
    PicturesRefused for the first file that is not taken, Infected for one with a virus.
    """
    scans: list[Scan] = []
    left = MOST_PAGES
    for name, data in files:
        if len(scans) == MOST_FILES or left < 1:
            raise PicturesRefused("many", name, files=MOST_FILES, most=MOST_PAGES)
        scans.append(_read(name, data, left))
        left -= len(scans[-1].pages)
    if not scans:
        raise PicturesRefused("none")
    return scans


def turn_page(page: bytes) -> bytes:
    """A page as `read_scans` gives them, a quarter to the right. Raises PicturesRefused."""
    try:
        return scan_of("", ask(SANDBOX, limits_for(1) | {"quarters": 1}, page)).pages[0]
    except TooMuch:
        raise PicturesRefused("heavy") from None


def _read(name: str, data: bytes, most: int) -> Scan:
    if not data:
        raise PicturesRefused("empty", name)
    if len(data) > MOST_BYTES:
        raise PicturesRefused("size", name)
    quarantine = look_at(shown_name(name), [data])
    try:
        return replace(scan_of(name, ask(SANDBOX, limits_for(most), data)), quarantine=quarantine)
    except TooMuch:
        raise PicturesRefused("heavy", name) from None


def limits_for(pages: int) -> dict[str, int]:
    """What the sandbox is told: `pages` at most, pixels of the longest side, bytes of memory, seconds of work."""
    return {"pages": pages, "side": LONGEST_SIDE, "memory": MEMORY, "seconds": CPU_SECONDS}


def scan_of(name: str, said: bytes) -> Scan:
    """What the sandbox said of a file, nothing where it died over it. Raises PicturesRefused."""
    head, _newline, body = said.partition(b"\n")
    answer = json.loads(head or b'{"refused": "torn"}')
    if "refused" in answer:
        raise PicturesRefused(answer["refused"], name, pages=answer.get("pages", 0), most=MOST_PAGES)
    pages, codes = [], []
    for size, found in answer["pages"]:
        pages.append(body[:size])
        codes.append(tuple(found))
        body = body[size:]
    return Scan(name, tuple(pages), tuple(codes))
