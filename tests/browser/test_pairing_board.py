"""A scenario as the curator works on it at his desk: from the proposal to what is sent to the administrator."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, go, log_in

PRICE = re.compile(r"сумма [+−]\d+|сумма та же")


@pytest.fixture
def curator(page: Page, installation: Installation) -> Page:
    log_in(page, installation, "kurator")
    return page


def pairs_on(page: Page) -> dict[str, str]:
    """Mentor by mentee, of the lines that have one."""
    lines = page.locator(".pair-lines tbody tr", has=page.locator(".who[data-mentor]")).all()
    return {line.locator("th a").inner_text(): line.locator(".who").inner_text() for line in lines}


def line_of(page: Page, mentee: str) -> Locator:
    return page.locator(".pair-lines tbody tr", has=page.get_by_role("link", name=mentee, exact=True))


def swap_by_keyboard(page: Page, giver: str, taker: str) -> str:
    """Take the mentor of one mentee, go to another, confirm the price; whom the price was asked of."""
    mentees = page.locator(".pair-lines tbody tr[data-put] th a").all_inner_texts()
    mentor = line_of(page, giver).locator(".who").inner_text()
    line_of(page, giver).locator(".grip").focus()
    page.keyboard.press("Enter")
    step = "ArrowDown" if mentees.index(taker) > mentees.index(giver) else "ArrowUp"
    for _ in range(abs(mentees.index(taker) - mentees.index(giver))):
        page.keyboard.press(step)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text(f"{taker} и {mentor}?")
    expect(dialog).to_contain_text(PRICE)
    reason = dialog.get_by_role("textbox")
    if reason.count():
        reason.fill("Об этом просили оба")
    assert find_faults(page) == []
    dialog.get_by_role("button", name="Составить эту пару").press("Enter")
    expect(dialog).to_be_hidden()
    return mentor


def give_to_whom_it_can(page: Page, giver: str) -> str:
    """The first mentee to whom the mentor of another can be given."""
    mentor = line_of(page, giver).locator(".who").get_attribute("data-mentor")
    for line in page.locator(".pair-lines tbody tr[data-put]").all():
        if line.locator(".who").get_attribute("data-mentor") == mentor:
            continue
        price = page.request.get(urljoin(page.url, f"{line.get_attribute('data-put')}?mentor={mentor}"))
        if "Составить эту пару" in price.text():
            return line.locator("th a").inner_text()
    raise AssertionError("nobody could be given this mentor")


def propose(page: Page, installation: Installation) -> str:
    """From the pairs of the school to a scenario; its address."""
    page.goto(f"{installation.url}/pairs/")
    page.get_by_role("link", name="Подобрать пары").click()
    go(page, "Рассчитать пары", r"/pairs/scenarios/\d+/$")
    assert find_faults(page) == []
    return page.url


def swap(page: Page) -> str:
    """Give a mentor to another mentee, and lock the pair; that mentee."""
    giver = next(iter(pairs_on(page)))
    taker = give_to_whom_it_can(page, giver)
    mentor = swap_by_keyboard(page, giver, taker)
    expect(line_of(page, taker).locator(".who")).to_have_text(mentor)
    expect(line_of(page, taker).get_by_role("button", name="Закрепить пару")).to_have_attribute("aria-pressed", "true")
    return taker


def lock_and_solve(page: Page, mentees: list[str]) -> None:
    """What is locked stays when everything else is solved by the other aim."""
    lock = line_of(page, mentees[0]).get_by_role("button", name="Закрепить пару")
    lock.focus()
    page.keyboard.press("Enter")
    expect(lock).to_have_attribute("aria-pressed", "true")
    expect(lock).to_be_focused()
    kept = pairs_on(page)
    page.get_by_role("button", name=re.compile("^выбрать")).click()
    expect(page.locator(".plan.on h2")).to_contain_text("Слабейшая пара – первой")
    solved = pairs_on(page)
    assert {mentee: solved[mentee] for mentee in mentees} == {mentee: kept[mentee] for mentee in mentees}


def look_behind_and_ban(page: Page, mentee: str) -> None:
    """The shares of a pair make its score; two who are banned are parted at once."""
    mentor = pairs_on(page)[mentee]
    line_of(page, mentee).get_by_role("link").first.click()
    shares = page.locator("#side .shares li:not(.sum) b")
    expect(shares.first).to_be_visible()
    points = [int(share.replace("\u2212", "-")) for share in shares.all_inner_texts()]
    assert sum(points) == int(page.locator("#side .sum b").inner_text())
    assert find_faults(page) == []
    page.get_by_role("button", name="Запретить эту пару").click()
    expect(page.locator("#board .alert")).to_contain_text("Эта пара запрещена")
    assert pairs_on(page).get(mentee) != mentor


def copy_and_compare(page: Page, installation: Installation) -> None:
    """Another scenario by other weights, beside this one."""
    page.get_by_label("Что ещё сделать с вариантом").click()
    page.get_by_role("link", name="Копия, можно с другими весами").click()
    page.get_by_label("Название нового варианта").fill("По часам")
    page.get_by_label("Общие свободные часы").focus()
    page.keyboard.press("End")
    expect(page.locator("output[for=id_hours]")).to_have_text("100")
    assert find_faults(page) == []
    go(page, "Создать вариант", r"/pairs/scenarios/\d+/$")
    page.goto(f"{installation.url}/pairs/scenarios/")
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    go(page, "Сравнить отмеченные", r"/compare/\?s=\d+&s=\d+")
    expect(page.get_by_role("columnheader", name="По часам")).to_be_visible()
    assert find_faults(page) == []


def send_one(page: Page) -> str:
    """One pair goes to the administrator, and the board says so; its mentee."""
    address = page.url
    page.get_by_role("link", name="Отправить администратору").click()
    lines = page.locator("tbody tr", has=page.locator("input[name=mentees]"))
    surname = lines.first.locator("th").inner_text().split(maxsplit=1)[0]
    for line in lines.all()[1:]:
        line.get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Отправить отмеченные").click()
    page.wait_for_url(lambda url: "/send/" not in url)
    page.goto(address)
    page.get_by_role("link", name=re.compile("^Уже в парах")).click()
    sent = page.locator(".pair-lines tbody tr", has=page.get_by_role("link", name=surname))
    sent = sent.filter(has_text="ждёт утверждения").first
    expect(sent).to_be_visible()
    return sent.locator("th a").inner_text()


def take_back(page: Page, installation: Installation, mentee: str) -> None:
    """The demo is everybody's."""
    page.goto(f"{installation.url}/pairs/?group=proposed&q={mentee.split(maxsplit=1)[0]}")
    page.get_by_role("link", name=re.compile(f"^Снять.*{mentee}")).click()
    page.get_by_role("button", name="Снять пару").click()
    page.wait_for_url(re.compile("group="))


def test_a_scenario_from_the_proposal_to_what_is_sent(
    curator: Page, installation: Installation, screenshots: Path
) -> None:
    page = curator
    address = propose(page, installation)
    photograph(page, screenshots, "scenario")
    taker = swap(page)
    other = next(mentee for mentee in pairs_on(page) if mentee != taker)
    lock_and_solve(page, [other, taker])
    look_behind_and_ban(page, other)
    photograph(page, screenshots, "scenario-pair")
    copy_and_compare(page, installation)

    page.goto(address)
    sent = send_one(page)

    take_back(page, installation, sent)
