"""QR codes on papers and pages."""

from __future__ import annotations

import re

import zxingcpp
from django.utils.safestring import SafeString

DARK = re.compile(rb"\0+")


def square_code(text: str) -> SafeString:
    """A QR code as SVG to be put into a page, without a margin; `M` survives a stain on a seventh of it."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = code.to_image(add_quiet_zones=False)
    side, dots = picture.shape[0], bytes(picture)  # type: ignore[call-overload]  # the stubs know of no buffer
    runs = (
        f"M{run.start() % side} {row}.5h{len(run[0])}"
        for row in range(side)
        for run in DARK.finditer(dots, row * side, (row + 1) * side)
    )
    return SafeString(f'<svg viewBox="0 0 {side} {side}"><path stroke="#000" d="{"".join(runs)}"/></svg>')
