"""Every page that a person can reach by links stands up to axe, to a narrow phone and to the content policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.conftest import DESKTOP, PHONE, Installation, photograph
from tests.browser.school_year import Entry, Walk, ask_consent, enter_person, link_in_letter, open_link
from tests.browser.walking import find_faults, log_in

SOMEONE = Entry("pupil", "Ракитин", "Фёдор", "Львович", "2013-05-14", "mentee", "7 «Б»", guardian="rakita@home.test")
REACHED = {
    "kurator": {
        "/participants/",
        "/participants/0/",
        "/participants/0/edit/",
        "/participants/parts/0/profile/",
        "/consents/",
        "/consents/0/",
        "/consents/texts/",
        "/pairs/",
        "/pairs/new/",
        "/mentorships/",
        "/mentorships/0/",
        "/orders/",
        "/orders/0/",
    },
    "direktor": {"/pairs/", "/pairs/decide/", "/orders/", "/orders/0/", "/participants/0/", "/mentorships/0/"},
    "nastavnik": {"/mentorships/0/mine/", "/mentorships/0/meet/"},
    "nastavlyaemy": {"/mentorships/0/mine/"},
    "roditel": {"/my/", "/my/consents/0/"},
}
"""What the walks must come by, with 0 for every number, so that a page that nothing leads to is missed."""
FILES = ("/pages/0/", "/source/")
"""Links to files, which the browser keeps or makes a page of its own for."""
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

    faults = {path: faults_of(page, screenshots, name) for path in walk(page, installation)}

    assert {path: found for path, found in faults.items() if found} == {}
    assert REACHED.get(name, set()) - {shape_of(path) for path in faults} == set()


def test_every_page_of_who_came_by_a_link_is_accessible(
    page: Page, browser: Browser, installation: Installation, screenshots: Path
) -> None:
    journey = Walk(installation.url, browser, installation.post_office, screenshots, "link")
    log_in(page, installation, "kurator")
    ask_consent(page, enter_person(journey, page, SOMEONE, "Ученик – ученик"))
    page.context.clear_cookies()
    open_link(page, SOMEONE, link_in_letter(journey, SOMEONE))

    faults = {path: faults_of(page, screenshots, "link") for path in walk(page, installation, "/my/")}

    assert {path: found for path, found in faults.items() if found} == {}
    assert {shape_of(path) for path in faults} >= {"/my/", "/my/consents/0/", "/my/consents/0/decline/"}


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


def test_a_page_with_faults_is_told_of_each_of_them(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.url}/log-in/")
    page.eval_on_selector("label", "label => label.remove()")
    page.eval_on_selector("h1", "heading => heading.style.color = 'white'")
    page.eval_on_selector("main", "main => main.append(...[1, 2].map(() => document.createElement('img')))")

    found = [line.split(":")[0] for line in find_faults(page)]

    assert sorted(found) == ["color-contrast", "image-alt", "image-alt", "label"]


def shape_of(path: str) -> str:
    return re.sub(r"\d+", "0", path)


def walk(page: Page, installation: Installation, start: str = "/") -> Iterator[str]:
    """Open each page that links lead to, one of each shape, and name its path."""
    waiting, seen = [start], {start}
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(installation.url + path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield path
        for link in page.eval_on_selector_all("a[href]:not([download])", "found => found.map(one => one.href)"):
            address = urlsplit(link)
            shape = shape_of(address.path)
            if installation.url.endswith(address.netloc) and shape not in seen and not shape.endswith(FILES):
                seen.add(shape)
                waiting.append(address.path)


def faults_of(page: Page, screenshots: Path, name: str) -> list[str]:
    """What is amiss on the open page: axe on a desk and on a phone, and what sticks out sideways on a narrow one."""
    shape = re.sub(r"\W+", "-", shape_of(urlsplit(page.url).path)).strip("-") or "home"
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        photograph(page, screenshots, f"{name}-{shape}", size)
        found += find_faults(page)
    page.set_viewport_size(NARROW)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than 320 px")
    page.set_viewport_size(DESKTOP)
    return found
