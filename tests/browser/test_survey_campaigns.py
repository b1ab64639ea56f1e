"""A survey from the questionnaire to the closing, as the curator goes through it; a class comes in with a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import DESKTOP, PHONE, Installation, photograph
from tests.browser.walking import find_faults, log_in

TITLE = "Как идут встречи: осень"


@pytest.fixture
def curator(browser: Browser, installation: Installation) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, locale="ru-RU", accept_downloads=True)
    page = context.new_page()
    log_in(page, installation, "kurator")
    yield page
    context.close()


def press(page: Page, words: str, leads_to: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_url(re.compile(leads_to))


def sound(page: Page, folder: Path, name: str) -> None:
    """Without faults for a screen reader, and no wider than a phone."""
    assert find_faults(page) == []
    photograph(page, folder, name)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(DESKTOP)


def printed_codes(page: Page, to: Path) -> tuple[str, str]:
    """The link of the class and the first code on the sheet."""
    press(page, "Одна ссылка на класс и код каждому", r"/jobs/\d+/")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Скачать файл").click(timeout=60_000)
    download.value.save_as(to)
    words = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(to.read_bytes())).pages)
    address = re.search(r"http\S+/a/class/\S+?/", words)
    code = re.search(r"\b([a-z0-9]{3})\s([a-z0-9]{3})\b", words)
    assert address is not None
    assert code is not None
    return address[0], code[1] + code[2]


def test_a_survey_is_begun_opened_answered_by_code_and_closed(
    curator: Page, browser: Browser, installation: Installation, tmp_path: Path
) -> None:
    page = curator
    page.goto(f"{installation.url}/surveys/")
    sound(page, tmp_path, "campaigns-none")
    page.get_by_role("link", name="Начать опрос").first.click()
    sound(page, tmp_path, "campaigns-choose")
    page.get_by_role("link", name="Как идут встречи: анкета наставляемого").click()

    page.get_by_label("Название опроса").fill(TITLE)
    page.get_by_label("Первый день").fill(date.today().isoformat())
    page.get_by_label("Последний день для ответов").fill((date.today() - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Сохранить и посмотреть, кого спросим").click()
    expect(page.get_by_text("Последний день не может быть раньше первого.").first).to_be_visible()
    expect(page.get_by_label("Название опроса")).to_have_value(TITLE)
    sound(page, tmp_path, "campaigns-wrong")
    page.get_by_label("Последний день для ответов").fill((date.today() + timedelta(days=9)).isoformat())
    press(page, "Сохранить и посмотреть, кого спросим", r"/surveys/campaigns/\d+/$")
    sound(page, tmp_path, "campaigns-prepared")

    page.get_by_role("link", name="Посмотреть по именам").click()
    page.get_by_role("checkbox").first.uncheck()
    press(page, "Сохранить, кого спрашиваем", r"/surveys/campaigns/\d+/$")
    expect(page.get_by_text("Вы исключили 1 человека.")).to_be_visible()
    press(page, "Открыть сейчас и спросить", r"/surveys/campaigns/\d+/$")
    sound(page, tmp_path, "campaigns-open")
    campaign = page.url

    address, code = printed_codes(page, tmp_path / "codes.pdf")
    phone = browser.new_context(viewport=PHONE, locale="ru-RU").new_page()
    phone.goto(address)
    phone.get_by_label("Ваш код").fill("zzz zzz")
    phone.get_by_role("button", name="Начать опрос").click()
    expect(phone.get_by_text("Такого кода нет").first).to_be_visible()
    assert find_faults(phone) == []
    phone.get_by_label("Ваш код").fill(code)
    press(phone, "Начать опрос", r"/a/\d+/$")
    phone.context.close()

    page.goto(campaign)
    page.get_by_role("link", name="Кто не ответил").click()
    sound(page, tmp_path, "campaigns-silent")
    page.goto(campaign)
    page.get_by_role("link", name="Закрыть опрос").click()
    sound(page, tmp_path, "campaigns-close")
    press(page, "Закрыть опрос", r"/surveys/campaigns/\d+/$")
    expect(page.get_by_role("link", name="Снова принимать ответы")).to_be_visible()
