"""A curator brings the roadmap the school already has and gets a programme, a place to mark progress, and a paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Installation, photograph
from tests.browser.walking import find_faults, log_in

PROJECT = Path(__file__).resolve().parents[2]
SEED = next((PROJECT.parent / "shared" / "seeds").glob("000_*.txt"), None)
TWIN = PROJECT / "tests" / "roadmap" / "documents" / "one_list.txt"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(TWIN, id="twin"),
        pytest.param(SEED, id="seed", marks=pytest.mark.skipif(SEED is None, reason="NO SEEDS beside the project")),
    ],
)
def test_a_document_becomes_a_programme_and_a_paper(
    page: Page, installation: Installation, screenshots: Path, tmp_path: Path, document: Path
) -> None:
    log_in(page, installation, "kurator")

    page.goto(f"{installation.url}/drafts/new/")
    page.locator("input[type=file]").set_input_files(document)
    page.get_by_role("button", name=re.compile("Загрузить|Прочитать")).click()
    page.wait_for_url(re.compile(r"/drafts/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("35 мероприятий")
    before = remarks(page)
    photograph(page, screenshots, f"review-{document.stem}")

    page.get_by_role("button", name="Так и должно быть").first.click()
    expect(page.locator("#summary")).to_contain_text(f"{before - 1} замечани")
    page.reload()
    assert remarks(page) == before - 1

    page.get_by_role("button", name="Создать программу").click()
    page.wait_for_url(re.compile(r"/programmes/\d+/"))
    photograph(page, screenshots, f"programme-{document.stem}")
    assert find_faults(page) == []

    page.get_by_role("link", name=re.compile("Выполнено")).or_(
        page.get_by_role("button", name=re.compile("Выполнено"))
    ).first.click()
    page.get_by_label(re.compile("Заметка|Примечание|Что сделано")).fill("Педсовет прошёл, протокол подшит")
    page.get_by_role("button", name=re.compile("Отметить")).click()
    expect(page.get_by_text("1 из 35").first).to_be_visible()

    page.get_by_role("button", name="Дорожная карта, PDF").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Скачать файл").click(timeout=60_000)
    paper = tmp_path / "roadmap.pdf"
    waiting.value.save_as(paper)
    text = " ".join(" ".join(leaf.extract_text() for leaf in PdfReader(paper).pages).split())
    assert "Информирование педагогического сообщества" in text
    assert "базу наставляемых" in text


def remarks(page: Page) -> int:
    """How many remarks the summary says are left."""
    found = re.search(r"(\d+) замечани", page.locator("#summary").inner_text())
    return int(found[1]) if found else 0


def test_a_file_that_is_no_roadmap_is_refused_in_words_and_nothing_is_kept(
    page: Page, installation: Installation, tmp_path: Path
) -> None:
    picture = tmp_path / "карта.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    log_in(page, installation, "kurator")
    page.goto(f"{installation.url}/drafts/new/")

    page.locator("input[type=file]").set_input_files(picture)
    with page.expect_response(lambda answer: answer.request.method == "POST") as waiting:
        page.get_by_role("button", name=re.compile("Загрузить|Прочитать")).click()

    assert waiting.value.status == 400
    expect(page.get_by_role("alert").or_(page.locator(".invalid-feedback")).first).to_be_visible()
    assert page.url.endswith("/drafts/new/")
