"""Pages of the product, logged in, against a view with one query under Django's own seven middlewares.

All in one process through the WSGI handler, in rounds of random order; processor time, not the clock. The median of
a block is set against the baseline's of the same block, so that a slow minute slows both.
"""

from __future__ import annotations

import logging
import random
import statistics
import time
from collections.abc import Callable, Sequence
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from bench.figures import Figure, Measure, middle
from core.actors import Actor
from core.models import Role
from roadmap.models import Activity, EvidenceKind, Programme, Window
from roadmap.services.drafts import open_draft
from roadmap.services.programmes import make_programme
from roadmap.services.progress import mark_done
from tests.factories import MembershipFactory, actor_of, full_programme
from tests.roadmap.documents import twin

LIST_GOAL, FORM_GOAL, QUERIES_GOAL = 16.0, 20.0, 10.0
BLOCKS, VISITS = 8, 12
QUICK_BLOCKS, QUICK_VISITS = 4, 6
WARM_UP = 5
PLAIN_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
BASELINE = "one-query view"


class Page:
    """One address visited by one handler with one cookie."""

    def __init__(self, handler: WSGIHandler, address: str, cookie: str = "") -> None:
        self.handler = handler
        self.environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http",
        }

    def visit(self) -> float:
        """Seconds of processor time of one request, to its last byte."""
        statuses: list[str] = []
        environ: dict[str, Any] = {**self.environ, "wsgi.input": BytesIO()}
        began = time.process_time()
        answer = self.handler(environ, lambda status, *_: statuses.append(status))  # type: ignore[arg-type]
        b"".join(answer)
        answer.close()
        seconds = time.process_time() - began
        assert statuses == ["200 OK"], (self.environ["PATH_INFO"], statuses)
        return seconds


def prepare() -> Measure:
    """Rows, a curator who is logged in, and the pages to be measured."""
    settings.ROOT_URLCONF = "bench.addresses"
    logging.disable(logging.WARNING)
    with override_settings(MIDDLEWARE=PLAIN_MIDDLEWARE):
        plain = WSGIHandler()
    product = WSGIHandler()
    curator = actor_of(Role.CURATOR)
    MembershipFactory.create_batch(50, school=curator.school)
    thirty_five, fifty, neglected = (
        programme_of(name, curator, overdue)
        for name, overdue in (("one_list", 8), ("with_sections", 8), ("with_sections", 99))
    )
    draft = open_draft(data=twin("three_years"), name="Дорожная карта.txt", by=curator)

    def own(name: str, *args: object) -> Page:
        return Page(product, reverse(name, args=args), cookie_of(curator))

    def show(programme: Programme) -> Page:
        return own("roadmap:programme_show", programme.pk)

    addresses = {
        "programme, 35 activities": (show(thirty_five), LIST_GOAL),
        "programme, 50 activities": (show(fifty), LIST_GOAL),
        f"the same, all {windows_of(neglected).count()} terms overdue": (show(neglected), None),
        "people of a school, 50 rows": (own("accounts:member_list"), LIST_GOAL),
        "first page of a curator": (own("home"), FORM_GOAL),
        "form: mark an activity done": (own("roadmap:window_done", windows_of(fifty)[0].pk), FORM_GOAL),
        "review of a draft, 34 activities": (own("roadmap:draft_review", draft.pk), None),
    }
    pages = {BASELINE: Page(plain, f"/bench/one/{curator.school_id}/"), "bare view": Page(plain, "/bench/bare/")}
    pages |= {name: page for name, (page, _) in addresses.items()}
    goals = {name: goal for name, (_, goal) in addresses.items()}
    counted = queries_of([show(programme) for programme in (smallest_programme(curator), fifty)])

    def measure(quick: bool) -> list[Figure]:
        blocks = measured(pages, *((QUICK_BLOCKS, QUICK_VISITS) if quick else (BLOCKS, VISITS)))
        return [*figures_of(blocks, goals), *counted]

    return measure


def smallest_programme(curator: Actor) -> Programme:
    """A programme of one activity, which is proved by something as those of a document are."""
    programme = full_programme(curator.school, activities=1)
    Activity.objects.filter(stage__programme=programme).update(evidence=EvidenceKind.PAIRS)
    return programme


def programme_of(document: str, curator: Actor, overdue: int) -> Programme:
    """The programme that comes of a document as it was read, everything done but so many."""
    draft = open_draft(data=twin(document), name=f"{document}.txt", by=curator)
    programme = make_programme(draft=draft, by=curator)
    for window in windows_of(programme)[overdue:]:
        mark_done(window=window, done_on=window.ends_on or programme.starts_on, note="", by=curator)
    return programme


def windows_of(programme: Programme) -> QuerySet[Window]:
    return Window.objects.filter(cycle__programme=programme)


def cookie_of(actor: Actor) -> str:
    """What the browser of someone who has logged in sends."""
    assert actor.user
    browser = Client()
    browser.force_login(actor.user)
    cookies: SimpleCookie = browser.cookies
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())


def measured(pages: dict[str, Page], blocks: int, visits: int) -> list[dict[str, float]]:
    """Of each block the median seconds of each page."""
    for page in pages.values():
        for _ in range(WARM_UP):
            page.visit()
    return [block_of(pages, visits) for _ in range(blocks)]


def block_of(pages: dict[str, Page], visits: int) -> dict[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(visits):
        for name in random.sample(list(pages), len(pages)):
            seconds[name].append(pages[name].visit())
    return {name: statistics.median(values) for name, values in seconds.items()}


def figures_of(blocks: Sequence[dict[str, float]], goals: dict[str, float | None]) -> list[Figure]:
    """The ratio of each page to the baseline, block by block."""
    base = statistics.median(block[BASELINE] for block in blocks) * 1000
    beside = f"{BASELINE} {base:.2f} ms"
    bare = [block["bare view"] / block[BASELINE] for block in blocks]
    ratios: Callable[[str], list[float]] = lambda name: [block[name] / block[BASELINE] for block in blocks]  # noqa: E731
    pages = [middle(name, ratios(name), "x", goal=goal, baseline=beside) for name, goal in goals.items()]
    return [*pages, middle("bare view", bare, "x", baseline=beside)]


def queries_of(pages: Sequence[Page]) -> list[Figure]:
    """How many queries a programme with one activity takes and one with fifty; the two must be the same."""
    counts = []
    for page in pages:
        page.visit()
        with CaptureQueriesContext(connection) as queries:
            page.visit()
        counts.append(len(queries))
    few, many = counts
    return [
        Figure("queries of a programme, 50 activities", many, "", QUERIES_GOAL),
        Figure("queries more than with 1 activity", many - few, "", 0.0, baseline=f"1 activity: {few}"),
    ]
