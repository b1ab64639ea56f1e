"""A date is moved with what follows from it; a plan is approved, changed, and laid beside what was approved."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, Installation, photograph
from tests.browser.walking import find_faults, log_in

TWIN = Path(__file__).resolve().parents[1] / "roadmap" / "documents" / "one_list.txt"
MEETING = "Организация групповой встречи"


def test_a_meeting_is_moved_with_what_follows_and_the_approved_plan_stays(
    page: Page, browser: Browser, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator")
    programme = programme_of_its_own(page, installation)
    approve_as_the_head(browser, installation, programme)

    page.goto(f"{programme}?q=группов#all")
    line = page.locator("#list .act", has_text=MEETING)
    line.get_by_role("link", name="Выполнено").click()
    line.get_by_role("link", name="Перенести на другие дни").click()
    month_later(line.get_by_label("Первый день"))
    month_later(line.get_by_label("Последний день"), is_last=True)
    line.get_by_role("button", name="Назначить").click()
    expect(line.locator("legend")).to_contain_text("слишком рано")
    expect(line.get_by_text("Анкета предпочтений идёт после групповой встречи")).to_be_visible()
    assert find_faults(page) == []
    photograph(page, screenshots, "move-follows")
    followers = line.get_by_role("checkbox").count()
    line.get_by_role("button", name="Перенести вместе с отмеченными").click()
    expect(page.get_by_text("следом перенес")).to_be_visible()
    assert page.url.startswith(programme)

    page.goto(f"{programme}versions/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"после неё изменено {followers + 1} мероприяти")
    page.get_by_role("link", name="Посмотреть, что изменено").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{followers + 1} мероприяти")
    moved = page.locator(".pair-row", has_text=MEETING)
    expect(moved.locator("del")).to_have_count(1)
    expect(moved.locator("ins")).to_have_count(1)
    assert find_faults(page) == []
    photograph(page, screenshots, "versions-compared")


def programme_of_its_own(page: Page, installation: Installation) -> str:
    """The address of a programme of which nothing is done yet."""
    page.goto(f"{installation.url}/drafts/new/")
    page.locator("input[type=file]").set_input_files(TWIN)
    page.get_by_role("button", name=re.compile("Загрузить|Прочитать")).click()
    page.wait_for_url(re.compile(r"/drafts/\d+/"))
    page.get_by_role("button", name="Создать программу").click()
    page.wait_for_url(re.compile(r"/programmes/\d+/"))
    return page.url.split("?")[0].split("#")[0]


def approve_as_the_head(browser: Browser, installation: Installation, programme: str) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="ru-RU")
    page = context.new_page()
    log_in(page, installation, "direktor")
    page.goto(f"{programme}versions/")
    page.get_by_role("link", name="Утвердить план").click()
    page.get_by_label("Основание").fill("приказ от 31.08.2026 № 137/к")
    assert find_faults(page) == []
    page.get_by_role("button", name="Утвердить план").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Утверждена редакция 1")
    context.close()


def month_later(field: Locator, *, is_last: bool = False) -> None:
    """From the first to the last day of the month after the one that stands there."""
    year, month, _day = map(int, field.input_value().split("-"))
    year, month = (year + month // 12, month % 12 + 1)
    last = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
    field.fill(f"{year}-{month:02}-{last if is_last else 1:02}")
