"""A school's year end to end: from the document and a name to a pair, an order and a logged meeting.

Each of the people has a browser of their own, the phone steps at 390 px, against real processes; letters come by a
real SMTP server. Pictures of the pages and the papers are kept, see `screenshots`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import ready
from tests.browser import school_year as steps
from tests.browser.conftest import running
from tests.browser.school_year import Entry, Walk

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
NINE_ITEMS = (
    "1. Субъект персональных данных",
    "2. Представитель субъекта",
    "3. Оператор",
    "4. Цель обработки",
    "5. Перечень персональных данных",
    "6. Обработка по поручению оператора",
    "7. Действия с данными и способы обработки",
    "8. Срок действия и отзыв",
    "9. Подпись",
)


@dataclass
class School:
    """A school that has brought its roadmap, with the browsers of its curator and its head."""

    walk: Walk
    stack: ExitStack
    curator: Page
    head: Page
    programme: str

    def person(self) -> Page:
        """Somebody's telephone."""
        return self.stack.enter_context(self.walk.person(on_phone=True))

    def enter(self, entries: list[Entry], form: str) -> dict[Entry, str]:
        """Put everyone in the register and ask for their consents; the addresses of their cards."""
        cards = {entry: steps.enter_person(self.walk, self.curator, entry, form) for entry in entries}
        for card in cards.values():
            steps.ask_consent(self.curator, card)
        return cards

    def order(self, number: str) -> str:
        """Draft, print, sign and put in force the order on all approved pairs; its text."""
        order = steps.draft_order(self.walk, self.curator, number)
        self.walk.keep(self.curator, "order")
        paper = steps.print_order(self.walk, self.curator, order)
        steps.put_in_force(self.walk, self.head, order, paper)
        return steps.text_in(paper)


@contextmanager
def school_with(
    document: str, browser: Browser, folder: Path, empty: Path, pictures: Path, names: dict[str, str]
) -> Iterator[School]:
    """A first start on an empty installation, up to the programme made from the seed of this number."""
    seed = next(SEEDS.glob(f"{document}_*.txt"), None)
    if seed is None:
        pytest.skip("NO SEEDS beside the project")
    shutil.copytree(empty, folder / "data")
    with running(folder / "data", "--empty") as (started, post_office), ExitStack() as stack:
        walk = Walk(f"http://127.0.0.1:{started.port}", browser, post_office, pictures, f"seed-{document}")
        code = re.search(r"/start/\n(\S+)", started.console.read_text())
        assert code
        keeper, curator, head = (stack.enter_context(walk.person()) for _ in range(3))
        steps.first_start(walk, keeper, code[1], names)
        steps.accept_invitation(walk, curator, "curator@example.org")
        steps.accept_invitation(walk, head, "head@example.org")
        yield School(walk, stack, curator, head, steps.bring_roadmap(walk, curator, seed))
        assert walk.troubles == []


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with empty tables; a start from nothing at all is made in `test_doors`."""
    return ready.migrated(ready.folder_of(tmp_path_factory))


def test_a_pupil_is_mentored_by_a_pupil(browser: Browser, tmp_path: Path, empty: Path, screenshots: Path) -> None:
    """Curator, head, two mothers without accounts, mentor and mentee who come in by printed cards."""
    mentee = Entry(
        "pupil", "Тростников", "Глеб", "Андреевич", "2013-05-14", "mentee", "7 «Б»", guardian="trost@home.test"
    )
    mentor = Entry(
        "pupil", "Жимолостин", "Илья", "Олегович", "2010-02-03", "mentor", "10 «А»", guardian="zhim@home.test"
    )
    with school_with("000", browser, tmp_path, empty, screenshots, {}) as school:
        walk, curator = school.walk, school.curator
        mother, other_mother, guide, pupil = (school.person() for _ in range(4))

        cards = school.enter([mentee, mentor], "Ученик – ученик")
        walk.keep(curator, "card")
        steps.find_person(walk, curator, mentee)
        letter, slip = steps.link_in_letter(walk, mentee), steps.link_on_slip(walk, curator, cards[mentor])
        forms = steps.send_consents(walk, mother, mentee, letter, "mother")
        forms += steps.send_consents(walk, other_mother, mentor, slip, "other-mother")
        assert [[item for item in NINE_ITEMS if item not in form] for form in forms] == [[], []]
        steps.return_consent(walk, curator)
        steps.send_again(walk, mother, mentee, "mother")
        steps.accept_consents(walk, curator, 2)
        mother.reload()
        expect(mother.get_by_role("heading", level=1)).to_contain_text("действует до")

        steps.fill_profile(curator, cards[mentee], "Подтянуть математику")
        steps.fill_profile(curator, cards[mentor], "Математика, олимпиадные задачи", "2")
        steps.propose_pair(walk, curator, mentee, mentor)
        walk.keep(curator, "pairs")
        steps.approve_pairs(walk, school.head, 1)
        order = school.order("137/к")
        for words in ("№ 137/к", "ПРИКАЗЫВАЮ", "Тростников Глеб Андреевич", "Жимолостин Илья Олегович", "10 «А»"):
            assert words in order

        steps.come_in_by_card(walk, curator, cards[mentor], guide)
        steps.come_in_by_card(walk, curator, cards[mentee], pupil)
        walk.keep(guide, "mentor-home")
        steps.record_meeting(walk, guide, "Разобрали задачи на проценты", "meeting")
        walk.sees(pupil, "/", "Разобрали задачи на проценты", keep="mentee-home")
        walk.sees(mother, "/my/", "Жимолостин Илья Олегович", keep="mother-sees-the-pair")
        walk.sees(curator, "/mentorships/", "Жимолостин", keep="mentorships")
        walk.sees(curator, "/", "Ждёт вашего решения", keep="curator-home")
        evidence = ("согласия: 1 из 1", "пары: 1 из 1", "137/к", "первые встречи: 1 из 1")
        walk.sees(curator, school.programme, *evidence, keep="programme")

        steps.withdraw_consent(walk, mother)
        for phone, name in ((guide, "Тростников"), (pupil, "Жимолостин")):
            phone.goto(walk.url)
            expect(phone.locator("main")).not_to_contain_text(name)
        walk.sees(curator, "/", "Согласие отозвано: Тростников", keep="curator-home-after-withdrawal")


def test_a_kindergarten_teacher_is_mentored_by_a_teacher(
    browser: Browser, tmp_path: Path, empty: Path, screenshots: Path
) -> None:
    """Curator, head, a mentor who also signs the Labour Code consent, two teachers of one group, all by e-mail."""
    names = {
        "school-name": "Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 8»",
        "school-short_name": "МБДОУ «Детский сад № 8»",
        "school-head_post": "Заведующий",
    }
    mentor = Entry(
        "teacher", "Тополёва", "Раиса", "Игнатьевна", "1975-04-02", "mentor", "воспитатель", email="topol@sad.test"
    )
    first = Entry(
        "teacher", "Лапина", "Юлия", "Марковна", "1999-09-30", "mentee", "воспитатель", email="lapina@sad.test"
    )
    second = Entry(
        "teacher",
        "Ивлев",
        "Олег",
        "Ильич",
        "2000-01-08",
        "mentee",
        "музыкальный руководитель",
        email="ivlev@sad.test",
    )
    with school_with("003", browser, tmp_path, empty, screenshots, names) as school:
        walk, curator = school.walk, school.curator
        phones = {entry: school.person() for entry in (mentor, first, second)}

        cards = school.enter([mentor, first, second], "Педагог – педагог")
        forms = {
            entry: steps.send_consents(walk, phone, entry, steps.link_in_letter(walk, entry), entry.surname)
            for entry, phone in phones.items()
        }
        assert [len(papers) for papers in forms.values()] == [2, 1, 1]
        assert sum("351.8" in form for form in forms[mentor]) == 1
        steps.accept_consents(walk, curator, 4)

        steps.fill_profile(curator, cards[mentor], "Режим дня, работа с родителями", "2")
        for entry in (first, second):
            steps.fill_profile(curator, cards[entry], "Планировать занятия")
            steps.propose_pair(walk, curator, entry, mentor)
        steps.approve_pairs(walk, school.head, 2)
        order = school.order("14-а")
        for words in ("№ 14-а", "Заведующий", "Лапина Юлия Марковна", "Ивлев Олег Ильич", "группа"):
            assert words in order

        for entry in (mentor, first):
            steps.come_in_by_letter(walk, curator, cards[entry], phones[entry], entry.email)
        steps.record_meeting(walk, phones[mentor], "Составили план на неделю", "meeting")
        walk.sees(phones[first], "/", "Составили план на неделю")
        walk.sees(curator, school.programme, "пары: 2 из 2", keep="programme")
