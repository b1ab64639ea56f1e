"""Seeing a plan of three years: months turned, a filter kept from page to page, the timeline on a phone and on paper."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import DESKTOP, PHONE, Installation, photograph
from tests.browser.walking import find_faults, log_in

LYING = (842, 595)
"""A4 lying, in points."""


def test_a_plan_is_seen_by_month_by_year_and_on_paper(
    page: Page, installation: Installation, screenshots: Path, tmp_path: Path
) -> None:
    log_in(page, installation, "kurator-licey")
    page.get_by_role("link", name="Дорожная карта", exact=True).first.click()
    page.locator("main .line-what a").first.click()
    expect(page.locator(".year-table tbody tr")).to_have_count(3)

    page.get_by_label("Кто отвечает").select_option("me")
    expect(page).to_have_url(having("who=me"))
    page.locator("#views").get_by_role("link", name="Календарь").click()
    expect(page.get_by_label("Кто отвечает")).to_have_value("me")

    heading = page.locator("h1").inner_text()
    page.locator("#turn-on").click()
    expect(page.locator("h1")).not_to_have_text(heading)
    expect(page).to_have_url(having("month="))
    expect(page.get_by_role("table")).to_have_count(1)
    page.go_back()
    expect(page.locator("h1")).to_have_text(heading)
    assert find_faults(page) == []
    photograph(page, screenshots, "plan-calendar")
    assert {*printed(page, tmp_path)} == {LYING}

    page.get_by_role("link", name="Лента времени").click()
    page.get_by_role("link", name="Сбросить").click()
    page.get_by_label("Учебный год").select_option("all")
    expect(page.locator("h1")).to_contain_text("Все годы")
    assert page.locator(".timeline svg[role=img]").count() == page.locator(".timeline tbody tr:not(.band)").count()
    assert find_faults(page) == []
    photograph(page, screenshots, "plan-timeline")

    page.set_viewport_size(PHONE)
    region = page.get_by_role("region", name="Сроки мероприятий по месяцам")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)  # the browser scrolls softly
    assert region.evaluate("region => region.scrollLeft") > 0
    page.set_viewport_size(DESKTOP)
    page.locator(".timeline td > a").first.click()
    expect(page).to_have_url(having("/activities/"))


def having(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def printed(page: Page, folder: Path) -> list[tuple[int, int]]:
    """The sizes of the sheets that the page is printed on."""
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    boxes = [sheet.mediabox for sheet in PdfReader(folder / "page.pdf").pages]
    return [(round(float(box.width)), round(float(box.height))) for box in boxes]
