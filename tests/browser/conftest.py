"""Real Chromium against processes started as `bin/run` starts them, and a real SMTP server for their letters."""

from __future__ import annotations

import email
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests import ready
from tests.faults.installation import Started, free_port

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
START_SECONDS = 300
LONGEST = ("is_accessible[kurator]", "is_accessible[direktor]", "the_curator_comes_in")
"""How the names of the longest tests end, beside those of a whole year."""
PICTURES = os.environ.get("SCREENSHOTS", "")
STOP_SECONDS = 15


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest walks come first, so that of two workers none waits for the other's last one."""
    items.sort(key=lambda item: item.path.name != "test_year_journey.py" and not item.name.endswith(LONGEST))


class PostOffice:
    """Every letter the installation sent, oldest first."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        content: bytes = envelope.content  # type: ignore[attr-defined]
        self.letters.append(email.message_from_bytes(content, policy=policy.default))
        return "250 OK"

    def wait_for(self, address: str, pattern: str, words: str = "", *, seconds: float = 45.0) -> str:
        """What the pattern finds in the newest letter to this address that has it and the words; waits for the worker."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for letter in reversed(self.letters):
                body = letter.get_body()
                text = str(body.get_content()) if body else ""
                found = re.search(pattern, text)
                if found and words in text and address in str(letter["To"]):
                    return found[0]
            time.sleep(0.2)
        raise AssertionError(f"no letter to {address} with {pattern} {words}")


@dataclass(frozen=True)
class Installation:
    """A running installation and the ways into its demo."""

    url: str
    logins: list[dict[str, str]]
    post_office: PostOffice
    data_dir: Path

    def login(self, name: str) -> dict[str, str]:
        """The row of the person with this login name."""
        return next(row for row in self.logins if row["login"] == name)


@contextmanager
def running(data_dir: Path, *arguments: str) -> Iterator[tuple[Started, PostOffice]]:
    """`bin/run` with its own data folder, port and mail server, ready for people; stopped at the end."""
    post_office = PostOffice()
    smtp = Controller(post_office, hostname="127.0.0.1", port=free_port())
    smtp.start()
    started = Started(data_dir, arguments, {"EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}"})
    try:
        ready = started.wait_until(lambda: "Ctrl-C" in started.console.read_text(errors="replace"), START_SECONDS)
        assert ready, started.console.read_text(errors="replace")[-4000:]
        yield started, post_office
    finally:
        started.process.terminate()
        started.process.wait(STOP_SECONDS)
        smtp.stop()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data_dir = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(ready.with_demo(ready.folder_of(tmp_path_factory)), data_dir)
    with running(data_dir) as (started, post_office):
        logins = json.loads((data_dir / "demo-logins.json").read_text())
        yield Installation(f"http://127.0.0.1:{started.port}", logins, post_office, data_dir)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP, locale="ru-RU", accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when its console or the network reports an error of ours."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if is_trouble(said) else None)
    page.on(
        "response", lambda answer: troubles.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
    )
    yield page
    assert troubles == []


def is_trouble(said: ConsoleMessage) -> bool:
    """An error of a script or of the content policy; a refusal answered with 4xx is the test's own business."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the papers and, if $SCREENSHOTS names a folder, the pictures of the walked pages are kept."""
    folder = Path(PICTURES) if PICTURES else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def photograph(page: Page, folder: Path, name: str, *sizes: ViewportSize) -> None:
    """The whole page at these sizes, on a desk and on a phone where none is said; nothing if no pictures are asked for."""
    if not PICTURES:
        return
    for size in sizes or (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=True, caret="initial")
    page.set_viewport_size(sizes[-1] if sizes else DESKTOP)
