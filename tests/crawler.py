"""Walking through a site as a person does: by its links, its lists' filters and its forms."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

import pypdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html
from PIL import Image

from tests.factories import ROADMAP

LEAVING = ("/log-out/", "/language/", "/as/", "/role/", "/static/")
"""What leads out of the role one walks in."""
ALIKE = 1
"""So many addresses of one shape are opened."""


@dataclass
class Form:
    """A form of a page as a browser would send it: names and values, the choices of each select."""

    address: str
    method: str
    fields: list[tuple[str, str]]
    choices: dict[str, list[str]]
    files: dict[str, str]
    """Fields for files, and what each says it takes."""
    boxes: set[str]
    """Those of the choices of which several may be taken."""
    kinds: dict[str, str]
    """Fields to be typed into, and what each is for: `text`, `date`, `email` …"""

    @property
    def names(self) -> set[str]:
        return {name for name, _value in self.fields} | set(self.files)

    @property
    def shape(self) -> tuple[str, frozenset[str]]:
        """Forms of one shape do the same to different rows."""
        return shape_of(self.address), frozenset(self.names)


@dataclass
class Page:
    """One answer and where it was asked for."""

    address: str
    answer: Any
    by_filter: bool = False
    """Whether only a list's filter leads to it."""

    @property
    def kind(self) -> str:
        return str(self.answer.headers.get("Content-Type", "")).split(";")[0]

    @cached_property
    def content(self) -> bytes:
        return b"".join(self.answer) if self.answer.streaming else bytes(self.answer.content)

    @cached_property
    def text(self) -> str:
        """All that the answer tells: its headers, its page, the text of a paper, the parts of a packed file."""
        headers = " ".join(unquote(str(value)) for value in self.answer.headers.values())
        cookies = self.answer.cookies.output()
        return f"{headers} {cookies} {unquote(text_of(self.content, self.kind))}"

    @cached_property
    def tree(self) -> Any:
        if self.kind != "text/html" or not self.content.strip():
            return html.fromstring("<html></html>")
        return html.fromstring(self.content.decode())

    def links(self) -> Iterator[str]:
        """Where one may go from here, without the host."""
        for element in self.tree.iter():
            for name in ("href", "src", "data", "hx-get"):
                link = element.get(name) if isinstance(element.tag, str) else None
                if link and not link.startswith(("#", "blob:", "mailto:", "tel:", "http")):
                    yield urljoin(self.address, link).split("#")[0]

    def posts(self) -> Iterator[Form]:
        """The forms that change something, but for those that lead out of the role one walks in."""
        return (form for form in self.forms() if form.method == "post" and not form.address.startswith(LEAVING))

    def forms(self) -> Iterator[Form]:
        """The forms of the page, as each of their buttons sends them; one without a button cannot be sent."""
        for form in self.tree.iter("form"):
            found = as_form(form, self.address)
            buttons = [button for button in form.iter("button") if button.get("type", "submit") == "submit"]
            ways = {(button.get("formaction"), button.get("name")): button for button in buttons}
            for button in ways.values():
                named = [(button.get("name"), button.get("value", ""))] if button.get("name") else []
                address = urljoin(self.address, button.get("formaction") or found.address).split("#")[0]
                yield replace(found, address=address, fields=[*found.fields, *named])


def as_form(form: Any, address: str) -> Form:
    given = [(name, value or "") for name, value in form.form_values()]
    choices = choices_of(form)
    named = {name for name, _value in given}
    first = [(select.get("name"), choices[select.get("name")][0]) for select in form.iter("select") if len(select)]
    return Form(
        address=urljoin(address, form.get("action") or address).split("#")[0],
        method=form.get("method", "get").lower(),
        fields=given + [(name, value) for name, value in first if name not in named],
        choices=choices,
        files={
            element.get("name"): element.get("accept", "")
            for element in form.iter("input")
            if element.get("type") == "file"
        },
        boxes={element.get("name") for element in form.iter("input") if element.get("type") == "checkbox"},
        kinds={
            element.get("name"): element.get("type", "text")
            for element in form.iter("input", "textarea")
            if is_typed(element)
        },
    )


def is_typed(element: Any) -> bool:
    kinds = {"hidden", "file", "checkbox", "radio", "submit", "button"}
    return element.get("name") is not None and element.get("type", "text") not in kinds


def choices_of(form: Any) -> dict[str, list[str]]:
    """What may be chosen, by the name of the select, of the boxes or of the buttons in a circle."""
    choices: dict[str, list[str]] = {}
    for element in form.iter("option", "input"):
        select = next(element.iterancestors("select"), None)
        if select is not None:
            choices.setdefault(select.get("name"), []).append(element.get("value", element.text or ""))
        elif element.get("type") in {"checkbox", "radio"}:
            choices.setdefault(element.get("name"), []).append(element.get("value", "on"))
    return choices


def text_of(content: bytes, kind: str) -> str:
    """What stands in a page, a paper or a packed file, to be searched."""
    if content.startswith(b"%PDF"):
        paper = pypdf.PdfReader(io.BytesIO(content))
        return " ".join([*(page.extract_text() for page in paper.pages), str(paper.metadata)])
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(f"{name} {packed.read(name).decode(errors='replace')}" for name in packed.namelist())
    return content.decode(errors="replace")


def shape_of(address: str) -> str:
    """What addresses of one kind have in common: numbers and the words looked for are left out."""
    parts = urlsplit(address)
    query = "&".join(f"{name}={re.sub(r'[0-9]+', '0', value)}" for name, value in sorted(parse_qsl(parts.query)))
    return f"{re.sub(r'[0-9]+', '0', parts.path)}?{query}"


@dataclass
class Crawler:
    """Opens every page one can reach, each shape of an address a few times, and fills in the lists' own filters."""

    client: Client
    looked_for: str = "а"
    """What is typed into the fields of filters."""
    opened: set[str] = field(default_factory=set)
    shapes: Counter[str] = field(default_factory=Counter)

    def walk(self, starts: Iterable[str]) -> Iterator[Page]:
        """Each page from these addresses on; those one starts from are all opened, and filters are filled in last."""
        waiting: deque[tuple[str, int]] = deque((start, 1000) for start in starts)
        filters: deque[str] = deque()
        by_filter = False
        while waiting or filters:
            if not waiting:
                by_filter = True
                waiting.append((filters.popleft(), ALIKE))
            address, most = waiting.popleft()
            if address in self.opened or self.shapes[shape_of(address)] >= most or address.startswith(LEAVING):
                continue
            self.opened.add(address)
            self.shapes[shape_of(address)] += 1
            page = replace(self.open(address), by_filter=by_filter)
            yield page
            waiting.extend((link, ALIKE) for link in self.next_from(page))
            filters.extend(self.filtered_from(page))

    def open(self, address: str, **headers: str) -> Page:
        return Page(address, self.client.get(address, headers=headers or None))

    def next_from(self, page: Page) -> Iterator[str]:
        if page.answer.status_code in {301, 302}:
            yield urljoin(page.address, page.answer["Location"])
        yield from page.links()

    def filtered_from(self, page: Page) -> Iterator[str]:
        for form in page.forms():
            if form.method == "get":
                yield from self.filtered(form)

    def filtered(self, form: Form) -> Iterator[str]:
        """The addresses a list's filter leads to: the word looked for, and each choice by itself."""
        given = [(name, value) for name, value in form.fields if name not in form.choices]
        hidden = {name: value for name, value in given if value}
        path = form.address.split("?")[0]
        yield f"{path}?{urlencode(hidden | {name: self.looked_for for name, value in given if not value})}"
        for name, values in form.choices.items():
            for value in values:
                yield f"{path}?{urlencode(hidden | {name: value})}"


def filled_out(form: Form, mark: str) -> dict[str, Any]:
    """What the form shows; something typed, chosen or uploaded where it shows nothing."""
    typed = {
        "email": f"{mark}-typed@home.test",
        "date": f"{timezone.now() + timedelta(days=30):%Y-%m-%d}",
        "datetime-local": f"{timezone.now() - timedelta(days=1):%Y-%m-%dT%H:%M}",
        "time": "15:20",
        "number": "5",
        "password": "сосны-над-рекой-11",
    }
    values: dict[str, Any] = {}
    for name, value in form.fields:
        values.setdefault(name, []).append(value)
    for name, kind in form.kinds.items():
        if not any(values.get(name, [])):
            values[name] = [typed.get(kind, f"{mark}-typed")]
    for name, choices in form.choices.items():
        if not any(values.get(name, [])):
            values[name] = [choices[-1]]
    return values | {name: upload(accepts) for name, accepts in form.files.items()}


def upload(accepts: str) -> SimpleUploadedFile:
    if "txt" in accepts or "docx" in accepts:
        return SimpleUploadedFile("карта.txt", ROADMAP.format(n=1).encode())
    picture = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(picture, "JPEG")
    return SimpleUploadedFile("1.jpg", picture.getvalue(), content_type="image/jpeg")
