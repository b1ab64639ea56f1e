"""Pairs of a scenario on their way: sent by the curator, approved on a telephone, in the draft of an order."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, go, log_in

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


def come_as(page: Page, installation: Installation, name: str, size: ViewportSize) -> None:
    page.context.clear_cookies()
    page.set_viewport_size(size)
    log_in(page, installation, name)


def send_first(page: Page, installation: Installation) -> str:
    """The first pair of the first scenario goes to the administrator; the surname of its mentee."""
    page.goto(f"{installation.url}/pairs/scenarios/1/send/")
    page.get_by_label("Записка администратору").fill("Просим утвердить до пятницы")
    first, *others = page.locator("input[name=mentees]").all()
    for box in others:
        box.uncheck()
    name = page.locator("tbody th[scope=row]").first.inner_text()
    assert find_faults(page) == []
    assert first.is_checked()
    go(page, "Отправить отмеченные", r"/pairs/protocols/\d+/$")
    expect(page.get_by_text("Доказано: при стольких же наставляемых")).to_be_visible()
    assert find_faults(page) == []
    return name.split(maxsplit=1)[0]


def approve_one(page: Page, installation: Installation, surname: str) -> None:
    """On one screen of a telephone: open the reasons, leave one pair ticked, approve it."""
    page.goto(f"{installation.url}/pairs/decide/")
    row = page.locator("tbody tr", has_text=surname)
    row.locator("details.shares summary").click()
    shares = [int(text.replace("\u2212", "-")) for text in row.locator("details.shares b").all_inner_texts()]
    told = row.locator("details.shares summary").inner_text()
    assert told.startswith(f"{sum(shares)} балл")
    for other in page.locator("tbody tr").filter(has_not_text=surname).all():
        other.locator("input[type=checkbox]").uncheck()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert find_faults(page) == []
    page.get_by_role("button", name=re.compile(r"^Утвердить отмеченные")).click()
    page.wait_for_load_state()
    expect(page.get_by_text("1 пара утверждена.")).to_be_visible()


def draft_and_cancel(page: Page, installation: Installation, surname: str) -> None:
    """The approved pair stands in the draft of an order, which the demo does not keep."""
    page.goto(installation.url)
    page.locator("main a[href*='/orders/new/']").first.click()
    page.locator("[name=number]").fill("900-п")
    page.get_by_role("button", name=re.compile("Составить приказ")).click()
    page.wait_for_url(re.compile(r"/orders/\d+/$"))
    expect(page.locator("main")).to_contain_text(surname)
    page.get_by_role("link", name=re.compile("Отменить")).first.click()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def undo(page: Page, installation: Installation, surname: str) -> None:
    """The demo is everybody's."""
    page.goto(f"{installation.url}/pairs/?group=approved&q={surname}")
    page.get_by_role("link", name=re.compile("^Снять")).first.click()
    page.get_by_role("button", name="Снять пару").click()
    page.wait_for_url(re.compile("group="))


def test_a_pair_is_sent_approved_on_a_telephone_and_drafted_into_an_order(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    come_as(page, installation, "kurator", DESK)
    surname = send_first(page, installation)
    photograph(page, screenshots, "submission")

    come_as(page, installation, "direktor", PHONE)
    approve_one(page, installation, surname)

    come_as(page, installation, "kurator", DESK)
    draft_and_cancel(page, installation, surname)
    undo(page, installation, surname)
