"""Reading the squares that stand in a page, as a camera does."""

from __future__ import annotations

import re

import zxingcpp
from PIL import Image, ImageDraw

SCALE, MARGIN = 4, 4


def read_square(page: str) -> zxingcpp.Barcode:
    """What is read from the last square of the page: the dots that the lines of its path cover."""
    side, lines = re.findall(r'<svg viewBox="0 0 (\d+) \d+"><path stroke="#000" d="([^"]+)"', page)[-1]
    sheet = Image.new("L", ((int(side) + 2 * MARGIN) * SCALE,) * 2, 255)
    pen = ImageDraw.Draw(sheet)
    for x, y, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", lines):
        left, top = (int(x) + MARGIN) * SCALE, (int(y) + MARGIN) * SCALE
        pen.rectangle((left, top, left + int(run) * SCALE - 1, top + SCALE - 1), fill=0)
    found = zxingcpp.read_barcode(sheet)
    assert found is not None, "no square can be read"
    return found
