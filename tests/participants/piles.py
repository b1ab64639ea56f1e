"""Piles as a school's scanner makes them of the product's own forms: askew, turned, blurred, speckled."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO

import pypdfium2
import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from core.pictures import as_pdf

DPI = 150
A4 = (1240, 1754)


def sheets_of(pdf: bytes, *, dpi: int = DPI) -> list[Image.Image]:
    """The pages of a printed form, signed by hand."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [signed(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]


def form_sheet(code: str, *, name: str = "Заречнов Гордей") -> Image.Image:
    """A sheet like the product's form, made in a moment: the code at the upper right, lines of text, a signature."""
    sheet = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(sheet)
    for line in range(30):
        pen.text((120, 200 + 45 * line), f"{line + 1}. {name} " * 4, fill="black")
    return signed(with_code(sheet, code))


def with_code(sheet: Image.Image, code: str) -> Image.Image:
    """The sheet with this code where the form has its own: 21 mm, 6 mm from the top, 10 mm from the right."""
    side, right, top = round(21 * DPI / 25.4), round(10 * DPI / 25.4), round(6 * DPI / 25.4)
    drawn = BytesIO()
    segno.make_qr(code, error="m").save(drawn, kind="png", scale=20, border=0)
    square = Image.open(drawn).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
    ImageDraw.Draw(sheet).rectangle(
        (sheet.width - right - side - 10, top - 5, sheet.width - right + 8, top + side + 5), fill="white"
    )
    sheet.paste(square, (sheet.width - right - side, top))
    return sheet


def signed(sheet: Image.Image) -> Image.Image:
    """A scrawl where the signature is, in blue ink."""
    pen = ImageDraw.Draw(sheet)
    wide, high = sheet.size
    dots = [
        (int(wide * (0.45 + step / 40)), int(high * (0.93 + random.Random(step).uniform(-0.01, 0.01))))
        for step in range(12)
    ]
    pen.line(dots, fill="#1b2f8a", width=4)
    return sheet


def scanned(
    sheet: Image.Image,
    *,
    skew: float = 0.0,
    quarters: int = 0,
    blur: float = 0.0,
    noise: float = 0.0,
    shade: int = 0,
) -> Image.Image:
    """The sheet as it comes out of a scanner: `skew` degrees, `quarters` of a turn, `blur` and `noise` in dots and grey."""
    if skew:
        sheet = sheet.rotate(skew, Image.Resampling.BICUBIC, expand=False, fillcolor="white")
    if quarters:
        sheet = sheet.rotate(90 * quarters, expand=True)
    if blur:
        sheet = sheet.filter(ImageFilter.GaussianBlur(blur))
    if shade:
        sheet = ImageChops.subtract(sheet, Image.new("RGB", sheet.size, (shade, shade, shade)))
    if noise:
        grain = Image.effect_noise(sheet.size, noise).convert("RGB")
        sheet = ImageChops.add(sheet, grain, 1, -128)
    return sheet


def unreadable(sheet: Image.Image) -> Image.Image:
    """A sheet with coffee over its code."""
    ImageDraw.Draw(sheet).ellipse(
        (int(sheet.width * 0.7), -60, sheet.width + 60, int(sheet.height * 0.2)), fill="#5b4a33"
    )
    return sheet


def pile_of(sheets: Sequence[Image.Image], *, quality: int = 75) -> bytes:
    """One PDF, as a scanner sends it."""
    return as_pdf([_jpeg(sheet, quality) for sheet in sheets])


def _jpeg(sheet: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    sheet.save(out, "JPEG", quality=quality)
    return out.getvalue()
