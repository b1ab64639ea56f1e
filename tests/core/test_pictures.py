"""Photos and scans: read apart, given back as bare pages. R12: hostile files cannot hurt."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import segno
from PIL import Image

from core.pictures import MOST_BYTES, MOST_FILES, MOST_PAGES, PicturesRefused, Scan, as_pdf, read_scans
from core.pictures.reading import LONGEST_SIDE, SANDBOX, limits_for, scan_of
from tests.core.hostile import CANARY, File, hostile_files, pdf, picture

LONG = os.environ.get("FAULTS") == "long"
FORKING = Path(__file__).with_name("forking.py")
MOST_SECONDS, MOST_MEGABYTES = 5, 150


def jpeg(image: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


def with_code(text: str, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """A white sheet with a QR code of two centimetres at its top, at 150 dots per inch."""
    code = BytesIO()
    segno.make_qr(text, error="m").save(code, kind="png", scale=5, border=4)
    sheet = Image.new("RGB", size, "white")
    sheet.paste(Image.open(code).convert("RGB").resize((150, 150)), (900, 60))
    return sheet


def opened(page: bytes) -> Image.Image:
    return Image.open(BytesIO(page))


# ---------------------------------------------------------------- what comes out


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_picture_is_one_page_of_bare_jpeg(kind: str) -> None:
    (scan,) = read_scans([("Лист.bin", picture(kind, (2400, 1200)))])

    page = opened(scan.pages[0])
    assert (scan.name, len(scan.pages), page.format, page.mode) == ("Лист.bin", 1, "JPEG", "RGB")
    assert (page.size, sorted(page.info)) == (
        (LONGEST_SIDE, LONGEST_SIDE // 2),
        ["jfif", "jfif_density", "jfif_unit", "jfif_version"],
    )


def test_a_small_picture_keeps_its_size() -> None:
    assert opened(read_scans([("a.png", picture("PNG"))])[0].pages[0]).size == (320, 240)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_comes_upright(orientation: int) -> None:
    image = Image.new("RGB", (40, 80), "white")
    image.paste("red", (0, 0, 40, 20))
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # as a camera writes what exif_transpose turns back
    stored = image.transpose(Image.Transpose(turned[orientation])) if orientation > 1 else image
    exif = Image.Exif()
    exif[0x0112] = orientation

    page = opened(read_scans([("a.jpg", jpeg(stored, exif=exif, quality=95))])[0].pages[0])

    colour = page.getpixel((20, 5))
    assert isinstance(colour, tuple)
    assert (page.size, colour[0] > 200, colour[1] < 60) == ((40, 80), True, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_way_of_colouring_is_read(mode: str) -> None:
    shade = Image.linear_gradient("L").resize((64, 256))
    image = (
        Image.frombytes("I;16", (1, 2), b"\x00\x00\xff\xff").resize((64, 256))
        if mode == "I;16"
        else shade.convert(mode)
    )
    out = BytesIO()
    image.save(out, "JPEG" if mode == "CMYK" else "PNG")

    page = opened(read_scans([("a", out.getvalue())])[0].pages[0]).convert("L")

    top, bottom = (page.crop((30, line, 31, line + 1)).tobytes()[0] for line in (2, 253))
    assert (top < 12, bottom > 243) == (True, True)


def test_what_is_transparent_is_white_paper() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(read_scans([("a.png", out.getvalue())])[0].pages[0]).getpixel((9, 9)) == (255, 255, 255)


def test_a_pdf_gives_its_pages_in_order() -> None:
    (scan,) = read_scans([("a.pdf", pdf(3))])

    assert (len(scan.pages), {opened(page).format for page in scan.pages}) == (3, {"JPEG"})


@pytest.mark.parametrize("degrees", [0, 4, 90, 180, 265])
def test_codes_are_read_however_the_sheet_lies(degrees: int) -> None:
    photo = with_code("ST1-57-K7QJ2ZMA").rotate(degrees, expand=True, fillcolor="gray")

    assert read_scans([("a.jpg", jpeg(photo, quality=70))])[0].codes == ("ST1-57-K7QJ2ZMA",)


def test_codes_are_told_page_by_page() -> None:
    out = BytesIO()
    sheets = [with_code("first"), Image.new("RGB", (1240, 1754), "white"), with_code("third")]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150)

    (scan,) = read_scans([("a.pdf", out.getvalue())])

    assert (scan.codes_by_page, scan.codes) == ((("first",), (), ("third",)), ("first", "third"))


def test_pages_are_bound_into_one_pdf_the_same_bytes_each_time() -> None:
    pages = [jpeg(Image.new("RGB", (600, 900), "white")), jpeg(Image.new("RGB", (900, 600), "black"))]

    bound = as_pdf(pages)

    document = pypdfium2.PdfDocument(bound)
    sizes = [page.get_size() for page in document]
    drawn = document[1].render(scale=0.2).to_pil().convert("L")
    assert (sizes, as_pdf(pages) == bound) == ([(595, 842), (842, 595)], True)
    assert (drawn.getpixel((80, 60)), drawn.getpixel((80, 2))) == (0, 255)
    document.close()


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "data", "reason", "words"),
    [
        ("пусто.jpg", b"", "empty", "Файл «пусто.jpg» пустой"),
        ("видео.mp4", b"x" * (MOST_BYTES + 1), "size", "больше 20 МБ"),
        ("письмо.docx", b"PK\3\4" + b"0" * 99, "kind", "не фотография и не PDF"),
        ("план.pdf", pdf(MOST_PAGES + 1), "pages", f"страниц: {MOST_PAGES + 1}, а за один раз можно отправить не больше {MOST_PAGES}"),
        ("часть.png", picture("PNG")[:-200], "torn", "повреждён или дошёл не целиком"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_named_with_what_to_do(name: str, data: bytes, reason: str, words: str) -> None:
    with pytest.raises(PicturesRefused, match=re.escape(words)) as refusal:
        read_scans([(name, data)])

    assert (refusal.value.reason, f"«{name}»" in str(refusal.value)) == (reason, True)


def test_no_file_too_many_files_and_too_many_pages_are_refused() -> None:
    small = picture("JPEG")
    for files, reason in (
        ([], "none"),
        ([("a", small)] * (MOST_FILES + 1), "many"),
        ([("a", pdf(MOST_PAGES)), ("b", small)], "many"),
        ([("a", pdf(MOST_PAGES - 1)), ("b", pdf(2))], "pages"),
    ):
        with pytest.raises(PicturesRefused) as refusal:
            read_scans(files)
        assert refusal.value.reason == reason


def test_the_decoders_are_never_loaded_where_the_files_are_handed_over() -> None:
    program = (
        "import sys, resource\n"
        "from core.pictures import read_scans\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "read_scans([('a', data)])\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024 < 20)\n"
        "print([name for name in sys.modules if name.startswith(('PIL', 'pypdfium2', 'zxingcpp', 'pillow_heif'))])\n"
    )
    photo = Path(os.environ.get("TMPDIR", "/tmp")) / f"photo-{os.getpid()}.jpg"
    photo.write_bytes(picture("JPEG", (4000, 3000)))

    told = subprocess.run([sys.executable, "-c", program, str(photo)], capture_output=True, text=True, check=False)

    photo.unlink()
    assert told.stdout.split("\n")[:2] == ["True", "[]"], told.stderr


def test_the_sandbox_gets_no_environment_no_file_and_no_connection(tmp_path: Path) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text(
        f"import importlib.util, os, socket\nspec = importlib.util.spec_from_file_location('s', {str(SANDBOX)!r})\n"
        "sandbox = importlib.util.module_from_spec(spec)\nspec.loader.exec_module(sandbox)\nsandbox.make_ready()\n"
        f"sandbox.confine({limits_for(1)['memory']}, 5)\n"
        "def fails(deed):\n    try:\n        deed()\n    except (OSError, MemoryError):\n        return True\n    return False\n"
        "print([fails(lambda: open('/etc/passwd')), fails(socket.socket), fails(lambda: bytearray(400_000_000))])\n"
    )

    told = subprocess.run([sys.executable, "-I", str(probe)], capture_output=True, text=True, check=False, env={})

    assert told.stdout.strip() == "[True, True, True]", told.stderr


# ---------------------------------------------------------------- R12


def judged(file: File, said: bytes) -> str:
    """`refused`, `cleaned`, or what is wrong."""
    name, data = file
    try:
        scan = scan_of(name, said) if data and len(data) <= MOST_BYTES else read_scans([file])[0]
    except PicturesRefused as refusal:
        words = str(refusal)
        is_plain = words.isprintable() and len(words) < 400 and re.search("[А-Яа-яё]{4}", words)
        return "refused" if is_plain else f"says {words!r}"
    return fault_of(scan) or "cleaned"


def fault_of(scan: Scan) -> str:
    """What is wrong with the pages; empty where nothing is."""
    for page in scan.pages:
        image = opened(page)
        if (
            image.format != "JPEG"
            or max(image.size) > LONGEST_SIDE
            or {"exif", "icc_profile", "comment", "xmp"} & {*image.info}
        ):
            return f"is {image.format} {image.size} with {sorted(image.info)}"
        if CANARY in page or b"Exif" in page:
            return "carries what it was sent with"
    return ""


def read_forked(files: list[File], folder: Path) -> Iterator[tuple[bytes, float, float]]:
    """What the sandbox said of each file, how long it took, and by how many megabytes it grew."""
    for number, (_name, data) in enumerate(files):
        (folder / f"{number}.in").write_bytes(data)
    command = [sys.executable, "-I", str(FORKING), str(SANDBOX), str(folder), json.dumps(limits_for(MOST_PAGES))]
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"MALLOC_ARENA_MAX": "1"}
    ).stdout.splitlines()
    for number, line in enumerate(told):
        end = json.loads(line)
        said = (folder / f"{number}.out").read_bytes() if end["end"] == 0 else b""
        yield said, end["seconds"], end["grown"]


def test_hostile_files_are_refused_in_words_or_come_out_clean(tmp_path: Path) -> None:
    files = hostile_files()
    found = [
        (judged(file, said), seconds, grown)
        for file, (said, seconds, grown) in zip(files, read_forked(files, tmp_path), strict=True)
    ]

    verdicts = [verdict for verdict, _seconds, _grown in found]
    wrong = [
        f"{file[0]!r} {one}" for file, one in zip(files, verdicts, strict=True) if one not in {"refused", "cleaned"}
    ]
    grown = [file[0] for file, (_v, _s, megabytes) in zip(files, found, strict=True) if megabytes > MOST_MEGABYTES]
    print(
        f"R12: {len(files)} hostile files, {verdicts.count('refused')} refused, {verdicts.count('cleaned')} cleaned, {len(wrong)} failures; "
        f"slowest {max(row[1] for row in found):.1f} s, most memory {max(row[2] for row in found):.0f} MB"
    )
    assert (len(files) >= 300, wrong, grown) == (True, [], [])


@pytest.mark.skipif(not LONG, reason="long form: FAULTS=long")
def test_each_hostile_file_by_itself_as_the_product_reads_it() -> None:
    wrong, slowest = [], 0.0
    for file in hostile_files():
        began = time.monotonic()
        try:
            fault = fault_of(read_scans([file])[0])
        except PicturesRefused:
            fault = ""
        slowest = max(slowest, time.monotonic() - began)
        wrong += [f"{file[0]!r} {fault}"] if fault else []
    print(f"R12, one by one: {len(hostile_files())} files, {len(wrong)} failures, slowest {slowest:.1f} s")
    assert (wrong, slowest < MOST_SECONDS * 4) == ([], True)
