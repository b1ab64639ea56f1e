"""A survey on a telephone: from the link to the thanks, with scripts and without, with the line cut while typing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import DESKTOP, PHONE, Installation, photograph
from tests.browser.walking import find_faults, go, phone, run_inside

SCRIPT = Path(__file__).with_name("surveys_to_answer.py")
OFFLINE = "Последнее, что вы напечатали, ещё не сохранено"
KEPT = "Всё сохранено."
STORY = "Жду помощи с алгеброй"


@pytest.fixture(scope="module")
def links(installation: Installation) -> dict[str, str]:
    found: dict[str, str] = json.loads(run_inside(installation, SCRIPT).strip().splitlines()[-1])
    return found


def begin(page: Page, installation: Installation, token: str) -> None:
    page.goto(f"{installation.url}/a/{token}/")
    assert token not in page.url
    page.get_by_role("link", name=re.compile("Начать|Продолжить")).click()
    expect(page.get_by_text(re.compile("Раздел 1 из|Без вашего имени"))).to_be_visible()


def kept(page: Page) -> None:
    expect(page.locator("#state")).to_have_text(KEPT)


# ---------------------------------------------------------------- the whole way


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_survey_with_every_kind_of_question_is_answered_on_a_telephone(
    browser: Browser, installation: Installation, links: dict[str, str], screenshots: Path, has_scripts: bool
) -> None:
    with phone(browser, has_scripts) as (_context, page):
        begin(page, installation, links[f"whole-{has_scripts}"])
        assert find_faults(page) == [] if has_scripts else True
        go(page, "Дальше", "n=1")
        expect(page.get_by_role("alert")).to_contain_text("Вопрос 1")
        expect(page.locator("fieldset[data-question=where]")).to_be_visible(visible=not has_scripts)
        numbers = ["1.", "2.", *(["2.1."] if not has_scripts else []), *(f"{n}." for n in range(3, 9))]
        assert [one.inner_text() for one in page.locator(".ask-number:visible").all()] == numbers

        page.get_by_role("radio", name="8", exact=True).check()
        page.get_by_role("radio", name="Да", exact=True).check()
        page.get_by_label("Где вы встречались?").fill("В библиотеке")
        page.get_by_role("checkbox", name="Музыка").check()
        page.get_by_role("radio", name="Иногда").check()
        page.get_by_role("group", name="Наставник слушал меня").get_by_role("radio", name="часто").check()
        page.get_by_label("Сколько часов").fill("3")
        page.get_by_label("Когда ты пришёл").fill("2020-09-01")
        page.get_by_label("Расскажи, чего ты ждёшь").fill(STORY)
        photograph(page, screenshots, f"survey-section-{has_scripts}", PHONE)
        go(page, "Дальше", "n=2")

        if has_scripts:
            page.get_by_role("button", name="Друзья").click()
            page.get_by_role("button", name="Хорошие оценки").click()
            expect(page.get_by_role("button", name="Друзья")).to_have_attribute("aria-pressed", "true")
        else:
            page.get_by_label("Друзья").select_option("1")
            page.get_by_label("Хорошие оценки").select_option("2")
        page.get_by_label("Опиши своё настроение").fill("Бодрое")
        paper = {"name": "грамота.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
        page.get_by_label("Приложи грамоту").set_input_files(paper)  # type: ignore[arg-type]
        go(page, "Дальше", "/check/")

        shown = page.locator("main").inner_text()
        told = ("8 из 10", "В библиотеке", "Музыка", "Иногда", "слушал меня: часто", "3 часов", "01.09.2020", STORY)
        assert [
            words for words in (*told, "1. Друзья", "2. Хорошие", "Бодрое", "грамота.pdf") if words not in shown
        ] == []
        photograph(page, screenshots, f"survey-check-{has_scripts}", PHONE)
        go(page, "Отправить", "/sent/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо, ответы отправлены")
        assert STORY in page.locator("main").inner_text()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_survey_without_names_is_sent_in_one_go(
    browser: Browser, installation: Installation, links: dict[str, str], has_scripts: bool
) -> None:
    with phone(browser, has_scripts) as (_context, page):
        begin(page, installation, links[f"unnamed-{has_scripts}"])
        page.get_by_role("textbox").first.fill("Моё слово")
        go(page, "Отправить", "/all/")
        expect(page.get_by_role("alert")).to_contain_text("Пока ничего не отправлено")
        expect(page.get_by_role("textbox").first).to_have_value("Моё слово")
        page.get_by_role("radio", name="7", exact=True).check()
        page.get_by_role("radio", name="Нет", exact=True).check()
        go(page, "Отправить", "/thanks/")
        assert "Моё слово" not in page.content()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_people_are_chosen_after_the_birth_date(
    browser: Browser, installation: Installation, links: dict[str, str], has_scripts: bool
) -> None:
    with phone(browser, has_scripts) as (_context, page):
        page.goto(f"{installation.url}/a/{links[f'people-{has_scripts}']}/")
        assert "Наставников" not in page.content()
        page.get_by_label("Ваша дата рождения").fill("09.03.2013")
        go(page, "Открыть опрос", r"/a/\d+/$")
        page.get_by_role("link", name="Начать").click()
        if has_scripts:
            page.get_by_label("Найти по имени").fill("ов12")
            page.get_by_role("button", name="Наставников12").click()
            page.get_by_label("Найти по имени").fill("")
            page.get_by_role("button", name="Наставников3 ").click()
            kept(page)
        else:
            page.get_by_label("Выбор номер 1").select_option(label="Наставников12 Константин, 7 «Б»")
            page.get_by_label("Выбор номер 2").select_option(label="Наставников3 Константин, 7 «Б»")
        go(page, "Дальше", "/check/")
        assert "1. Наставников12 Константин" in page.locator("main").inner_text()
        assert "2. Наставников3 Константин" in page.locator("main").inner_text()


# ---------------------------------------------------------------- the line is cut


@pytest.mark.parametrize("keystroke", range(0, len(STORY), 4))
def test_a_line_cut_after_any_keystroke_loses_at_most_the_last_field_and_the_page_says_so(
    browser: Browser, installation: Installation, links: dict[str, str], keystroke: int
) -> None:
    with phone(browser) as (context, page):
        begin(page, installation, links["cut-True"])
        mark = str(1 + keystroke % 9)
        page.get_by_role("radio", name=mark, exact=True).check()
        kept(page)
        story = page.get_by_label("Расскажи, чего ты ждёшь")
        story.fill("")
        story.press_sequentially(STORY[:keystroke])
        context.set_offline(True)
        story.press_sequentially(STORY[keystroke:])
        expect(page.locator("#state")).to_contain_text(OFFLINE)
        expect(story).to_have_value(STORY)

        # Another telephone, as if this one had fallen into water: all but the last field is there.
        with phone(browser) as (_other, second):
            begin(second, installation, links["cut-True"])
            expect(second.get_by_role("radio", name=mark, exact=True)).to_be_checked()
            assert STORY.startswith(second.get_by_label("Расскажи, чего ты ждёшь").input_value())

        context.set_offline(False)
        kept(page)
        with phone(browser) as (_other, second):
            begin(second, installation, links["cut-True"])
            expect(second.get_by_label("Расскажи, чего ты ждёшь")).to_have_value(STORY)


def test_a_page_is_not_left_while_the_line_is_cut(
    browser: Browser, installation: Installation, links: dict[str, str]
) -> None:
    with phone(browser) as (context, page):
        begin(page, installation, links["two-True"])
        page.get_by_role("radio", name="5", exact=True).check()
        page.get_by_role("radio", name="Нет", exact=True).check()
        kept(page)
        context.set_offline(True)
        page.get_by_role("button", name="Дальше").click()
        expect(page.locator("#state")).to_contain_text(OFFLINE)
        expect(page.get_by_role("radio", name="5", exact=True)).to_be_checked()

        context.set_offline(False)
        page.wait_for_url(re.compile("n=2"))


def test_a_page_that_is_left_while_answers_are_under_way_is_sent_once(
    browser: Browser, installation: Installation, links: dict[str, str]
) -> None:
    def slowly(route: Route) -> None:
        page.wait_for_timeout(150 if "/keep/" in route.request.url else 600)
        route.continue_()

    with phone(browser) as (_context, page):
        begin(page, installation, links["slow-True"])
        page.route(re.compile("/keep/|n=1$"), slowly)
        sent: list[str] = []
        page.on("request", lambda told: sent.append(told.url) if told.is_navigation_request() else None)
        page.get_by_role("radio", name="5", exact=True).check()
        page.get_by_role("radio", name="Нет", exact=True).check()
        go(page, "Дальше", "n=2")
        assert [url for url in sent if url.endswith("n=1")] == [page.url.replace("n=2", "n=1")]


def test_without_scripts_it_goes_on_on_another_telephone(
    browser: Browser, installation: Installation, links: dict[str, str]
) -> None:
    with phone(browser, False) as (_context, page):
        begin(page, installation, links["two-False"])
        page.get_by_label("Расскажи, чего ты ждёшь").fill(STORY)
        go(page, "Назад", r"/a/\d+/$")
    with phone(browser, False) as (_context, page):
        begin(page, installation, links["two-False"])
        expect(page.get_by_label("Расскажи, чего ты ждёшь")).to_have_value(STORY)


# ---------------------------------------------------------------- paper


def test_paper_sheets_are_typed_with_the_keyboard_alone(
    browser: Browser, installation: Installation, links: dict[str, str], screenshots: Path
) -> None:
    with phone(browser, size=DESKTOP) as (_context, page):
        page.goto(f"{installation.url}/log-in/?next=/surveys/campaigns/{links['typed']}/type/")
        form = page.locator("form", has=page.locator("input[type=password]"))
        form.locator("input:not([type=hidden]):not([type=password])").first.fill(links["login"])
        form.locator("input[type=password]").fill("Bumaga-2026-list")
        form.get_by_role("button").click()
        page.wait_for_url(re.compile("/type/"))
        rows = page.locator("tbody tr")
        assert rows.count() == 30
        rows.nth(0).locator("input[type=text]").first.focus()
        for _row in range(3):
            for typed in ("8", "потому что", "1", "в лагере"):
                page.keyboard.type(typed)
                page.keyboard.press("Enter")
        expect(page.locator("tr.is-saved")).to_have_count(3)
        page.keyboard.type("99")
        page.keyboard.press("ArrowDown")
        expect(rows.nth(3)).to_contain_text("Выберите число от 1 до 10.")
        photograph(page, screenshots, "survey-typing", DESKTOP)
        page.once("dialog", lambda dialog: dialog.accept())
        page.reload()
        assert page.locator("tbody tr").count() == 27
