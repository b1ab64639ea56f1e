"""The program that opens a file a stranger sent: a process of its own, with nothing of ours in it.

Input: the file on stdin; `{"pages", "side", "memory", "seconds"}`, and `"quarters"` to turn it by, as JSON in the first argument. Output: one line of
JSON, then the pages as JPEG one after another. The line is `{"pages": [[size, [code, …]], …]}` or
`{"refused": reason, "pages": number}`; from a process that died comes nothing, which the parent takes for a refusal.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import open_heif
from pillow_heif import options as heif_options

# A program that is started by itself finds nothing of ours by itself.
sys.path.append(str(Path(__file__).resolve().parents[2]))
from core.active import is_active, is_two_things
from core.confinement import confine

BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG")
PDF_DPI = 150
QUALITY = 82
MOST_PIXELS = 40_000_000
MOST_PIXEL_BYTES = 100_000_000
LONGEST_CODE, MOST_CODES = 200, 20
STRIP = 64
WHOLE_RANGE = 255 / 65535


class Refused(Exception):
    """The reason, for which `core.pictures` has the words."""

    def __init__(self, reason: str, pages: int = 0) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, "pages": pages}


def pages_of(data: bytes, *, side: int, most: int) -> Iterator[Image.Image]:
    """The pages of a PDF, or the one picture; its first bytes say what a file is, not its name."""
    if is_two_things(data):
        raise Refused("two" if data.startswith(BEGINNINGS) or data[4:8] == b"ftyp" else "kind")
    if data.startswith(b"%PDF-"):
        yield from _pdf_pages(data, side, most)
    elif data[4:8] == b"ftyp":
        yield _heif_picture(data, side)
    else:
        yield _picture(data, side)


def _pdf_pages(data: bytes, side: int, most: int) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else "torn") from error
    if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) >= 0:
        raise Refused("locked")
    if len(document) > most:
        raise Refused("pages", len(document))
    if is_active(document, BytesIO(data)):
        raise Refused("active")
    for page in document:
        scale = min(PDF_DPI / 72, side / max(page.get_size()))
        yield page.render(scale=scale, may_draw_forms=False).to_pil()


def _picture(data: bytes, side: int) -> Image.Image:
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
    except UnidentifiedImageError as error:
        raise Refused("kind") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("pixels") from error
    _refuse_pixels(image.size, _depth(image))
    scale = min(1, side / max(image.size))
    image.draft(None, (int(image.width * scale), int(image.height * scale)))
    image = _plain(image)
    image.thumbnail((side, side), reducing_gap=1.0)
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a good photo may carry torn notes on itself
        return image


def _heif_picture(data: bytes, side: int) -> Image.Image:
    """A photo of an iPhone, which comes upright."""
    image = _in_strips(data, side)
    image.thumbnail((side, side))
    return image


def _in_strips(data: bytes, side: int) -> Image.Image:
    """A HEIC as small as whole numbers make it, strip by strip: whole it would take twice the memory."""
    photo = open_heif(BytesIO(data), convert_hdr_to_8bit=True)[0]
    width, height = photo.size
    _refuse_pixels(photo.size, 4)
    pixels, factor = photo.data, max(1, max(width, height) // side)
    image = Image.new(photo.mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, STRIP * factor):
        rows = min(STRIP * factor, height - top)
        part = pixels[top * photo.stride : (top + rows) * photo.stride]
        strip = Image.frombuffer(photo.mode, (width, rows), part, "raw", photo.mode, photo.stride, 1)
        image.paste(strip.reduce(factor), (0, top // factor))
    return image


def _depth(image: Image.Image) -> float:
    """The bytes that a pixel takes at the worst until the picture has been made smaller."""
    if image.format != "PNG":
        return 7 if "progressive" in image.info else 2.5
    return {"1": 2, "L": 2.5, "I;16": 5, "RGB": 5}.get(image.mode, 8)


def _refuse_pixels(size: tuple[int, int], depth: float) -> None:
    pixels = size[0] * size[1]
    if pixels > MOST_PIXELS or pixels * depth > MOST_PIXEL_BYTES:
        raise Refused("pixels")


def _plain(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller without tearing the letters."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * WHOLE_RANGE).convert("L")
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA") if image.mode in {"P", "PA"} else image


def clean(image: Image.Image) -> Image.Image:
    """The bare pixels on white paper, without a word of what the file said about itself."""
    page = Image.new("RGB", image.size, "white")
    has_holes = image.mode in {"LA", "RGBA"}
    page.paste(image.convert("RGBA" if has_holes else "RGB"), mask=image.getchannel("A") if has_holes else None)
    return page


def turned(page: Image.Image, quarters: int) -> Image.Image:
    """The page turned to the right by quarters of a circle."""
    return page.rotate(-90 * quarters, expand=True) if quarters else page


def as_jpeg(page: Image.Image) -> bytes:
    sheet = BytesIO()
    page.save(sheet, "JPEG", quality=QUALITY)
    return sheet.getvalue()


def codes_on(page: Image.Image) -> list[str]:
    """The texts of the QR codes on the page."""
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return [code.text for code in found if len(code.text) <= LONGEST_CODE][:MOST_CODES]


def read(data: bytes, *, side: int, most: int, quarters: int = 0) -> tuple[dict[str, object], list[bytes]]:
    """What is said of the file, and its pages."""
    try:
        pages = (turned(clean(page), quarters) for page in pages_of(data, side=side, most=most))
        found = [(as_jpeg(page), codes_on(page)) for page in pages]
    except Refused as refused:
        return dict(refused.answer), []
    except MemoryError:
        return Refused("heavy").answer, []
    except Exception:  # whatever a decoder stumbles over, the file is at fault
        return Refused("torn").answer, []
    return {"pages": [(len(jpeg), codes) for jpeg, codes in found]}, [jpeg for jpeg, _codes in found]


def make_ready() -> None:
    """Load everything while files may be opened."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    heif_options.DECODE_THREADS = 1  # the stack of each counts against the memory
    Image.init()


def answer(limits: dict[str, int]) -> None:
    """Read the one file from stdin within the limits, and write what it was to stdout."""
    confine(limits["memory"], limits["seconds"])
    said, pages = read(
        sys.stdin.buffer.read(), side=limits["side"], most=limits["pages"], quarters=limits.get("quarters", 0)
    )
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(pages))


if __name__ == "__main__":
    make_ready()
    answer(json.loads(sys.argv[1]))
