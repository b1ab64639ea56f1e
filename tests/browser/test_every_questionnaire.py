"""Every questionnaire a school begins with is filled in on a telephone, question by question, and its results are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from surveys.content import Kind
from surveys.standard import STANDARD_QUESTIONNAIRES
from tests.browser.conftest import Installation
from tests.browser.filling import CONTENTS, WORDS, Asking, fill
from tests.browser.walking import go, phone, run_inside

SCRIPT = Path(__file__).with_name("surveys_to_fill.py")
FORMS = ("pupil", "teacher", "student", "employer", "employer_student", "staff")
OF_THE_METHOD = {
    *(f"{wave}_{side}_{form}" for wave in ("entry", "exit") for side in ("mentee", "mentor") for form in FORMS),
    *(
        f"{kind}_{side}"
        for kind in ("request", "preference", "interim", "satisfaction")
        for side in ("mentee", "mentor")
    ),
    "checklist",
    "swot",
}
BORN, PASSWORD = "09.03.2013", "Anketa-2026-list"
READ_CARDS = """cards => cards.map(card => [
    card.querySelector("h3").textContent.trim(),
    parseInt(card.querySelector(".result-answered").textContent),
    [...card.querySelectorAll("details")].map(table => [...table.querySelectorAll("tbody tr")].map(
        row => [...row.cells].map(cell => cell.textContent.trim().replaceAll("\\u00a0", " ")))),
])"""


@dataclass(frozen=True)
class School:
    """Where all of them are asked; two of its people are logged in on telephones of their own."""

    url: str
    asked: Mapping[str, Mapping[str, Any]]
    people: Mapping[str, Mapping[str, str]]
    curator: Page
    head: Page

    def results(self, page: Page, key: str) -> Locator:
        """The questions on the page of results."""
        page.goto(f"{self.url}/surveys/campaigns/{self.asked[key]['campaign']}/results/")
        return page.locator(".result-question")


@pytest.fixture(scope="module")
def school(installation: Installation, browser: Browser) -> Iterator[School]:
    made = json.loads(run_inside(installation, SCRIPT).strip().splitlines()[-1])
    with phone(browser) as (_first, curator), phone(browser) as (_second, head):
        for page, login in ((curator, "curator"), (head, "head")):
            page.goto(f"{installation.url}/log-in/")
            form = page.locator("form", has=page.locator("input[type=password]"))
            form.locator("input:not([type=hidden]):not([type=password])").first.fill(f"{login}@anketa.test")
            form.locator("input[type=password]").fill(PASSWORD)
            form.get_by_role("button").click()
            page.wait_for_url(lambda url: "/log-in/" not in url)
        yield School(installation.url, made["asked"], made["people"], curator, head)


def test_the_set_has_every_questionnaire_the_method_names() -> None:
    assert {one.key for one in STANDARD_QUESTIONNAIRES} == OF_THE_METHOD


@pytest.mark.parametrize("key", CONTENTS)
def test_it_is_filled_in_on_a_telephone_and_its_results_are_read(browser: Browser, school: School, key: str) -> None:
    asking = Asking(CONTENTS[key], school.people)
    few = school.results(school.head, key)
    expect(school.head.locator("main")).to_contain_text("Ответов слишком мало")
    expect(few).to_have_count(0)

    with phone(browser) as (_context, own):
        page = school.curator if key in ("checklist", "swot") else own
        come(page, school, key)
        answer_every_question(page, asking)
        send(page, asking)

    enough = school.results(school.head, key)
    expect(enough).to_have_count(len(list(asking.content.questions())))
    shown = school.results(school.curator, key)
    assert shown.evaluate_all(READ_CARDS) == [
        [question.text, asking.answered(question), asking.counted(question)] for question in asking.content.questions()
    ]
    fits(school.curator)
    words = [question.key for question in asking.content.questions() if question.kind is Kind.LONG]
    for question in words[:1]:
        shown.page.goto(f"{shown.page.url}{question}/")
        expect(shown.page.get_by_role("listitem").filter(has_text=WORDS[Kind.LONG])).to_have_count(1)


def come(page: Page, school: School, key: str) -> None:
    """By the link, with the birth date where people are chosen; who belongs to the staff is logged in."""
    way = school.asked[key]
    page.goto(f"{school.url}/a/{way['respondent'] if page is school.curator else way['token']}/")
    if page.get_by_label("Ваша дата рождения").is_visible():
        page.get_by_label("Ваша дата рождения").fill(BORN)
        go(page, "Открыть опрос", r"/a/\d+/$")
    fits(page)
    page.get_by_role("link", name="Начать").click()


def answer_every_question(page: Page, asking: Asking) -> None:
    """Section by section, what hangs on an answer as well."""
    sections = asking.content.sections
    for place, section in enumerate(sections, 1):
        expect(page.get_by_text(f"Раздел {place} из {len(sections)}")).to_be_visible()
        for question in section.questions:
            ask = page.locator(f'.ask[data-question="{question.key}"]')
            expect(ask).to_be_visible()
            fill(ask, asking.said(question, on_phone=True))
        expect(page.locator(".ask")).to_have_count(len(section.questions))
        fits(page)
        go(page, "Дальше", f"n={place + 1}$" if place < len(sections) else "/check/")


def send(page: Page, asking: Asking) -> None:
    questions = list(asking.content.questions())
    expect(page.locator(".answer-shown dt")).to_have_text([question.text for question in questions])
    expect(page.locator(".answer-shown dd .muted")).to_have_count(0)
    fits(page)
    go(page, "Отправить", "/sent/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо, ответы отправлены")
    expect(page.locator("main")).to_contain_text(asking.content.thanks)
    fits(page)


def fits(page: Page) -> None:
    """Nothing is wider than the telephone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
