"""A questionnaire with every kind of question is written at a desk, looked at on a phone and put to use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Installation, photograph
from tests.browser.walking import find_faults, log_in

TYPED: Mapping[str, Mapping[str, str]] = {
    "scale": {"low_label": "совсем нет", "high_label": "очень"},
    "yes_no": {},
    "one": {"options": "математика\nрусский язык"},
    "several": {"options": "музыка\nспорт\nкниги", "most": "2"},
    "matrix": {"rows": "встречи\nзвонки", "columns": "редко\nчасто"},
    "number": {"least": "0", "most": "20", "unit": "раз"},
    "date": {"earliest": "2026-09-01"},
    "short": {},
    "long": {},
    "people": {},
    "ranking": {"options": "учёба\nдружба\nпроект"},
    "file": {},
}


def add_question(page: Page, kind: str, text: str) -> None:
    page.locator("select[name=kind]").first.select_option(kind)
    page.locator(".builder-add").first.get_by_role("button").click()
    expect(page.locator("#id_kind")).to_have_value(kind)
    page.get_by_label("Текст вопроса").fill(text)
    for name, value in TYPED[kind].items():
        page.locator(f"#id_{name}").fill(value)


def save(page: Page) -> None:
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.locator("h1")).to_have_text(re.compile("Черновик версии"))


def test_a_questionnaire_of_every_kind_is_written_and_seen_on_a_phone(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/surveys/questionnaires/")
    assert find_faults(page) == []
    photograph(page, screenshots, "questionnaire-list")
    page.get_by_role("link", name="Составить анкету").click()
    page.get_by_label("Название анкеты").fill("Всё обо всём")
    page.get_by_role("button", name="Перейти к вопросам").click()
    expect(page.locator("h1")).to_have_text("Черновик версии 1")

    for number, kind in enumerate(TYPED, start=1):
        add_question(page, kind, f"Вопрос о деле {number}?")
        save(page)
    expect(page.locator(".builder-text")).to_have_count(len(TYPED))

    add_question(page, "long", "Почему нет?")
    page.get_by_label("Задавать после ответа на вопрос").select_option("Вопрос о деле 2?")
    page.get_by_label("Нет", exact=True).check()
    assert find_faults(page) == []
    photograph(page, screenshots, "builder-question")
    save(page)
    expect(page.locator("#edit-q-q13")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".builder-text").nth(11)).to_have_text(re.compile("Почему нет"))
    expect(page.locator("#up-q-q13")).to_be_focused()

    page.locator("#q-q12").get_by_role("button", name="Копировать").click()
    expect(page.locator(".builder-text")).to_have_count(14)
    page.locator("#q-q14").get_by_role("button", name="Убрать").click()
    expect(page.locator(".builder-text")).to_have_count(13)
    expect(page.locator("#undo")).to_be_focused()
    page.locator("#undo").click()
    expect(page.locator(".builder-text")).to_have_count(14)
    assert find_faults(page) == []
    photograph(page, screenshots, "builder")

    page.get_by_role("link", name="Как это на телефоне").click()
    expect(page.locator(".phone .ask")).to_have_count(14)
    expect(page.locator(".phone .ask").filter(has_text="Почему нет?")).to_be_hidden()
    page.locator(".phone .ask").nth(1).get_by_text("Нет", exact=True).click()
    expect(page.locator(".phone .ask").filter(has_text="Почему нет?")).to_be_visible()
    assert find_faults(page) == []
    photograph(page, screenshots, "questionnaire-show")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    photograph(page, screenshots, "questionnaire-show-phone", PHONE)
    page.set_viewport_size({"width": 1280, "height": 900})

    page.get_by_role("link", name="Продолжить черновик").click()
    page.get_by_role("link", name="Начать использовать").click()
    page.get_by_role("button", name="Начать использовать").click()
    expect(page.get_by_text("Анкета используется: по ней можно проводить опросы.")).to_be_visible()
    expect(page.get_by_role("link", name="Провести опрос")).to_be_visible()
