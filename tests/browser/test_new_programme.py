"""A curator without a document begins a programme: from a template, and from the programme of last year."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, log_in

REVIEW = re.compile(r"/drafts/\d+/$")
PROGRAMME = re.compile(r"/programmes/\d+/$")


def test_a_template_becomes_a_programme_in_three_screens(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator-gimnaziya")

    page.goto(f"{installation.url}/programmes/new/")
    photograph(page, screenshots, "programme-new")
    assert find_faults(page) == []
    page.get_by_label("Целевая модель для обучающихся").check()
    page.get_by_label("Первый месяц программы").select_option(index=0)
    page.get_by_role("button", name="Начать из образца").click()

    page.wait_for_url(REVIEW)
    expect(page.get_by_role("heading", level=1)).to_contain_text("35 мероприятий")
    expect(page.locator("#source")).to_have_count(0)
    photograph(page, screenshots, "review-template")
    page.get_by_role("button", name="Создать программу").click()

    page.wait_for_url(PROGRAMME)
    expect(page.get_by_text("0 из 35").first).to_be_visible()


def test_a_template_is_read_through_with_the_terms_of_another_month(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator-gimnaziya")
    page.goto(f"{installation.url}/programmes/new/")

    page.get_by_role("link", name=re.compile("Посмотреть целиком.*Одарённые")).click()
    before = page.locator(".part-when").first.inner_text()
    page.get_by_label("Первый месяц программы").select_option(index=24)

    expect(page.locator(".part-when").first).not_to_have_text(before)
    photograph(page, screenshots, "library-show")
    assert find_faults(page) == []
    page.get_by_role("button", name="Начать из этого образца").click()
    page.wait_for_url(REVIEW)


def test_last_years_programme_goes_on_with_its_results_beside(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    log_in(page, installation, "kurator-licey")
    page.goto(f"{installation.url}/programmes/")
    page.get_by_role("link", name="Новая программа").click()

    page.get_by_role("button", name=re.compile("Начать следующий год")).first.click()
    page.wait_for_url(REVIEW)
    result = page.locator("#a1 .last-year")
    expect(result).to_contain_text(re.compile("В прошлом году: выполнено"))
    row, beside = page.locator("#a1 .part-read").bounding_box(), result.bounding_box()
    assert row
    assert beside
    assert beside["x"] >= row["x"] + row["width"]
    photograph(page, screenshots, "review-again")
    assert find_faults(page) == []
    page.get_by_role("button", name="Создать программу").click()

    page.wait_for_url(PROGRAMME)
    expect(page.get_by_text("0 из").first).to_be_visible()
