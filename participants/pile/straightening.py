"""Laying a page straight by the code on it, whose upper edge runs along the upper edge of the sheet."""

from __future__ import annotations

from PIL import Image

STRAIGHT_ENOUGH = 0.6
"""Degrees: by so much the code itself may be out, less is hardly seen, and turning costs sharpness."""
QUARTERS = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


def laid_straight(page: Image.Image, angle: float) -> Image.Image:
    """The page turned back by `angle` degrees; its corners stay in the picture, on white."""
    quarters = round(angle / 90)
    if quarters % 4:
        page = page.transpose(QUARTERS[quarters % 4])
    rest = angle - 90 * quarters
    if abs(rest) < STRAIGHT_ENOUGH:
        return page
    return page.rotate(rest, Image.Resampling.BILINEAR, expand=True, fillcolor="white")
