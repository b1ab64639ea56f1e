"""How people come in: the very first start, an invitation by mail, a code by mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation, photograph, running
from tests.browser.walking import find_faults

SECRET = "сосны-над-рекой-11"
FIELDS = {
    "keeper-surname": "Дубов",
    "keeper-given_name": "Пётр",
    "keeper-email": "keeper@example.org",
    "keeper-secret": "ключи-от-сервера-7",
    "school-name": "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 7»",
    "school-short_name": "Школа № 7",
    "school-founder": "Управление образования Заречного района",
    "school-address": "ул. Лесная, 5",
    "school-inn": "7707083893",
    "school-ogrn": "1027700132195",
    "school-head_name": "Вязова Нина Андреевна",
    "school-place": "пос. Заречный",
    "curator-surname": "Липова",
    "curator-given_name": "Мария",
    "curator-email": "curator@example.org",
    "administrator-surname": "Вязова",
    "administrator-given_name": "Нина",
    "administrator-email": "head@example.org",
}


def test_an_empty_installation_gets_its_school_and_the_curator_comes_in(
    page: Page, tmp_path: Path, screenshots: Path
) -> None:
    with running(tmp_path / "data", "--empty") as (started, post_office):
        url = f"http://127.0.0.1:{started.port}"
        code = re.search(r"/start/\n(\S+)", started.console.read_text())
        assert code
        page.goto(f"{url}/start/")
        page.locator("[name=code]").fill(code[1])
        page.get_by_role("button", name="Дальше").or_(page.locator("main form button")).first.click()
        page.wait_for_url("**/start/school/")
        photograph(page, screenshots, "first-start")
        assert find_faults(page) == []

        page.locator("[name=school-inn]").fill("7707083890")
        for name, value in FIELDS.items():
            if name != "school-inn":
                page.locator(f"[name={name}]").fill(value)
        page.locator("[name=keeper-secret]").press("Enter")
        expect(page.locator("[name=school-inn]")).to_have_attribute("aria-invalid", "true")
        assert page.locator("[name=school-short_name]").input_value() == "Школа № 7"

        page.locator("[name=school-inn]").fill(FIELDS["school-inn"])
        page.locator("[name=keeper-secret]").fill(FIELDS["keeper-secret"])
        page.locator("main form button").last.click()
        page.wait_for_url("**/installation/")

        link = post_office.wait_for("curator@example.org", r"http\S+/invited/\S+")
        page.context.clear_cookies()
        page.goto(link)
        page.locator("[name=secret]").fill(SECRET)
        page.locator("main form button").last.click()
        page.wait_for_url(url + "/")
        expect(page.get_by_role("link", name="Начать программу")).to_be_visible()

        page.context.clear_cookies()
        answer = page.goto(link)
        assert answer is not None
        assert answer.status == 404


@pytest.mark.parametrize("typed", ["as sent", "wrong first"])
def test_a_code_from_a_letter_opens_the_door(page: Page, installation: Installation, typed: str) -> None:
    name = {"as sent": "kurator-licey", "wrong first": "kurator-sad"}[typed]
    address = installation.login(name)["email"]
    page.goto(f"{installation.url}/log-in/")
    form = page.locator("form", has=page.get_by_role("button", name="Прислать код"))
    form.locator("input:not([type=hidden])").fill(address)
    form.get_by_role("button").click()
    page.wait_for_load_state()
    code = installation.post_office.wait_for(address, r"\b(\d{4}-\d{4})\b")

    field = page.locator("[name=code]")
    if typed == "wrong first":
        field.fill("0000-0000")
        page.locator("form", has=field).get_by_role("button").first.click()
        expect(field).to_be_visible()
    field.fill(code)
    page.locator("form", has=field).get_by_role("button").first.click()

    expect(page.get_by_role("link", name="Сегодня").first).to_be_visible()
