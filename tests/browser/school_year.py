"""The steps of a school's year as its people take them in a browser; `test_year_journey` puts them together."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import DESKTOP, PHONE, PostOffice, is_trouble, photograph
from tests.browser.test_doors import FIELDS, SECRET
from tests.browser.walking import find_faults

CODE = "гроза-над-лесом-5"


@dataclass
class Walk:
    """One installation, its post, and everyone's browser; what went wrong in any of them stands in `troubles`."""

    url: str
    browser: Browser
    post_office: PostOffice
    folder: Path
    name: str
    troubles: list[str] = field(default_factory=list)
    photographed: int = 0

    @contextmanager
    def person(self, *, on_phone: bool = False) -> Iterator[Page]:
        """A browser of somebody's own."""
        size = PHONE if on_phone else DESKTOP
        context = self.browser.new_context(viewport=size, locale="ru-RU", accept_downloads=True)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if is_trouble(said) else None)
        page.on(
            "response",
            lambda answer: self.troubles.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        yield page
        context.close()

    def keep(self, page: Page, what: str) -> None:
        """A picture of the page, and nothing that axe finds amiss on it."""
        page.wait_for_load_state()
        self.photographed += 1
        name = f"{self.name}-{self.photographed:02d}-{what}"
        if page.viewport_size == PHONE:
            photograph(page, self.folder, name, PHONE)
        else:
            photograph(page, self.folder, name)
        assert find_faults(page) == [], what

    def sees(self, page: Page, path: str, *words: str, keep: str = "") -> None:
        """The page says this."""
        page.goto(path if path.startswith("http") else self.url + path)
        for said in words:
            expect(page.locator("main")).to_contain_text(said)
        if keep:
            self.keep(page, keep)


@dataclass(frozen=True)
class Entry:
    """Someone to be put in the register."""

    kind: str
    surname: str
    given_name: str
    patronymic: str
    birth_date: str
    side: str
    place: str
    email: str = ""
    guardian: str = ""
    """The address of the mother, who bears the same surname."""

    @property
    def signer(self) -> str:
        return self.guardian or self.email


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).first.click()


def first_start(walk: Walk, keeper: Page, code: str, school: dict[str, str]) -> None:
    """The first school; its curator and administrator are invited by letters."""
    keeper.goto(f"{walk.url}/start/")
    keeper.locator("[name=code]").fill(code)
    keeper.locator("main form button").first.click()
    keeper.wait_for_url("**/start/school/")
    for name, value in (FIELDS | school).items():
        keeper.locator(f"[name={name}]").fill(value)
    keeper.locator("main form button").last.click()
    keeper.wait_for_url("**/installation/")


def accept_invitation(walk: Walk, page: Page, address: str) -> None:
    page.goto(walk.post_office.wait_for(address, r"http\S+/invited/\S+"))
    page.locator("[name=secret]").fill(SECRET)
    page.locator("main form button").last.click()
    page.wait_for_url(walk.url + "/")


def bring_roadmap(walk: Walk, curator: Page, document: Path) -> str:
    """The address of the programme made from the document."""
    curator.goto(f"{walk.url}/drafts/new/")
    curator.locator("input[type=file]").set_input_files(document)
    press(curator, re.compile("Загрузить|Прочитать"))
    curator.wait_for_url(re.compile(r"/drafts/\d+/"))
    press(curator, "Создать программу")
    curator.wait_for_url(re.compile(r"/programmes/\d+/"))
    return curator.url


def enter_person(walk: Walk, curator: Page, entry: Entry, form: str) -> str:
    """Put someone in the register, enrolled; the address of the card."""
    curator.goto(f"{walk.url}/participants/new/")
    curator.locator("[name=kind]").select_option(entry.kind)
    for name in ("surname", "given_name", "patronymic", "birth_date"):
        curator.locator(f"[name={name}]").fill(getattr(entry, name))
    curator.locator("[name=class_name]" if entry.kind == "pupil" else "[name=post]").fill(entry.place)
    if entry.email:
        curator.locator("[name=email]").fill(entry.email)
    if entry.guardian:
        mother = {"surname": f"{entry.surname.removesuffix('а')}а", "given_name": "Вера", "patronymic": "Львовна"}
        for name, value in (mother | {"email": entry.guardian}).items():
            curator.locator(f"[name=guardian-{name}]").fill(value)
        curator.locator("[name=guardian-authority]").select_option(label="мать")
    curator.locator("[name=part-side]").select_option(entry.side)
    curator.locator("[name=part-form]").select_option(label=form)
    curator.get_by_role("button", name="Сохранить", exact=True).click()
    curator.wait_for_url(re.compile(r"/participants/\d+/$"))
    return curator.url


def find_person(walk: Walk, curator: Page, entry: Entry) -> None:
    """In the list of people, by a part of the name in small letters."""
    curator.goto(f"{walk.url}/participants/")
    walk.keep(curator, "people")
    curator.locator("[name=q]").fill(entry.surname[:5].lower())
    expect(curator.locator("#rows tbody tr")).to_have_count(1)
    expect(curator.locator("#rows")).to_contain_text(entry.surname)


def ask_consent(curator: Page, card: str) -> None:
    curator.goto(card)
    press(curator, re.compile("Запросить согласие"))
    expect(curator.get_by_role("region", name="Согласия")).to_contain_text("запрошено")


def link_in_letter(walk: Walk, entry: Entry, words: str = "/l/") -> str:
    """The personal link in the letter to the signer that says these words."""
    return walk.post_office.wait_for(entry.signer, r"http\S+/l/\S+", words)


def link_on_slip(walk: Walk, curator: Page, card: str) -> str:
    """The personal link in the code of a slip that the curator prints."""
    curator.goto(card)
    press(curator, "Напечатать листок со ссылкой")
    curator.wait_for_url("**/slips/")
    walk.keep(curator, "slip")
    return code_of_card(curator)


def open_link(phone: Page, entry: Entry, link: str) -> None:
    """The first name, then the page for whoever knows the birth date: first a wrong one."""
    phone.goto(link)
    assert entry.surname not in phone.locator("main").inner_text()
    field = phone.locator("main form [name=birth_date]")
    field.fill("01.01.2001")
    phone.locator("main form button").click()
    expect(phone.locator(".invalid-feedback, [role=alert]").first).to_be_visible()
    field.fill(".".join(reversed(entry.birth_date.split("-"))))
    phone.locator("main form button").click()
    phone.wait_for_url(re.compile(r"/my/(consents/\d+/)?$"))


def download_form(walk: Walk, phone: Page) -> bytes:
    """The form on the consent's page, once the worker has made it."""
    prepare = phone.get_by_role("button", name="Подготовить бланк")
    if prepare.is_visible():
        prepare.click()
    button = phone.get_by_role("link", name=re.compile("Скачать бланк"))
    expect(button).to_be_visible(timeout=60_000)
    with phone.expect_download() as waiting:
        button.click()
    return Path(waiting.value.path()).read_bytes()


def text_in(pdf: bytes) -> str:
    return " ".join(" ".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(pdf)).pages).split())


def photographs_of(pdf: bytes, *, signed: bool = True) -> list[dict[str, object]]:
    """Each sheet of a printed paper as a telephone takes it, signed by hand on the last."""
    files: list[dict[str, object]] = []
    for number, leaf in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        picture = leaf.render(scale=2).to_pil().convert("RGB").rotate(1, expand=True, fillcolor="#8a7d6b")
        if signed:
            pen = ImageDraw.Draw(picture)
            width, height = picture.size
            pen.line(
                [(width * 0.6, height * 0.9), (width * 0.65, height * 0.87), (width * 0.8, height * 0.9)], "#223f8f", 5
            )
        files.append({"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": _jpeg(picture)})
    return files


def _jpeg(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def send_consents(walk: Walk, phone: Page, entry: Entry, link: str, what: str) -> list[str]:
    """Download, sign, photograph and send every consent asked of the signer; the texts of their forms."""
    open_link(phone, entry, link)
    phone.goto(f"{walk.url}/my/")
    walk.keep(phone, f"{what}-home")
    count = phone.locator("a[href*='/my/consents/']").count()
    texts = []
    for place in range(count):
        phone.goto(f"{walk.url}/my/")
        phone.locator("a[href*='/my/consents/']").nth(place).click()
        pdf = download_form(walk, phone)
        (walk.folder / f"{walk.name}-{what}-{place}.pdf").write_bytes(pdf)
        texts.append(text_in(pdf))
        if place == 0:
            walk.keep(phone, f"{what}-consent")
        phone.locator("#send input[type=file]").first.set_input_files(photographs_of(pdf))  # type: ignore[arg-type]
        press(phone, "Отправить в школу")
        expect(phone.get_by_role("heading", level=1)).to_contain_text("Отправлено")
    walk.keep(phone, f"{what}-sent")
    return texts


def return_consent(walk: Walk, curator: Page) -> None:
    """The first copy that waits is not readable."""
    curator.goto(f"{walk.url}/consents/")
    curator.locator("a[href*='/consents/']", has_text=re.compile("Проверить")).first.click()
    press(curator, re.compile("Вернуть: не читается"))
    curator.wait_for_load_state()


def send_again(walk: Walk, phone: Page, entry: Entry, what: str) -> None:
    """The signer reads in a letter why the copy came back and photographs the sheet once more."""
    open_link(phone, entry, link_in_letter(walk, entry, "не читается"))
    expect(phone.locator("main")).to_contain_text("Не читается")
    walk.keep(phone, f"{what}-returned")
    pdf = download_form(walk, phone)
    phone.locator("#send input[type=file]").first.set_input_files(photographs_of(pdf))  # type: ignore[arg-type]
    press(phone, "Отправить в школу")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Отправлено")


def withdraw_consent(walk: Walk, phone: Page) -> None:
    """On the signer's own page, in two steps."""
    phone.goto(f"{walk.url}/my/")
    phone.locator("a[href*='/my/consents/']").first.click()
    phone.get_by_role("link", name="Отозвать согласие").click()
    phone.wait_for_url(re.compile("/withdraw/$"))
    walk.keep(phone, "withdrawing")
    press(phone, "Отозвать согласие")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("отозвано")


def accept_consents(walk: Walk, curator: Page, count: int) -> None:
    """From the list, one after another, by the keyboard of the screen."""
    curator.goto(f"{walk.url}/consents/")
    walk.keep(curator, "consents")
    curator.locator("a[href*='/consents/']", has_text=re.compile("Проверить")).first.click()
    for place in range(count):
        expect(curator.locator("img[src*='/consents/pages/']").first).to_be_visible()
        if place == 0:
            walk.keep(curator, "consent-check")
        press(curator, re.compile("^Принять"))
        curator.wait_for_load_state()


def fill_profile(curator: Page, card: str, text: str, capacity: str = "") -> None:
    curator.goto(card)
    curator.get_by_role("link", name=re.compile("Записать (запрос|компетенции)|Внести")).first.click()
    curator.locator("[name=request], [name=competences]").fill(text)
    if capacity:
        curator.locator("[name=capacity]").fill(capacity)
    curator.get_by_role("button", name="Сохранить", exact=True).click()
    curator.wait_for_url(re.compile(r"/participants/\d+/$"))


def propose_pair(walk: Walk, curator: Page, mentee: Entry, mentor: Entry) -> None:
    curator.goto(f"{walk.url}/pairs/")
    row = curator.locator("li, tr, article", has_text=mentee.surname)
    row.locator("a[href*='/pairs/new/']").first.click()
    curator.get_by_label(re.compile(mentor.surname)).first.check()
    curator.locator("textarea").first.fill("Запрос совпадает с тем, в чём наставник силён.")
    press(curator, re.compile("Предложить"))
    curator.wait_for_load_state()


def approve_pairs(walk: Walk, head: Page, count: int) -> None:
    """From the home page: one screen, two clicks."""
    head.goto(walk.url)
    walk.keep(head, "head-home")
    head.locator("main a[href*='/pairs/decide/']").first.click()
    head.wait_for_url(re.compile("/pairs/decide/"))
    walk.keep(head, "pairs-decide")
    press(head, re.compile(rf"Утвердить.*{count}"))
    head.wait_for_load_state()


def code_of_card(curator: Page) -> str:
    """What the QR code on the printed card says."""
    picture = Image.open(io.BytesIO(curator.locator(".qr").first.screenshot(scale="css"))).convert("L")
    picture = picture.resize((picture.width * 3, picture.height * 3))
    [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)


def come_in_by_card(walk: Walk, curator: Page, card: str, phone: Page) -> None:
    """The curator makes a card for the person, who sets a code by it."""
    curator.goto(card)
    press(curator, "Сделать карточку")
    curator.wait_for_url("**/cards/print/")
    phone.goto(code_of_card(curator))
    phone.locator("[name=secret]").fill(CODE)
    phone.locator("main form button").last.click()
    phone.wait_for_url(walk.url + "/")


def draft_order(walk: Walk, curator: Page, number: str) -> str:
    """From the home page; the address of the draft."""
    curator.goto(walk.url)
    curator.locator("main a[href*='/orders/new/']").first.click()
    curator.locator("[name=number]").fill(number)
    press(curator, re.compile("Составить приказ"))
    curator.wait_for_url(re.compile(r"/orders/\d+/$"))
    return curator.url


def print_order(walk: Walk, page: Page, order: str) -> bytes:
    """The order as PDF, once the worker has made it."""
    page.goto(order)
    press(page, "Приказ, PDF")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Скачать файл").click(timeout=60_000)
    pdf = Path(waiting.value.path()).read_bytes()
    (walk.folder / f"{walk.name}-order.pdf").write_bytes(pdf)
    return pdf


def put_in_force(walk: Walk, head: Page, order: str, paper: bytes) -> None:
    """The administrator adds the scan of what he signed: one page, one button."""
    head.goto(walk.url)
    head.locator(f"main a[href='{order.removeprefix(walk.url)}']").first.click()
    head.wait_for_url(order)
    walk.keep(head, "order-draft")
    head.locator("input[type=file]").set_input_files(photographs_of(paper))  # type: ignore[arg-type]
    press(head, re.compile("Подписан"))
    expect(head.get_by_role("heading", level=1)).to_contain_text("в силе")
    walk.keep(head, "order-in-force")


def record_meeting(walk: Walk, phone: Page, text: str, what: str = "") -> None:
    """From the mentor's home page, on one screen."""
    phone.goto(walk.url)
    phone.get_by_role("link", name=re.compile("Записать встречу")).first.click()
    if what:
        walk.keep(phone, f"{what}-form")
    phone.locator("[name=summary]").fill(text)
    press(phone, "Записать встречу")
    phone.wait_for_url(lambda url: "/meet/" not in url)
    if what:
        walk.keep(phone, what)


def come_in_by_letter(walk: Walk, curator: Page, card: str, phone: Page, address: str) -> None:
    """The curator invites an adult, who accepts."""
    curator.goto(card)
    press(curator, "Пригласить письмом")
    curator.wait_for_load_state()
    phone.context.clear_cookies()
    accept_invitation(walk, phone, address)
