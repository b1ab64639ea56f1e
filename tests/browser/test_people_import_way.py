"""The way of a school's own spreadsheet: brought, its columns put right, looked over, written, brought again, taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Installation, is_trouble, photograph
from tests.browser.walking import find_faults, log_in
from tests.participants.spreadsheets import xlsx

LONG = "Ёлкина-Преображенская Александра Константиновна"
HEAD = ("№", "Ученик", "Д/р", "Отделение {}", "ФИО отца", "Телефон отца", "Кружки")
"""The fourth is known to nobody, and another one for each test."""


@pytest.fixture(params=[(True, DESKTOP), (False, PHONE)], ids=["scripts", "no-scripts-phone"])
def curator(
    browser: Browser, installation: Installation, request: pytest.FixtureRequest
) -> Iterator[tuple[Page, bool]]:
    """The curator's page, and whether its scripts run."""
    has_scripts, size = request.param
    context = browser.new_context(viewport=size, locale="ru-RU", accept_downloads=True, java_script_enabled=has_scripts)
    page, troubles = context.new_page(), list[str]()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if is_trouble(said) else None)
    log_in(page, installation, "kurator")
    yield page, has_scripts
    context.close()
    assert troubles == []


def look(page: Page, screenshots: Path, name: str, *, has_scripts: bool) -> None:
    """Nothing amiss on the page, nothing wider than the screen."""
    photograph(page, screenshots, f"import-{name}", page.viewport_size or DESKTOP)
    if has_scripts:
        assert find_faults(page) == []
    wide = page.locator("body").bounding_box()
    assert wide
    assert wide["width"] <= (page.viewport_size or DESKTOP)["width"]


def pupils(page: Page, installation: Installation) -> list[tuple[str, str]]:
    """Name and class of the first two pupils in the register."""
    page.goto(f"{installation.url}/participants/?kind=pupil")
    rows = page.locator("table.people tbody tr").all()[:2]
    return [(row.locator("th a").inner_text(), re.findall(r"\d+ «.»", row.inner_text())[0]) for row in rows]


def bring(page: Page, installation: Installation, data: bytes) -> None:
    page.goto(f"{installation.url}/participants/")
    page.get_by_role("link", name="Из таблицы").click()
    page.locator("input[type=file]").set_input_files({"name": "Ученики.xlsx", "mimeType": "", "buffer": data})
    page.get_by_label("Кем они записываются").select_option("person")
    page.get_by_role("button", name="Прочитать таблицу").click()
    expect(page.locator("h1")).to_have_text("Прочитаны 4 строки: проверьте столбцы")


def found(page: Page, installation: Installation, name: str) -> int:
    page.goto(f"{installation.url}/participants/?q={name.split(maxsplit=1)[0]}")
    return page.locator("table.people tbody tr").count()


def test_a_school_brings_its_own_list_and_takes_it_back(
    curator: tuple[Page, bool], installation: Installation, screenshots: Path
) -> None:
    page, has_scripts = curator
    (changed, its_class), (same, same_class) = pupils(page, installation)
    rows = [
        (1, changed, "", its_class, "Новиков Пётр Ильич", "8 900 111-22-33", "шахматы"),
        (2, same, "", same_class, "", "", ""),
        (3, LONG.upper(), "05.03.2013", "7 «Б»", "", "", ""),
        (4, "Белых Лев", "32.13.2013", "7 «Б»", "", "", ""),
    ]
    unknown = HEAD[3].format("с" if has_scripts else "без")
    data = xlsx([("Список",), (*HEAD[:3], unknown, *HEAD[4:]), *rows])

    # The columns: one the program cannot know is said by the curator.
    bring(page, installation, data)
    expect(page.get_by_label(unknown)).to_have_value("")
    page.get_by_label(unknown).select_option(label="Класс")
    look(page, screenshots, "columns", has_scripts=has_scripts)
    page.get_by_role("button", name="Сверить с реестром").click()

    # The rows: nothing is written yet.
    expect(page.locator("h1")).to_have_text("2 строки можно записать, с ошибками: 1")
    expect(page.get_by_text("Такого дня нет: «32.13.2013».")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Строки с ошибками таблицей").click()
    wrong: Any = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).active
    assert [cell.value for cell in wrong[2]][-1] == "Д/р: Такого дня нет: «32.13.2013»."
    page.get_by_role("link", name=re.compile("все строки")).click()
    fates = page.locator("table.sheet-rows tbody .tag")
    expect(fates).to_have_text(["изменена", "без изменений", "новая", "с ошибкой"])
    expect(page.get_by_text("Новиков Пётр Ильич")).to_be_visible()
    look(page, screenshots, "rows", has_scripts=has_scripts)
    here = page.url
    assert found(page, installation, LONG) == 0

    # Written, and the same file once more changes nothing.
    page.goto(here)
    page.get_by_role("button", name="Записать 2 строки").click()
    expect(page.get_by_text("2 строки записаны в реестр.")).to_be_visible()
    look(page, screenshots, "written", has_scripts=has_scripts)
    written = page.url
    assert found(page, installation, LONG) == 1
    bring(page, installation, data)
    expect(page.get_by_label(unknown)).to_have_value("class_name")
    page.get_by_role("button", name="Сверить с реестром").click()
    expect(page.locator("h1")).to_have_text("0 строк можно записать, с ошибками: 1")
    page.get_by_role("button", name="Ничего не записывать").click()
    expect(page.get_by_text("Ничего не записано, таблица удалена.")).to_be_visible()

    # Taken back as a whole.
    page.goto(written)
    page.get_by_role("link", name="Отменить всю загрузку").click()
    expect(page.get_by_text("Новых людей уйдёт из реестра: 1.")).to_be_visible()
    look(page, screenshots, "back", has_scripts=has_scripts)
    page.get_by_role("button", name="Отменить всё").click()
    expect(page.locator("h1")).to_have_text("Загрузка отменена")
    assert found(page, installation, LONG) == 0
    page.goto(f"{installation.url}/participants/?q={changed.split()[0]}")
    page.get_by_role("link", name=changed).first.click()
    expect(page.get_by_text("Новиков Пётр Ильич")).to_have_count(0)


def test_what_is_no_list_is_refused_beside_the_file(
    curator: tuple[Page, bool], installation: Installation, screenshots: Path
) -> None:
    page, has_scripts = curator
    page.goto(f"{installation.url}/participants/sheets/")

    page.locator("input[type=file]").set_input_files(
        {"name": "Ученики.xlsx", "mimeType": "", "buffer": b"%PDF-1.4 nothing"}
    )
    page.get_by_role("button", name="Прочитать таблицу").click()

    expect(page.get_by_text("Это не таблица.").first).to_be_visible()
    look(page, screenshots, "refused", has_scripts=has_scripts)
