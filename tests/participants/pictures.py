"""Photos as a parent's phone makes them."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import segno
from PIL import Image


@cache
def photo(code: str = "", *, size: tuple[int, int] = (400, 560), colour: str = "white") -> bytes:
    """A JPEG of a sheet, with a QR code on it where one is given."""
    sheet = Image.new("RGB", size, colour)
    if code:
        drawn = BytesIO()
        segno.make_qr(code, error="m").save(drawn, kind="png", scale=6, border=4)
        sheet.paste(Image.open(drawn).convert("RGB"), (40, 40))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return out.getvalue()
