"""Finding the code on a poor scan: as it is first, then sharper, cleaner, larger, corner by corner."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

LONGEST_CODE, MOST_CODES = 200, 20
QR = zxingcpp.barcode_formats_from_str("QRCode")
CORNER = 0.42
"""Of each side: a code at the edge of a sheet lies within, however the sheet was put in."""
BLANK_WIDTH = 300
INK_DEPTH, INK_SHARE = 40, 0.0004
"""How much darker than the paper ink is, and how much of it a sheet has that anything is written on."""

Picture = Image.Image


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code's text and how it lies: degrees by which its upper edge is turned clockwise."""

    text: str
    angle: float


def codes_on(page: Picture, finer: Callable[[], Picture], *, is_wanted: Callable[[str], bool]) -> list[Code]:
    """The codes that the first fruitful try finds; `finer` gives the page in twice the resolution, in grey.

    A try that finds only unwanted codes is remembered, and the tries go on.
    """
    others: list[Code] = []
    for picture in _tries(page, finer):
        found = _read(picture)
        if any(is_wanted(code.text) for code in found):
            return found
        others = others or found
    return others


def is_blank(page: Picture) -> bool:
    """Whether nothing is written on the sheet: the backs of sheets that a scanner took on both sides."""
    small = page.convert("L").reduce(max(1, page.width // BLANK_WIDTH)).filter(ImageFilter.MedianFilter(3))
    margin = max(1, small.width // 40)
    histogram = ImageOps.crop(small, margin).histogram()
    paper = _median(histogram)
    ink = sum(histogram[: max(0, paper - INK_DEPTH)])
    return ink <= INK_SHARE * sum(histogram)


def _tries(page: Picture, finer: Callable[[], Picture]) -> Iterator[Picture]:
    grey = page.convert("L")
    yield grey
    yield grey.filter(ImageFilter.BoxBlur(1))
    if is_blank(grey):
        return
    sheet = finer()
    yield sheet
    for corner in _corners(sheet):
        for mend in (_smaller, _smoother, _sharper, _black_and_white):
            yield mend(corner)


def _read(picture: Picture) -> list[Code]:
    found = zxingcpp.read_barcodes(picture, formats=QR, try_invert=False)
    return [Code(code.text, _angle(code.position)) for code in found if len(code.text) <= LONGEST_CODE][:MOST_CODES]


def _angle(place: zxingcpp.Position) -> float:
    """By all four edges together, of which each alone is a degree out."""
    corners = [
        complex(corner.x, corner.y)
        for corner in (
            place.top_left,
            place.top_right,
            place.bottom_right,
            place.bottom_left,
        )
    ]
    across = corners[1] - corners[0] + corners[2] - corners[3]
    down = corners[3] - corners[0] + corners[2] - corners[1]
    return math.degrees(cmath.phase(across + down / 1j))


def _corners(page: Picture) -> Iterator[Picture]:
    wide, high = int(page.width * CORNER), int(page.height * CORNER)
    for left in (page.width - wide, 0):
        for top in (0, page.height - high):
            yield page.crop((left, top, left + wide, top + high))


def _sharper(part: Picture) -> Picture:
    return part.filter(ImageFilter.UnsharpMask(radius=6, percent=300, threshold=2))


def _smoother(part: Picture) -> Picture:
    return part.filter(ImageFilter.BoxBlur(3))


def _black_and_white(part: Picture) -> Picture:
    smooth = ImageOps.autocontrast(part.filter(ImageFilter.GaussianBlur(2)), cutoff=1)
    threshold = (_median(smooth.histogram()) * 2) // 3
    return smooth.point(lambda value: 255 if value > threshold else 0)


def _smaller(part: Picture) -> Picture:
    """Noise of the size of a dot goes under when four become one."""
    return ImageOps.autocontrast(part.reduce(3), cutoff=1)


def _median(histogram: list[int]) -> int:
    half, seen = sum(histogram) / 2, 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= half:
            return value
    return 255
