"""What a stranger might send in place of a photo of the form: refused in a sentence, and the good photo after it is taken."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pytest_django.fixtures import Settings

from core.files import read_file
from core.models import StoredFile
from participants.models import Consent
from tests.clamd import EICAR, Clamd, answering
from tests.core.hostile import acting, chunk, pdf, picture, written
from tests.factories import ConsentFactory, GuardianshipFactory, PersonalLinkFactory
from tests.families import come_by_link
from tests.participants.pictures import photo

pytestmark = pytest.mark.django_db
PAGE = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("payload.php", "<?php system($_GET[0]);")
    return out.getvalue()


def with_comment(jpeg: bytes, body: bytes) -> bytes:
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def huge(side: int = 14_143) -> bytes:
    """200 million dots in a few kilobytes."""
    rows = zlib.compress(b"\0" * ((side + 7) // 8 + 1) * side, 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    return written(writer)


def carrying() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.add_attachment("invoice.exe", b"MZ\x90\0")
    return written(writer)


HIDDEN, ACTIVE, KIND, TORN = (
    "кроме снимка спрятано",
    "программа или вложенные файлы",
    "не фотография",
    "дошёл не целиком",
)
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a photo that is a page": ("лист.jpg", lambda: picture("JPEG") + PAGE, HIDDEN),
    "a photo with a page in its comment": ("лист.jpg", lambda: with_comment(picture("JPEG"), PAGE), HIDDEN),
    "a photo that is an archive": ("лист.jpg", lambda: picture("JPEG") + packed(), HIDDEN),
    "a photo that is a PDF": ("лист.jpg", lambda: picture("JPEG") + pdf(), HIDDEN),
    "a picture that is a program of the server": ("лист.png", lambda: picture("PNG") + b"<?php system('id');", HIDDEN),
    "a HEIC that is a page": ("лист.heic", lambda: picture("HEIF") + PAGE, HIDDEN),
    "a PDF that is an archive": ("лист.pdf", lambda: pdf() + packed(), HIDDEN),
    "a page before a photo": ("лист.jpg", lambda: PAGE + picture("JPEG"), KIND),
    "a GIF that is a script": ("лист.jpg", lambda: b"GIF89a/*" + b"\0" * 50 + b"*/=1;alert(1)//", KIND),
    "SVG": ("лист.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', KIND),
    "SVG named .jpg": ("лист.jpg", lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>', KIND),
    "a page named .jpg": ("лист.jpg", lambda: PAGE, KIND),
    "a program named .pdf": ("лист.pdf", lambda: b"MZ\x90\0\x03" + b"\0" * 500, KIND),
    "half a photo": ("лист.jpg", lambda: photo()[: len(photo()) // 2], TORN),
    "half a HEIC": ("лист.heic", lambda: picture("HEIF")[:-300], TORN),
    "half a PDF": ("лист.pdf", lambda: pdf()[:80], TORN),
    "200 megapixels": ("лист.png", huge, "слишком много точек"),
    "500 pages": ("лист.pdf", lambda: pdf(500), "страниц: 500"),
    "a PDF with a script": ("лист.pdf", lambda: acting("JavaScript", "/OpenAction"), ACTIVE),
    "a PDF that starts a program": ("лист.pdf", lambda: acting("Launch", "/AA"), ACTIVE),
    "a PDF with a file in it": ("лист.pdf", carrying, ACTIVE),
    "a PDF with a password": ("лист.pdf", lambda: locked("secret"), "закрыт паролем"),
    "a PDF locked without a password": ("лист.pdf", lambda: locked(""), "закрыт паролем"),
    "nothing": ("лист.jpg", lambda: b"", "пуст"),
    "21 megabytes": ("лист.jpg", lambda: photo() + b"\0" * (21 << 20), "больше 20 МБ"),
    "a name that climbs": ("../../../../etc/cron.d/лист.jpg", lambda: b"* * * * * root id", "«лист.jpg»"),
    "a name of another system": ("C:\\Windows\\лист.jpg", lambda: b"MZ", "«лист.jpg»"),
    "a name that lies": ("лист\u202egpj.exe", lambda: b"MZ", "«листgpj.exe»"),
}


@pytest.fixture
def consent() -> Consent:
    bond = GuardianshipFactory()
    return ConsentFactory(person=bond.minor, guardian=bond.guardian)


@pytest.fixture
def parent(consent: Consent) -> Client:
    return come_by_link(Client(), PersonalLinkFactory(person=consent.person, guardian=consent.guardian, channel="slip"))


def send(parent: Client, consent: Consent, name: str, data: bytes) -> tuple[int, str]:
    """The status and the sentence."""
    answer = parent.post(f"/my/consents/{consent.pk}/send/", {"pages": SimpleUploadedFile(name, data)})
    said = re.search(r'id="refusal"[^>]*>(.*?)</p>', answer.content.decode(), re.DOTALL)
    return answer.status_code, " ".join(said[1].split()) if said else ""


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_refused_in_a_sentence_and_a_good_photo_after_it_goes_through(
    case: str, consent: Consent, parent: Client
) -> None:
    name, made, words = HOSTILE[case]

    status, said = send(parent, consent, name, made())
    kept = StoredFile.objects.count()
    good, _said = send(parent, consent, "хорошее.jpg", photo())

    assert (status, words in said, said.endswith("."), kept) == (400, True, True, 0), said
    consent.refresh_from_db()
    assert (good, consent.state, consent.pages.count()) == (302, "sent", 1)
    assert read_file(consent.pages.get().file).startswith(b"\xff\xd8\xff")


def test_the_harmless_virus_is_refused_where_clamd_runs(consent: Consent, parent: Client, settings: Settings) -> None:
    with answering(Clamd()) as clamd:
        settings.CLAMD_URL = clamd.url
        refused = [send(parent, consent, name, data) for name, data in (("e.jpg", EICAR), ("e.jpg", photo() + EICAR))]
        good, _said = send(parent, consent, "хорошее.jpg", photo())

    assert [(status, "антивирус нашёл вирус" in said) for status, said in refused] == [(400, True)] * 2
    assert (good, StoredFile.objects.count()) == (302, 1)


def test_an_honest_photo_with_a_climbing_name_is_kept_under_a_name_of_our_own(consent: Consent, parent: Client) -> None:
    status, _said = send(parent, consent, "../../../../etc/cron.d/evil.jpg", photo())

    stored = StoredFile.objects.get()
    assert (status, stored.name, re.fullmatch(r"[0-9a-f]{32}", stored.place) is not None) == (302, "page.jpg", True)
    assert len(stored.sha256) == 64
