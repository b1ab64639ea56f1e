"""Every page that a person can reach by links stands up to axe, to a narrow phone and to the content policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.browser.conftest import DESKTOP, PHONE, Installation, photograph
from tests.browser.walking import find_faults, log_in

NARROW: ViewportSize = {"width": 320, "height": 700}
PEOPLE = (
    "kurator",
    "direktor",
    "psiholog",
    "klassny",
    "nastavnik",
    "nastavlyaemy",
    "roditel",
    "nablyudatel",
    "dve-roli",
    "admin",
)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_a_person_reaches_is_accessible(
    page: Page, installation: Installation, screenshots: Path, name: str
) -> None:
    log_in(page, installation, name)

    faults = {path: found for path in walk(page, installation) if (found := faults_of(page, screenshots, name))}

    assert faults == {}


def test_the_pages_before_logging_in_are_accessible(page: Page, installation: Installation, screenshots: Path) -> None:
    faults = {}
    for path in ("/log-in/", "/invited/no-such-token/", "/card/no-such-token/", "/no-such-page/"):
        page.goto(installation.url + path)
        if found := faults_of(page, screenshots, "nobody"):
            faults[path] = found

    assert faults == {}


def test_the_pages_speak_english_when_asked(page: Page, context: BrowserContext, installation: Installation) -> None:
    context.add_cookies([{"name": "language", "value": "en", "url": installation.url}])
    log_in(page, installation, "kurator")

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="Today").first.is_visible()


def walk(page: Page, installation: Installation) -> Iterator[str]:
    """Open each page that links lead to, one of each shape, and name its path."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(installation.url + path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield path
        for link in page.eval_on_selector_all("a[href]:not([download])", "found => found.map(one => one.href)"):
            address = urlsplit(link)
            shape = re.sub(r"\d+", "0", address.path)
            if installation.url.endswith(address.netloc) and shape not in seen and not shape.endswith("/source/"):
                seen.add(shape)
                waiting.append(address.path)


def faults_of(page: Page, screenshots: Path, name: str) -> list[str]:
    """What is amiss on the open page: axe on a desk and on a phone, and what sticks out sideways on a narrow one."""
    shape = re.sub(r"\W+", "-", re.sub(r"\d+", "0", urlsplit(page.url).path)).strip("-") or "home"
    photograph(page, screenshots, f"{name}-{shape}")
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        found += find_faults(page)
    page.set_viewport_size(NARROW)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than 320 px")
    return found
