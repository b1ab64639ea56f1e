"""Results on a desk and on a phone: charts, who chose each other, what is taken into the register."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Installation, photograph
from tests.browser.walking import find_faults, log_in


def sound(page: Page, folder: Path, name: str) -> None:
    """Without faults for a screen reader, and nowhere wider than the desk or the phone."""
    assert find_faults(page) == []
    photograph(page, folder, name)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, size)


def open_results(page: Page, installation: Installation, title: str) -> None:
    page.goto(f"{installation.url}/surveys/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Результаты опроса").click()


def test_answers_are_taken_into_the_register_line_by_line_on_a_phone(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator")
    page.set_viewport_size(PHONE)
    open_results(page, installation, "Первая анкета наставляемого")
    page.get_by_role("link", name="Ответы каждого").click()
    page.get_by_role("link", name="Ждут записи в реестр").click()
    waiting = page.locator("tbody tr")
    count = waiting.count()
    assert count > 0

    waiting.first.get_by_role("link").click()
    page.get_by_role("link", name="Перенести в реестр").click()
    sound(page, screenshots, "response-take")
    page.set_viewport_size(PHONE)
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    page.get_by_role("button", name="Записать отмеченное").or_(
        page.get_by_role("button", name="Ответы просмотрены")
    ).click()

    expect(page.locator("tbody tr")).to_have_count(count - 1)


def test_keepers_see_who_chose_each_other(page: Page, installation: Installation, screenshots: Path) -> None:
    log_in(page, installation, "kurator")
    open_results(page, installation, "Анкета наставляемого после общей встречи")

    expect(page.get_by_role("heading", name="Взаимный выбор")).to_be_visible()
    sound(page, screenshots, "result-mutual")


def least_letters(page: Page) -> float:
    """How high the letters of the drawings are shown, in pixels."""
    drawn = page.locator("svg.chart")
    assert drawn.count() > 0
    shown: list[float] = drawn.evaluate_all(
        "all => all.map(svg => 13 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"
    )
    return min(shown)


def test_drawings_are_read_on_a_phone(page: Page, installation: Installation, screenshots: Path) -> None:
    log_in(page, installation, "kurator-licey")
    page.goto(f"{installation.url}/surveys/changes/")
    assert page.locator("form.filters").evaluate("form => form.offsetHeight") < 150
    sound(page, screenshots, "change-none")
    page.goto(f"{installation.url}/surveys/")
    page.get_by_role("link", name="2025–2026", exact=True).click()
    page.get_by_role("link", name="Анкета наставляемого на выходе").first.click()
    page.get_by_role("link", name="Результаты опроса").click()
    page.set_viewport_size(PHONE)
    assert least_letters(page) > 11

    page.get_by_role("link", name="Сравнить с другим опросом").click()
    assert least_letters(page) > 11
    sound(page, screenshots, "result-compare")
    assert set(page.locator("td.num").evaluate_all("all => all.map(one => getComputedStyle(one).display)")) == {
        "table-cell"
    }
