"""Files that a stranger might send instead of a photo: made here, each with a name and what it is about."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

CANARY = b"CANARY-7f3a"
"""Stands in everything that must not come out: notes, places, attachments, scripts."""
File = tuple[str, bytes]


def hostile_files() -> list[File]:
    """At least three hundred of them, the same each time."""
    makers = (bombs, headers, floods, notes, torn, flipped, pdfs, polyglots, strangers, texts, names, boxes)
    return [file for make in makers for file in make()]


# ---------------------------------------------------------------- honest files, from which hostile ones are made


@cache
def picture(kind: str, size: tuple[int, int] = (320, 240), mode: str = "RGB") -> bytes:
    """A small honest picture."""
    out = io.BytesIO()
    image = Image.radial_gradient("L").resize(size).convert(mode)
    image.save(out, kind) if kind != "HEIF" else pillow_heif.from_pillow(image).save(out)
    return out.getvalue()


@cache
def pdf(pages: int = 1) -> bytes:
    """An honest PDF with a picture on each page."""
    out = io.BytesIO()
    sheets = [Image.radial_gradient("L").resize((100, 140)).convert("RGB") for _ in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def chunk(kind: bytes, body: bytes, *, crc: int | None = None, length: int | None = None) -> bytes:
    checked = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body) if length is None else length) + kind + body + struct.pack(">I", checked)


def png(width: int, height: int, depth: int, colour: int, *middle: bytes, data: bytes = b"\0" * 64) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(data, 9))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(middle) + body + chunk(b"IEND", b"")


# ---------------------------------------------------------------- kinds


def bombs() -> Iterator[File]:
    """Little files that unpack to much."""
    zeros = b"\0" * 20_000_000
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", zeros)
    for ending in ("jpg", "png", "heic", "pdf", "jpeg"):
        yield f"zip.{ending}", packed.getvalue()
        yield f"gzip.{ending}", gzip.compress(zeros)
    for kind in (b"zTXt", b"iCCP"):
        body = b"name\0\0" + zlib.compress(b"\0" * 80_000_000, 9)
        yield f"{kind.decode()}.png", png(64, 64, 8, 0, chunk(kind, body), data=b"\0" * 65 * 64)
    text = b"name\0\1\0\0\0" + zlib.compress(b"a" * 80_000_000, 9)
    yield "iTXt.png", png(64, 64, 8, 0, chunk(b"iTXt", text), data=b"\0" * 65 * 64)
    yield "many texts.png", png(64, 64, 8, 0, *[chunk(b"tEXt", b"k\0" + b"v" * 900)] * 9000, data=b"\0" * 65 * 64)
    yield "much more data than dots.png", png(8, 8, 8, 0, data=b"\0" * 60_000_000)


def headers() -> Iterator[File]:
    """Sizes that are promised and not there."""
    sides = (
        (2**31 - 1, 2**31 - 1),
        (65_535, 65_535),
        (50_000, 50_000),
        (1, 40_000_001),
        (40_000_001, 1),
        (0, 0),
        (0, 9),
    )
    for width, height in sides:
        for depth, colour in ((1, 0), (8, 0), (16, 0), (8, 2), (16, 6), (8, 3)):
            yield f"{width}x{height} {depth} {colour}.png", png(width, height, depth, colour)
    jpeg = bytearray(picture("JPEG"))
    at = jpeg.index(b"\xff\xc0")
    for width, height in ((65_535, 65_535), (65_500, 1), (1, 65_500), (40_000, 1_001), (0, 240), (320, 0)):
        jpeg[at + 5 : at + 9] = struct.pack(">HH", height, width)
        yield f"{width}x{height}.jpg", bytes(jpeg)


def floods() -> Iterator[File]:
    """More dots than anyone photographs, all of them there."""
    for side, mode, ending in (
        (12_000, "1", "png"),
        (8_000, "L", "png"),
        (6_400, "RGB", "png"),
        (5_000, "RGBA", "png"),
    ):
        out = io.BytesIO()
        Image.new(mode, (side, side)).save(out, "PNG", compress_level=1)
        yield f"{side} {mode}.{ending}", out.getvalue()
    for progressive in (False, True):
        out = io.BytesIO()
        Image.new("L", (6_600, 6_600)).save(out, "JPEG", quality=1, progressive=progressive)
        yield f"44 million {progressive}.jpg", out.getvalue()
    out = io.BytesIO()
    Image.radial_gradient("L").resize((2_000, 2_000)).convert("RGB").save(out, "JPEG", progressive=True)
    scans = out.getvalue()
    last = scans.rindex(b"\xff\xda")
    yield "a thousand scans.jpg", scans[:last] + scans[last:-2] * 1_000 + b"\xff\xd9"
    yield "a long strip.png", png(20, 1_900_000, 8, 0, data=b"\0" * 21 * 1_900_000)


def notes() -> Iterator[File]:
    """Honest pictures that say where and by whom they were taken: the notes must be gone afterwards."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = CANARY.decode()
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[29] = "N", CANARY.decode()
    extra = PngInfo()
    extra.add_text("Comment", CANARY.decode())
    extra.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    image = Image.radial_gradient("L").convert("RGB")
    for place in range(1, 10):
        exif[0x0112] = place
        for kind, options in (("JPEG", {"comment": CANARY, "xmp": CANARY}), ("PNG", {"pnginfo": extra})):
            out = io.BytesIO()
            image.save(out, kind, exif=exif.tobytes(), icc_profile=CANARY * 20, **options)
            yield f"notes {place}.{kind.lower()}", out.getvalue() + CANARY
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, exif=exif.tobytes(), xmp=CANARY)
    yield "notes.heic", out.getvalue()
    jpeg = picture("JPEG")
    for marker in (b"\xff\xe1", b"\xff\xe2", b"\xff\xed", b"\xff\xee", b"\xff\xfe"):
        for body in (
            CANARY,
            b"Exif\0\0" + CANARY,
            b"Exif\0\0II*\0\xff\xff\xff\xff",
            b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + CANARY * 99,
        ):
            yield (
                f"note {marker.hex()} {len(body)}.jpg",
                jpeg[:2] + marker + struct.pack(">H", len(body) + 2) + body + jpeg[2:],
            )


def torn() -> Iterator[File]:
    """Files that did not arrive whole."""
    for name, whole in (
        ("a.jpg", picture("JPEG")),
        ("a.png", picture("PNG")),
        ("a.heic", picture("HEIF")),
        ("a.pdf", pdf()),
    ):
        for part in range(0, 100, 10):
            yield f"{part} % {name}", whole[: len(whole) * part // 100]
        yield f"first bytes {name}", whole[:16]
    for kind, head in (
        ("jpg", b"\xff\xd8\xff\xe0"),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("pdf", b"%PDF-1.7"),
        ("heic", b"\0\0\0\x18ftypheic"),
    ):
        yield f"head and zeros.{kind}", head + b"\0" * 5000
        yield f"head and noise.{kind}", head + random.Random(7).randbytes(5000)


def flipped() -> Iterator[File]:
    """Honest files with bytes changed at random."""
    luck = random.Random(20261123)
    for name, whole in (
        ("b.jpg", picture("JPEG")),
        ("b.png", picture("PNG")),
        ("b.heic", picture("HEIF")),
        ("b.pdf", pdf()),
    ):
        for number in range(15):
            changed = bytearray(whole)
            for _ in range(1 + number * 3):
                changed[luck.randrange(len(changed))] = luck.randrange(256)
            yield f"flipped {number} {name}", bytes(changed)


def pdfs() -> Iterator[File]:
    """PDFs that are locked, endless, or would do something when opened."""
    for algorithm in ("RC4-128", "AES-128", "AES-256"):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
        writer.encrypt("secret", algorithm=algorithm)
        yield f"{algorithm}.pdf", written(writer)
    yield "many pages.pdf", pdf(200)
    for deed in ("JavaScript", "Launch", "URI", "GoToR", "SubmitForm", "ImportData", "RichMediaExecute"):
        for place in ("/OpenAction", "/AA"):
            yield f"{deed} {place[1:]}.pdf", acting(deed, place)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.add_attachment("virus.exe", b"MZ" + CANARY)
    writer.add_metadata({"/Author": CANARY.decode(), "/Title": CANARY.decode()})
    yield "embedded.pdf", written(writer)
    for box in (
        "0 0 0 0",
        "0 0 1e30 1e30",
        "0 0 -5 -5",
        "0 0 14400 1",
        "0 0 1 14400",
        "nan nan nan nan",
        "0 0 1000000000 1000000000",
        "",
    ):
        yield f"box {box}.pdf", raw_pdf(f"/MediaBox [{box}]", b"0 0 m 9 9 l S")
    yield "endless kids.pdf", pdf().replace(b"/Kids", b"/Kids [1 0 R 2 0 R 3 0 R] /Old")
    yield "a billion pages.pdf", raw_pdf("/MediaBox [0 0 99 99]", b"").replace(b"/Count 1", b"/Count 999999999")
    yield "deep.pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * 400_000 + b"\nendobj\ntrailer << /Root 1 0 R >>"
    yield "deep dictionary.pdf", b"%PDF-1.7\n1 0 obj\n" + b"<</A" * 200_000 + b"\nendobj\ntrailer << /Root 1 0 R >>"
    yield (
        "flate bomb.pdf",
        raw_pdf("/MediaBox [0 0 99 99]", zlib.compress(b"0 0 m 9 9 l S\n" * 4_000_000, 9), "/Filter /FlateDecode"),
    )
    yield (
        "twice flate.pdf",
        raw_pdf(
            "/MediaBox [0 0 99 99]",
            zlib.compress(zlib.compress(b" " * 90_000_000, 9)),
            "/Filter [/FlateDecode /FlateDecode]",
        ),
    )
    for side in (30_000, 60_000):
        drawn = f"/Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode"
        yield f"picture {side}.pdf", picture_pdf(drawn, zlib.compress(b"\0" * 50_000_000, 9))
    yield (
        "jbig2.pdf",
        picture_pdf(
            "/Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode", b"\0" * 99
        ),
    )
    yield (
        "itself in itself.pdf",
        raw_pdf(
            "/MediaBox [0 0 99 99] /Resources << /XObject << /X 4 0 R >> >>",
            b"/X Do " * 50,
            "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X 4 0 R >> >>",
        ),
    )
    yield "loop of tables.pdf", pdf().replace(b"trailer\n<<", b"trailer\n<< /Prev 9")
    yield (
        "no page.pdf",
        raw_pdf("/MediaBox [0 0 9 9]", b"").replace(b"/Kids [3 0 R]", b"/Kids []").replace(b"/Count 1", b"/Count 0"),
    )


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def acting(deed: str, place: str) -> bytes:
    """A PDF that does `deed` when it is opened."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    action = DictionaryObject(
        {NameObject("/S"): NameObject(f"/{deed}"), NameObject("/F"): TextStringObject(CANARY.decode())}
    )
    action[NameObject("/JS")] = TextStringObject(f"app.alert('{CANARY.decode()}')")
    action[NameObject("/URI")] = TextStringObject("http://127.0.0.1/" + CANARY.decode())
    writer.root_object[NameObject(place)] = DictionaryObject({NameObject("/WC"): action}) if place == "/AA" else action
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): TextStringObject(CANARY.decode()), NameObject("/Fields"): ArrayObject([NumberObject(1)])}
    )
    return written(writer)


def raw_pdf(page: str, content: bytes, stream: str = "") -> bytes:
    """A PDF of one page put together by hand."""
    return (
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        + f"3 0 obj << /Type /Page /Parent 2 0 R {page} /Contents 4 0 R >> endobj\n".encode()
        + f"4 0 obj << /Length {len(content)} {stream} >>\nstream\n".encode()
        + content
        + b"\nendstream endobj\ntrailer << /Root 1 0 R /Size 5 >>\n%%EOF"
    )


def picture_pdf(drawn: str, data: bytes) -> bytes:
    """A PDF whose page is one picture."""
    body = raw_pdf("/MediaBox [0 0 595 842] /Resources << /XObject << /P 5 0 R >> >>", b"595 0 0 842 0 0 cm /P Do")
    picture = f"5 0 obj << /Type /XObject /Subtype /Image {drawn} /Length {len(data)} >>\nstream\n".encode()
    return body.replace(b"trailer", picture + data + b"\nendstream endobj\ntrailer")


def polyglots() -> Iterator[File]:
    """Files that are two things at once."""
    page = b"<html><script>alert('" + CANARY + b"')</script></html>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.php", b"<?php " + CANARY)
    for name, whole in (
        ("p.jpg", picture("JPEG")),
        ("p.png", picture("PNG")),
        ("p.pdf", pdf()),
        ("p.heic", picture("HEIF")),
    ):
        for number, tail in enumerate(
            (page, packed.getvalue(), b"\nMZ" + CANARY, b"<?php " + CANARY, pdf(), picture("JPEG"))
        ):
            yield f"tail {number} {name}", whole + tail
            yield f"before {number} {name}", tail + whole
    yield "gifar.gif", b"GIF89a/*" + b"\0" * 50 + b"*/=1;alert(1)//" + CANARY


def strangers() -> Iterator[File]:
    """Pictures of kinds that are not taken, under names of those that are."""
    image = Image.radial_gradient("L").convert("RGB")
    for kind in (
        "GIF",
        "TIFF",
        "BMP",
        "ICO",
        "WEBP",
        "PPM",
        "TGA",
        "PCX",
        "SGI",
        "DIB",
        "ICNS",
        "DDS",
        "AVIF",
        "JPEG2000",
        "EPS",
    ):
        out = io.BytesIO()
        image.save(out, kind)
        yield f"{kind}.jpg", out.getvalue()
    yield "huge.bmp", b"BM" + struct.pack("<IIIIiiHHIIIIII", 99, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)
    yield (
        "frames.gif",
        b"GIF89a"
        + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0)
        + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0" * 999,
    )


def texts() -> Iterator[File]:
    """Documents and programs renamed to pictures."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bodies = {
        "svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "xxe": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        "laughs": f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">{entities}]><r>&a9;</r>',
        "html": "<!doctype html><img src=x onerror=alert(1)>",
        "php": "<?php system($_GET[0]);",
        "shell": "#!/bin/sh\nrm -rf /",
        "ps": "%!PS-Adobe-3.0\n(/etc/passwd) (r) file",
        "rtf": r"{\rtf1\object\objupdate}",
        "eicar": "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        "mvg": 'push graphic-context\nfill "url(https://127.0.0.1/|ls)"\npop graphic-context',
        "words": "Просто письмо куратору. " * 99,
    }
    programs = {
        "exe": b"MZ\x90\0" + CANARY * 99,
        "elf": b"\x7fELF\x02\x01" + b"\0" * 99,
        "class": b"\xca\xfe\xba\xbe" + b"\0" * 99,
    }
    for name, body in {**{name: text.encode() for name, text in bodies.items()}, **programs}.items():
        yield f"{name}.jpg", body
        yield f"{name}.pdf", body
    yield "nothing.jpg", b""
    yield "one byte.png", b"\x89"


def names() -> Iterator[File]:
    """Names that lie, climb or overflow; the files behind them are honest and not."""
    for name in (
        "../../../../etc/cron.d/evil.jpg",
        "..\\..\\windows\\system32\\evil.jpg",
        "/etc/passwd",
        "photo\u202egpj.exe",
        "a\0b.jpg",
        "строка\r\nSet-Cookie: x=1.jpg",
        "<script>alert(1)</script>.png",
        "%s%n%(name)s{0}.jpg",
        "к" * 5000 + ".jpg",
        "",
        " ",
        "...",
        "CON.jpg",
        "-rf",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") + ".jpg",
    ):
        yield name, picture("JPEG")
        yield name, b"MZ" + CANARY


def boxes() -> Iterator[File]:
    """The boxes of a HEIC with sizes and kinds that are not so."""
    whole = picture("HEIF")
    for brand in (b"heic", b"mif1", b"avif", b"hevx", b"qt  ", b"isom", b"crx "):
        yield f"brand {brand.decode().strip()}.heic", whole.replace(b"heic", brand)
        yield f"only {brand.decode().strip()}.heic", b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + brand
    at = whole.index(b"ispe") + 8
    for width, height in ((65_535, 65_535), (2**31, 2**31), (0, 0), (100_000, 100_000), (1, 2**32 - 1)):
        yield f"says {width}x{height}.heic", whole[:at] + struct.pack(">II", width, height) + whole[at + 8 :]
    for box in (b"meta", b"iloc", b"iprp", b"mdat", b"iinf"):
        start = whole.find(box)
        for size in (0, 1, 7, 2**32 - 1):
            if start > 0:
                yield f"{box.decode()} of {size}.heic", whole[: start - 4] + struct.pack(">I", size) + whole[start:]
