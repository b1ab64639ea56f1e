"""What a person comes upon in his school when he opens all that he can."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from core.access import Door
from core.actors import Actor
from core.models import Event
from mentoring.logs import JsonFormatter
from tests.canaries import COMMON, Filled, addresses, all_marks, browser_of
from tests.crawler import Crawler, Form, Page, shape_of


@dataclass
class Seen:
    """One page that was opened."""

    address: str
    status: int
    foreign: set[str]
    """The canaries of the other school on it."""
    own: set[str]
    lines: list[Event]
    """What the journal says of its opening."""


@dataclass
class Walked:
    """All that one person came upon; the forms are one of each shape."""

    actor: Actor
    pages: list[Seen] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    plain_forms: list[Form] = field(default_factory=list)
    """Those of pages that are reached without a filter of a list."""
    logged: list[str] = field(default_factory=list)
    """Lines of the log that hold a canary."""
    named: list[str] = field(default_factory=list)
    """Lines of the journal that hold one."""
    parts: list[Seen] = field(default_factory=list)
    """A page of each shape, asked for once more as a part."""


def walk_through(actor: Actor, schools: tuple[Filled, Filled], *, door: Door | None = None) -> Walked:
    """Open all that he can reach in the first of the schools; with a `door` he begins only where that lets him in."""
    here = schools[0]
    crawler, found, last = Crawler(browser_of(actor, here), looked_for=COMMON), Walked(actor), newest()
    forms, plain = dict[object, Form](), dict[object, Form]()
    with logged() as lines:
        for page in crawler.walk(addresses(actor, schools, door)):
            found.pages.append(seen(page, here, list(Event.objects.filter(pk__gt=last).order_by("pk"))))
            last = newest()
            for form in page.posts():
                forms.setdefault(form.shape, form)
                if not page.by_filter:
                    plain.setdefault(form.shape, form)
        for address in sorted({urlsplit(shape_of(address)).path: address for address in crawler.opened}.values()):
            found.parts.append(seen(crawler.open(address, HX_Request="true"), here))
    found.forms, found.plain_forms = list(forms.values()), list(plain.values())
    found.logged = [line for line in lines if COMMON in line.lower()]
    found.named = [str(event) for event in Event.objects.all() if tells(event)]
    return found


def seen(page: Page, place: Filled, lines: Iterable[Event] = ()) -> Seen:
    foreign, own = (all_marks(page.text, mark) for mark in (place.others, place.mark))
    return Seen(page.address, page.answer.status_code, foreign, own, list(lines))


def newest() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def tells(event: Event) -> bool:
    return COMMON in str(vars(event)).lower()


@contextmanager
def logged() -> Iterator[list[str]]:
    """The lines that are meanwhile written to the log, as the product writes them."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonFormatter().format(record))

    keeper, root = Keeper(), logging.getLogger()
    before = root.level
    root.addHandler(keeper)
    root.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(keeper)
        root.setLevel(before)
