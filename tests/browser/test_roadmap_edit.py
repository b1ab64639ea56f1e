"""A curator changes the living plan: by keyboard, without scripts, beside another curator, and back again."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, Installation, photograph
from tests.browser.walking import find_faults, log_in


def open_plan(page: Page, installation: Installation) -> None:
    """The newest programme, open for changes."""
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/programmes/")
    addresses = page.locator("a[href^='/programmes/']").evaluate_all("links => links.map((link) => link.pathname)")
    newest = next(address for address in addresses if re.fullmatch(r"/programmes/\d+/", address))
    page.goto(f"{installation.url}{newest}edit/")


def keys_of(page: Page) -> list[str]:
    """The activities in the order of the page."""
    keys: list[str] = page.locator("article.part-a").evaluate_all("rows => rows.map((row) => row.id)")
    return keys


def two_planned(page: Page) -> tuple[str, str]:
    """Two activities of one stage, one behind the other, that nobody has done yet."""
    for block in page.locator(".stage-block").all():
        rows = block.locator("article.part-a").all()
        for row, following in pairwise(rows):
            if not any("выполнено" in found.inner_text() for found in (row, following)):
                return row.get_attribute("id") or "", following.get_attribute("id") or ""
    raise AssertionError("the demo has no two planned activities in one stage")


def button(page: Page, row: str, deed: str) -> Locator:
    return page.locator(f"#{deed}-{row.removeprefix('a')}")


def test_a_row_is_moved_and_moved_back_by_the_keyboard_alone(
    page: Page, installation: Installation, screenshots: Path
) -> None:
    open_plan(page, installation)
    before = keys_of(page)
    first, second = two_planned(page)
    place = before.index(first)

    button(page, first, "down").focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.part-a").nth(place)).to_have_id(second)
    expect(button(page, first, "down")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("article.part-a").nth(place)).to_have_id(first)
    expect(button(page, first, "up")).to_be_focused()

    assert keys_of(page) == before
    photograph(page, screenshots, "plan-edit")
    assert find_faults(page) == []


def drag(page: Page, row: str, onto: str) -> None:
    """Take a row by its grip and let it go on the lower half of another part."""
    place = page.locator(f"#{onto}").bounding_box()
    assert place is not None
    page.locator(f"#{row} .grip").drag_to(
        page.locator(f"#{onto}"), target_position={"x": 200, "y": place["height"] - 6}
    )


def test_a_row_is_dragged_with_the_mouse_also_into_another_stage(page: Page, installation: Installation) -> None:
    page.set_viewport_size({"width": 1280, "height": 9000})  # nothing scrolls away from under the mouse
    open_plan(page, installation)
    before = keys_of(page)
    first, second = two_planned(page)
    place = before.index(first)

    drag(page, first, second)
    expect(page.locator("article.part-a").nth(place)).to_have_id(second)
    expect(button(page, first, "edit")).to_be_focused()
    assert keys_of(page) == [*before[:place], second, first, *before[place + 2 :]]

    head = page.locator(".part-s").last.get_attribute("id") or ""
    other = page.locator(f".stage-block:has(#{head})")
    drag(page, first, head)
    expect(other.locator("article.part-a").first).to_have_id(first)
    page.reload()
    expect(other.locator("article.part-a").first).to_have_id(first)

    drag(page, first, head)  # where it stands: nothing is sent
    expect(page.locator("#said button")).to_have_count(0)
    drag(page, first, second)
    expect(page.locator("article.part-a").nth(place)).to_have_id(second)
    button(page, first, "up").click()
    expect(page.locator("article.part-a").nth(place)).to_have_id(first)
    assert keys_of(page) == before


def test_what_is_being_typed_stays_while_a_row_moves(page: Page, installation: Installation) -> None:
    open_plan(page, installation)
    before = keys_of(page)
    first, second = two_planned(page)
    button(page, second, "edit").click()
    page.locator(".is-open").get_by_label("Что нужно сделать").fill("Ещё не сохранено")

    button(page, first, "down").click()
    expect(page.locator("article.part-a").nth(before.index(first))).to_have_id(second)
    expect(page.locator(".is-open").get_by_label("Что нужно сделать")).to_have_value("Ещё не сохранено")
    button(page, first, "up").click()
    expect(page.locator("article.part-a").nth(before.index(first))).to_have_id(first)
    page.locator(".is-open").get_by_role("link", name="Оставить как было").click()
    expect(button(page, second, "edit")).to_be_focused()


def test_an_activity_is_changed_without_scripts(browser: Browser, installation: Installation) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="ru-RU", java_script_enabled=False)
    page = context.new_page()
    open_plan(page, installation)
    row = page.locator("article.part-a").filter(has_not_text="выполнено").first
    key = row.get_attribute("id") or ""

    button(page, key, "edit").click()
    form = page.locator(".is-open form")
    form.get_by_label("Что нужно сделать").fill("Провести собрание наставников без спешки")
    form.get_by_label("Срок, как в документе").fill("с 3 по 5 марта")
    form.get_by_role("button", name="Сохранить").last.click()
    expect(page.get_by_text("Дни в плане изменятся:")).to_be_visible()
    form.get_by_role("button", name="Сохранить с новыми днями").click()

    expect(page.locator(f"#{key}")).to_contain_text("Провести собрание наставников без спешки")
    expect(page.locator(f"#{key}")).to_contain_text("3–5\u00a0марта")
    page.get_by_role("button", name="Вернуть").click()
    expect(page.locator(f"#{key}")).not_to_contain_text("без спешки")
    context.close()


def test_two_curators_who_change_one_activity_lose_nothing(
    page: Page, browser: Browser, installation: Installation, screenshots: Path
) -> None:
    elsewhere = browser.new_context(viewport=DESKTOP, locale="ru-RU")
    other = elsewhere.new_page()
    for window in (page, other):
        open_plan(window, installation)
    key, _next = two_planned(page)
    for window, text in ((page, "Текст первого куратора"), (other, "Текст второго куратора")):
        button(window, key, "edit").click()
        window.locator(".is-open").get_by_label("Что нужно сделать").fill(text)
    page.locator(".is-open").get_by_label("Раздел внутри этапа").fill("Раздел первого")

    page.locator(".is-open").get_by_role("button", name="Сохранить").last.click()
    expect(page.locator(f"#{key}")).to_contain_text("Текст первого куратора")
    other.locator(".is-open").get_by_role("button", name="Сохранить").last.click()

    both = other.locator(".both")
    expect(both).to_contain_text("Ничего не перезаписано.")
    expect(both).to_contain_text("Текст первого куратора")
    expect(both).to_contain_text("Текст второго куратора")
    form = other.locator(".is-open")
    expect(form.get_by_label("Что нужно сделать")).to_have_value("Текст второго куратора")
    expect(form.get_by_label("Раздел внутри этапа")).to_have_value("Раздел первого")
    photograph(other, screenshots, "plan-both-texts")
    assert find_faults(other) == []

    form.get_by_role("button", name=re.compile("Взять то, что стоит.*Что нужно сделать")).click()
    expect(form.get_by_label("Что нужно сделать")).to_have_value("Текст первого куратора")
    form.get_by_label("Что нужно сделать").fill("Общий текст обоих")
    form.get_by_role("button", name="Сохранить").last.click()
    expect(other.locator(f"#{key}")).to_contain_text("Общий текст обоих")
    expect(other.locator(f"#{key}")).to_contain_text("Раздел первого")
    elsewhere.close()


def test_what_was_deleted_comes_back_to_its_place(page: Page, installation: Installation, screenshots: Path) -> None:
    open_plan(page, installation)
    before = keys_of(page)
    key, _next = two_planned(page)

    page.locator(f"#{key} .more summary").click()
    page.locator(f"#{key}").get_by_role("button", name="Удалить").click()
    expect(page.locator(f"#{key}")).to_have_count(0)
    page.locator("#said").get_by_role("button", name="Вернуть").click()
    expect(page.locator(f"#{key}")).to_be_visible()
    assert keys_of(page) == before

    page.get_by_role("link", name="История", exact=True).click()
    expect(page.locator(".change").first).to_contain_text("Возвращено:")
    photograph(page, screenshots, "plan-history")
    assert find_faults(page) == []
