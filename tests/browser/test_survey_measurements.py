"""Figures typed by the keyboard alone, on a phone and at a desk; what changed; a spreadsheet that comes in."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Installation, photograph
from tests.browser.walking import find_faults, log_in


def test_a_class_is_typed_by_the_keyboard_and_what_changed_is_read(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "psiholog")
    page.goto(f"{installation.url}/surveys/measurements/?group=*")
    page.get_by_label("Что измеряют").select_option("Отметка по проблемному предмету")
    page.get_by_label("Класс").select_option("все классы")
    page.get_by_role("button", name="Показать", exact=True).click()
    expect(page.locator("h1")).to_have_text("Отметка по проблемному предмету")
    count = page.locator(".figure-grid tbody tr").count()
    assert count > 20

    # 3 for everybody before, 4 after, of the last 2. Enter goes down the column and ends at the button.
    for column, figure, last in ((0, "3", "3"), (1, "4", "2")):
        page.locator(".figure-cell").nth(column).focus()
        for place in range(count):
            page.keyboard.type(figure if place < count - 1 else last)
            page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Сохранить значения")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(rf"Сохранено {2 * count} значени"))).to_be_visible()
    photograph(page, screenshots, "measurement-grid")
    assert find_faults(page) == []

    page.goto(f"{installation.url}/surveys/changes/")
    expect(page.get_by_text(f"Значение выросло у {count - 1} из {count} человек, снизилось у 1.")).to_be_visible()
    photograph(page, screenshots, "change-show")
    assert find_faults(page) == []
    page.set_viewport_size(PHONE)
    assert find_faults(page) == []


def test_a_wrong_figure_keeps_what_was_typed_on_a_phone(page: Page, installation: Installation) -> None:
    page.set_viewport_size(PHONE)
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/surveys/measurements/")
    cells = page.locator(".figure-cell")
    cells.nth(0).fill("много")
    cells.nth(1).fill("6")
    page.get_by_role("button", name="Сохранить значения").click()

    expect(page.locator("td .invalid-feedback")).to_have_text("«много» – не число. Напишите, например, 7 или 4,5.")
    expect(page.locator(".figure-cell").nth(1)).to_have_value("6")
    assert find_faults(page) == []


def test_marks_come_in_from_a_spreadsheet(
    page: Page, installation: Installation, tmp_path: Path, screenshots: Path
) -> None:
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/surveys/measurements/?group=*")
    names = page.locator(".figure-grid tbody th").all_inner_texts()[:3]
    book = Workbook()
    book.worksheets[0].append(["ФИО", "Класс", "Реализованные проекты"])
    for text in names:
        name, about = text.split("\n")[0], text.split("\n")[-1]
        book.worksheets[0].append([name.strip(), about.split(",")[0].strip(), 17])
    book.worksheets[0].append(["Несуществующий Ипполит", "7а", 5])
    book.save(tmp_path / "marks.xlsx")

    page.get_by_role("link", name="Значения из таблицы").click()
    page.get_by_label("Таблица со значениями").set_input_files(tmp_path / "marks.xlsx")
    page.get_by_role("button", name="Посмотреть строки").click()
    expect(page.locator("h1")).to_have_text(re.compile("Можно записать 3 значения, строк с ошибками: 1"))
    photograph(page, screenshots, "measurement-rows")
    assert find_faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Строки с ошибками таблицей").click()
    assert download.value.suggested_filename == "wrong-rows.xlsx"
    page.get_by_role("button", name="Записать 3 значения").click()

    expect(page.get_by_text("Записано 3 значения.")).to_be_visible()
