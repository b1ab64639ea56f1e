"""What is done is proved by a file; a stage that lacks consents is closed with a reason, after a look at who lacks them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, log_in
from tests.participants.pictures import photo

LACKS = re.compile(r"у (\d+) из \d+ наставляем[а-я]+ нет согласия")


def test_an_activity_is_marked_with_a_file_and_a_stage_closed_with_a_reason(
    page: Page, installation: Installation, screenshots: Path, tmp_path: Path
) -> None:
    log_in(page, installation, "kurator")
    page.get_by_role("link", name="Вся дорожная карта").click()
    page.wait_for_url(re.compile(r"/programmes/\d+/"))
    programme = page.url

    page.locator(".stage-lines .act:not(.done) p a").first.click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    photograph(page, screenshots, "activity")
    assert find_faults(page) == []
    proof(page, tmp_path, screenshots)
    photograph(page, screenshots, "activity-done")

    page.goto(programme)
    page.get_by_role("link", name="Закрытие этапов").click()
    photograph(page, screenshots, "closings")
    assert find_faults(page) == []
    stage = page.locator(".conditions li").filter(has_text=LACKS).first
    stage.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("закрыть нельзя"))
    photograph(page, screenshots, "closing")
    assert find_faults(page) == []
    closed(page, screenshots)

    page.goto(programme)
    expect(page.locator(".stairs")).to_contain_text("закрыт")


def proof(page: Page, folder: Path, screenshots: Path) -> None:
    """Mark the activity done with a photo of its minutes, and fetch what was kept."""
    sheet = folder / "Протокол педсовета.jpg"
    sheet.write_bytes(photo())
    page.get_by_role("link", name="Отметить выполненным").first.click()
    page.get_by_label(re.compile("Примечание|Заметка")).fill("Педсовет прошёл")
    page.locator("input[type=file]").set_input_files(sheet)
    photograph(page, screenshots, "done")
    page.get_by_role("button", name="Отметить выполненным").click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Протокол педсовета.pdf", exact=True).click()
    kept = folder / "kept.pdf"
    waiting.value.save_as(kept)
    assert kept.read_bytes().startswith(b"%PDF")


def closed(page: Page, screenshots: Path) -> None:
    """Look at exactly those who lack a consent, come back, close the stage all the same."""
    condition = page.locator(".conditions li").filter(has_text=LACKS)
    found = LACKS.search(condition.inner_text())
    assert found
    condition.get_by_role("link").click()
    expect(page.locator(".found")).to_contain_text(re.compile(rf"(^|\D){found[1]}(\D|$)"))
    photograph(page, screenshots, "lacking")
    page.go_back()
    page.get_by_role("button", name="Всё равно закрыть").click()
    expect(page.locator("main")).to_contain_text("Напишите, почему этап всё же закрывают")
    page.get_by_label(re.compile("Почему этап всё же закрывают")).fill("Семьи переехали в другой город")
    page.get_by_role("button", name="Всё равно закрыть").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Этап \d+ закрыт"))
    expect(page.locator("main")).to_contain_text("Семьи переехали в другой город")
    photograph(page, screenshots, "closed")
