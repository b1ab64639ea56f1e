"""A monitoring report from the empty form to the approved paper, at a desk: the curator makes it, the director approves."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, log_in

CONCLUSION = "Пары встречались по плану. В новом году начнём подготовку раньше."


def test_a_report_is_made_written_approved_and_downloaded(
    page: Page, installation: Installation, screenshots: Path, tmp_path: Path
) -> None:
    log_in(page, installation, "kurator-licey")
    page.get_by_role("link", name="Отчёты о мониторинге", exact=True).first.click()
    page.get_by_role("link", name="Составить отчёт").click()
    page.get_by_role("button", name="Составить отчёт").click()
    expect(page.locator("h1")).to_contain_text("ждёт выводов")
    assert find_faults(page) == []

    page.get_by_role("link", name="Заполнить отчёт").click()
    page.get_by_label("Сильные стороны").fill("Опытные наставники")
    page.get_by_label("Знаменатель показателя 1").fill("1")
    page.get_by_label("Выводы куратора").fill(CONCLUSION)
    page.get_by_role("button", name="Сохранить отчёт").click()
    if page.get_by_text("Это меньше, чем уже участвует.").count():
        expect(page.get_by_label("Выводы куратора")).to_have_value(CONCLUSION)
        page.get_by_label("Знаменатель показателя 1").fill("500")
        assert find_faults(page) == []
        photograph(page, screenshots, "monitoring-edit")
        page.get_by_role("button", name="Сохранить отчёт").click()
    expect(page.locator("h1")).to_contain_text("ждёт утверждения")
    expect(page.locator(".report-sheet")).to_contain_text("Опытные наставники")
    address = page.url

    page.context.clear_cookies()
    log_in(page, installation, "direktor-licey")
    page.goto(address)
    page.get_by_role("link", name="Утвердить отчёт").click()
    page.get_by_role("button", name="Утвердить отчёт").click()
    expect(page.locator("h1")).to_contain_text("утверждён")
    assert find_faults(page) == []
    photograph(page, screenshots, "monitoring-show")

    page.get_by_role("button", name="Сделать PDF").click()
    with page.expect_download(timeout=90_000) as download:
        page.get_by_role("link", name="Скачать файл").click(timeout=90_000)
    download.value.save_as(tmp_path / "report.pdf")
    printed = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "report.pdf").pages)
    assert "Пары встречались по плану" in " ".join(printed.split())
    assert "Черновик" not in printed
