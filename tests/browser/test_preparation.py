"""The curator marks a whole training by the keyboard alone, then says who is ready; the mentor reads it on a phone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Installation, photograph
from tests.browser.walking import find_faults, log_in


def test_a_training_is_put_in_marked_by_the_keyboard_and_the_word_is_given(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/participants/trainings/new/")
    page.get_by_label("Тема занятия").fill("Как слушать")
    page.get_by_label("В какой день").fill(date.today().isoformat())
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("h1")).to_have_text("Как слушать")
    groups = page.locator(".marks fieldset")
    count = groups.count()
    assert count > 20

    # The mark of each is «awaited»: one arrow down is «absent», two «came»; Tab passes the name and goes to the next.
    groups.first.get_by_role("radio", name="ждём").focus()
    for _ in range(count):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    photograph(page, screenshots, "training-marks")
    assert find_faults(page) == []
    page.get_by_role("button", name="Сохранить отметки").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(rf"Сохранен\S+ {count} отмет"))).to_be_visible()
    assert page.locator("input[value=came]:checked").count() == count

    page.goto(f"{installation.url}/participants/mentors/?tab=word")
    waiting = page.locator("tbody tr").count()
    assert waiting > 0
    page.get_by_label("Отметить всех на странице").check()
    page.get_by_role("button", name="Отметить: готовы к работе").click()
    expect(page.get_by_text(re.compile(rf"Готов\S* {waiting} наставник"))).to_be_visible()
    expect(page.get_by_text("Таких наставников сейчас нет")).to_be_visible()


def test_areas_are_ordered_on_the_page_and_a_week_is_ticked_on_a_phone(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/participants/areas/")
    page.get_by_label("Название нового направления").first.fill("Шахматы")
    page.get_by_label("Название нового направления").first.locator("xpath=ancestor::tr").locator(
        "input[type=number]"
    ).fill("1")
    page.get_by_role("button", name="Сохранить список").click()
    expect(page.get_by_label("Название направления").first).to_have_value("Шахматы")

    page.set_viewport_size(PHONE)
    page.goto(f"{installation.url}/participants/mentors/")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Заполнить или изменить").first.click()
    tick = page.get_by_label("суббота, 10:00–11:00")
    before = tick.is_checked()
    tick.set_checked(not before)
    page.get_by_label("Шахматы").check()
    photograph(page, screenshots, "profile-phone")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.wait_for_url(re.compile(r"/participants/\d+/$"))
    expect(page.locator(".part .tag", has_text="Шахматы")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_mentor_finds_the_coming_training_on_the_phone(page: Page, installation: Installation) -> None:
    page.set_viewport_size(PHONE)
    log_in(page, installation, "nastavnik")

    expect(page.get_by_role("heading", name=re.compile("Подготовка наставника"))).to_be_visible()
    expect(page.get_by_text("Подготовка завершена")).to_be_visible()
    assert find_faults(page) == []
