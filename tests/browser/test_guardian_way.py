"""The way of whoever signs, on a telephone: the link, the birth date, the form, the photos, a cut network, sent."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.conftest import Installation, is_trouble, photograph
from tests.browser.walking import find_faults
from tests.faults.installation import PROJECT

SCRIPT = Path(__file__).with_name("families_to_sign.py")
MOST_SECONDS = 120
MOST_TAPS = 3
"""After the photo, as the journey was promised."""
WAYS = [(0, 320, True), (1, 390, True), (2, 320, False), (3, 390, False)]


@pytest.fixture(scope="module")
def families(installation: Installation) -> list[dict[str, str]]:
    own = {"DATA_DIR": str(installation.data_dir), "ENV_FILE": os.devnull, "PYTHONPATH": str(PROJECT)}
    made = subprocess.run(
        [sys.executable, str(PROJECT / "manage.py"), "shell", "-c", SCRIPT.read_text()],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return [json.loads(line) for line in made.stdout.splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A photo that lies on its side and tells where it was taken, and one as an iPhone makes it."""
    folder = tmp_path_factory.mktemp("photos")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    sheet = Image.effect_noise((2000, 1500), 50).convert("RGB")
    sheet.save(folder / "IMG_1.jpg", "JPEG", quality=92, exif=exif.tobytes())
    pillow_heif.from_pillow(sheet.resize((600, 800))).save(folder / "IMG_2.heic")
    return [folder / "IMG_1.jpg", folder / "IMG_2.heic"]


class Walk:
    """One parent with a telephone, who may change it for another; counts the taps."""

    def __init__(self, browser: Browser, width: int, *, has_scripts: bool) -> None:
        self.browser, self.width, self.has_scripts = browser, width, has_scripts
        self.taps = 0
        self.troubles: list[str] = []
        self.devices: list[BrowserContext] = []

    def device(self) -> Page:
        context = self.browser.new_context(
            viewport={"width": self.width, "height": 844},
            locale="ru-RU",
            java_script_enabled=self.has_scripts,
            accept_downloads=True,
        )
        self.devices.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if is_trouble(said) else None)
        return page

    def tap(self, page: Page, name: str) -> None:
        self.taps += 1
        page.get_by_role("button", name=name).click()

    def close(self) -> None:
        for context in self.devices:
            context.close()


@pytest.fixture
def walk(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Walk]:
    width, has_scripts = request.param
    walk = Walk(browser, width, has_scripts=has_scripts)
    yield walk
    walk.close()
    assert walk.troubles == []


def open_page(page: Page, installation: Installation, family: dict[str, str]) -> None:
    """By the link; before the birth date nothing but the first name is shown."""
    page.goto(f"{installation.url}/l/{family['token']}/")
    said = page.locator("main").inner_text()
    assert ("Лев" in said, family["surname"] in said) == (True, False)
    page.locator("[name=birth_date]").fill(family["birth_date"])
    page.get_by_role("button", name="Открыть страницу").click()
    page.wait_for_url(re.compile(r"/my/consents/\d+/$"))


def download(page: Page) -> bytes:
    """The form, which the worker has printed by now or prints in a moment."""
    button = page.get_by_role("link", name=re.compile("Скачать бланк"))
    for _ in range(40):
        if button.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    with page.expect_download() as waiting:
        button.click()
    return Path(waiting.value.path()).read_bytes()


def lose_network_with_scripts(walk: Walk, page: Page, photo: Path) -> None:
    """The photo waits for the network and goes by itself when it is back."""
    page.context.set_offline(True)
    page.locator("#send input[type=file]").set_input_files(photo)
    expect(page.get_by_text("Связь прервалась")).to_be_visible()
    expect(page.get_by_role("button", name="Отправить в школу")).to_be_disabled()
    page.context.set_offline(False)


def lose_network_without_scripts(walk: Walk, page: Page, photo: Path) -> None:
    """The browser shows its own page; the way back leads to what was kept."""
    page.locator("#send input[type=file]").set_input_files(photo)
    page.context.set_offline(True)
    with suppress(Error):
        page.get_by_role("button", name="Добавить снимки").click(timeout=3000)
    page.context.set_offline(False)


def put_right(page: Page) -> None:
    """Moved and moved back; the second turned: its picture is another then."""
    pictures = [picture.get_attribute("src") for picture in page.locator(".mine-sheet img").all()]
    page.get_by_role("button", name="Позже: 1").click()
    expect(page.locator(".mine-sheet img").first).to_have_attribute("src", pictures[1] or "")
    page.get_by_role("button", name="Раньше: 2").click()
    expect(page.locator(".mine-sheet img").first).to_have_attribute("src", pictures[0] or "")
    page.get_by_role("button", name="Повернуть: 2").click()
    expect(page.locator(".mine-sheet img").nth(1)).not_to_have_attribute("src", pictures[1] or "", timeout=15_000)


@pytest.mark.parametrize(
    ("walk", "number"), [((width, has_scripts), number) for number, width, has_scripts in WAYS], indirect=["walk"]
)
def test_a_parent_sends_the_consent_from_a_telephone_though_the_network_is_cut(
    walk: Walk, number: int, installation: Installation, families: list[dict[str, str]], photos: list[Path],
    screenshots: Path,
) -> None:  # fmt: skip
    family, began = families[number], time.monotonic()
    phone = walk.device()
    open_page(phone, installation, family)
    assert download(phone).startswith(b"%PDF-")

    # The first photo is kept; while the second is on its way the network goes, and the telephone's battery too.
    phone.locator("#send input[type=file]").set_input_files(photos[0])
    if not walk.has_scripts:
        walk.tap(phone, "Добавить снимки")
    expect(phone.locator(".mine-sheet")).to_have_count(1, timeout=20_000)
    (lose_network_with_scripts if walk.has_scripts else lose_network_without_scripts)(walk, phone, photos[1])
    if walk.has_scripts:
        expect(phone.locator(".mine-sheet")).to_have_count(2, timeout=30_000)

    # Another device goes on by the same link.
    other = walk.device()
    open_page(other, installation, family)
    if not walk.has_scripts:
        expect(other.locator(".mine-sheet")).to_have_count(1)
        other.locator("#send input[type=file]").set_input_files(photos[1])
        walk.tap(other, "Добавить снимки")
    expect(other.locator(".mine-sheet")).to_have_count(2)
    assert other.locator("img").first.bounding_box() is not None
    if walk.has_scripts:
        assert find_faults(other) == []
        assert other.evaluate("document.documentElement.scrollWidth") <= walk.width
    photograph(other, screenshots, f"guardian-{walk.width}-{walk.has_scripts}", {"width": walk.width, "height": 844})

    put_right(other)

    walk.tap(other, "Отправить в школу")
    expect(other.get_by_role("heading", level=1)).to_contain_text("Отправлено", timeout=20_000)
    seconds = time.monotonic() - began
    print(f"guardian: {walk.width} px, scripts {walk.has_scripts}: {walk.taps} taps after a photo, {seconds:.0f} s")
    assert (walk.taps <= MOST_TAPS, seconds < MOST_SECONDS) == (True, True)

    address = other.locator("a[href*='/my/pages/']").first.get_attribute("href")
    sent = other.context.request.get(f"{installation.url}{address}").body()
    picture = Image.open(io.BytesIO(sent))
    assert (picture.height > picture.width, b"Exif" in sent, sorted(picture.info)[:1]) == (True, False, ["jfif"])
