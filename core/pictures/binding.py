"""JPEG pages bound into one PDF: the pages go in as they are, and the same pages give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

A4 = (595, 842)
"""Points."""
FRAME_MARKERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Where a JPEG says how large it is."""


def as_pdf(pages: Sequence[bytes]) -> bytes:
    """One PDF of A4 sheets, each with one JPEG in colour as `read_scans` gives them; a wide picture on a sheet laid across."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    for page in pages:
        objects += _sheet(page, first=len(objects) + 1)
    sheets = " ".join(f"{number} 0 R" for number in range(3, len(objects) + 1, 3))
    objects[1] = f"<< /Type /Pages /Kids [{sheets}] /Count {len(pages)} >>".encode()
    return b"".join(_written(objects))


def _sheet(jpeg: bytes, *, first: int) -> list[bytes]:
    """A page, its content and its picture, numbered from `first`."""
    width, height = _size(jpeg)
    paper = A4 if height >= width else A4[::-1]
    scale = min(paper[0] / width, paper[1] / height)
    wide, high = width * scale, height * scale
    place = (
        f"q {wide:.2f} 0 0 {high:.2f} {(paper[0] - wide) / 2:.2f} {(paper[1] - high) / 2:.2f} cm /Page Do Q".encode()
    )
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {paper[0]} {paper[1]}] /Contents {first + 1} 0 R"
        f" /Resources << /XObject << /Page {first + 2} 0 R >> >> >>"
    )
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
        f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>"
    )
    return [page.encode(), _stream(f"<< /Length {len(place)} >>", place), _stream(picture, jpeg)]


def _stream(head: str, body: bytes) -> bytes:
    return head.encode() + b"\nstream\n" + body + b"\nendstream"


def _size(jpeg: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the frame's header."""
    at = 2
    while jpeg[at + 1] not in FRAME_MARKERS:
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return int.from_bytes(jpeg[at + 7 : at + 9]), int.from_bytes(jpeg[at + 5 : at + 7])


def _written(objects: Sequence[bytes]) -> Iterator[bytes]:
    """The file with its table of where each object begins."""
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    yield head
    at, places = len(head), []
    for number, body in enumerate(objects, 1):
        written = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        places.append(at)
        at += len(written)
        yield written
    yield b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    yield from (b"%010d 00000 n \n" % place for place in places)
    yield b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)
