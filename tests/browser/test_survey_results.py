"""Results on a desk and on a phone: charts, comparison, the answers of one, the register, the spreadsheet."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
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


def open_results(page: Page, installation: Installation, title: str, *, last_year: bool = False) -> None:
    page.goto(f"{installation.url}/surveys/")
    if last_year:
        page.locator("main p a[href*='?cycle=']").first.click()
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Результаты опроса").click()


def test_results_are_seen_compared_and_read_one_by_one(
    page: Page, installation: Installation, screenshots: Path, tmp_path: Path
) -> None:
    log_in(page, installation, "kurator-licey")
    open_results(page, installation, "Анкета наставляемого на выходе", last_year=True)

    expect(page.locator("svg.chart").first).to_be_visible()
    sound(page, screenshots, "result-show")
    page.get_by_text("То же таблицей").first.click()
    expect(page.locator("details[open] table").first).to_be_visible()
    page.get_by_role("link", name="По классам").click()
    sound(page, screenshots, "result-by-class")

    page.go_back()
    page.get_by_role("link", name="Сравнить с другим опросом").click()
    expect(page.locator("svg.chart .after").first).to_be_visible()
    sound(page, screenshots, "result-compare")

    page.go_back()
    page.get_by_role("link", name="Ответы каждого").click()
    sound(page, screenshots, "result-people")
    page.locator("tbody th a").first.click()
    expect(page.locator(".response-answers dt").first).to_be_visible()
    sound(page, screenshots, "response-show")

    open_results(page, installation, "Анкета наставляемого на выходе", last_year=True)
    with page.expect_download() as download:
        page.get_by_role("button", name="Сохранить с именами").click()
    download.value.save_as(tmp_path / "answers.xlsx")
    book = load_workbook(BytesIO((tmp_path / "answers.xlsx").read_bytes()))
    assert (book.sheetnames, book.worksheets[0]["A1"].value) == (["Ответы", "Что значат столбцы"], "ФИО")


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
