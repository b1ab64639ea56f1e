"""A curator is told what is amiss in a plan, mends it at one press, and calls the rest right."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, log_in

TWIN = Path(__file__).resolve().parents[2] / "tests" / "roadmap" / "documents" / "three_years.txt"


def test_remarks_are_mended_in_the_draft_and_on_the_page_of_the_programme(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/drafts/new/")
    page.locator("input[type=file]").set_input_files(TWIN)
    page.get_by_role("button", name=re.compile("Загрузить|Прочитать")).click()
    page.wait_for_url(re.compile(r"/drafts/\d+/"))

    page.get_by_role("button", name="Добавить мероприятие № 32").click()
    expect(page.get_by_role("button", name="Добавить мероприятие № 32")).to_have_count(0)
    expect(page.get_by_text("Оценка участников по заданным параметрам, проведение второго").first).to_be_visible()
    expect(page.get_by_role("button", name="Перенумеровать: 7.6, 7.7")).to_have_count(0)
    photograph(page, screenshots, "draft-mended")
    page.get_by_role("button", name="Создать программу").click()
    page.wait_for_url(re.compile(r"/programmes/\d+/"))

    page.get_by_role("link", name="Замечания").click()
    page.get_by_role("button", name="Исправить: Февраль- май 2022, 2023, 2024").click()
    expect(page.get_by_text("Вернуть как было можно в истории")).to_be_visible()
    expect(page.get_by_role("button", name="Исправить: Февраль- май 2022, 2023, 2024")).to_have_count(0)
    left = page.locator(".finding").count()
    page.get_by_role("button", name=re.compile("Так и должно быть")).first.click()
    expect(page.locator(".findings").first.locator(".finding")).to_have_count(left - 1)
    photograph(page, screenshots, "programme-checks")
    assert find_faults(page) == []
