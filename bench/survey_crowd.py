"""Five hundred people answer at once, beside as many who call a view that writes one row, on the same server.

Each opens a connection of his own, and is measured from the first byte of it to the last byte of the reply.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from bench.figures import Figure, middle
from core.models import Once
from mentoring.run.services import make_web
from participants.models import Enrolment
from surveys.content import content_from_json
from surveys.drafting import SEEN, digest_of, part_of
from surveys.models import Answer, Campaign, Respondent, Response
from surveys.services.arriving import SESSION, SINCE
from tests.factories import CycleFactory, cleared_enrolment
from tests.surveys.sheets import campaign_of, outline, question

WRITE = "/bench/write/"
PEOPLE, BLOCKS, QUICK_BLOCKS = 500, 3, 1
GOAL = 6.0
START_SECONDS, REPLY_SECONDS = 30, 60
SCALES = tuple(f"q{number}" for number in range(1, 11))
ASKED = outline([*(question(key, "scale", required=True) for key in SCALES), question("words", "long")])
SAID = {f"q-{key}": "7" for key in SCALES} | {"q-words": "Больше встреч по субботам"}
BEFORE = {f"{SEEN}{one.key}": digest_of(part_of({}, one)) for one in content_from_json(ASKED).questions()}
"""What a page says of the answers that stood in its fields: nothing yet."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, and the status of the reply that says it was accepted."""

    address: str
    cookie: str
    body: str
    accepted: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """What came of all calls: seconds by the clock, and how many were not accepted."""

    seconds: list[float]
    errors: int

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.seconds, n=20)[-1]


def measured(*, quick: bool) -> list[Figure]:
    """The keeping of what is typed, the sending under a name, and the anonymous sending, each beside the bare view."""
    logging.disable(logging.WARNING)
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    parts = [(_crowd_of_one_block()) for _block in range(QUICK_BLOCKS if quick else BLOCKS)]
    with served() as port:
        blocks = [_block(port, people) for people in parts]
    base = statistics.median(block["bare"].late for block in blocks)
    beside = f"writing one row {base * 1000:.0f} ms"
    names = {
        "keep": f"{PEOPLE} keep what they typed, 95th percentile",
        "send": f"{PEOPLE} send their answers, 95th percentile",
        "unnamed": f"{PEOPLE} send without a name, 95th percentile",
    }
    found = [
        middle(text, [block[key].late / block["bare"].late for block in blocks], "x", goal=GOAL, baseline=beside)
        for key, text in names.items()
    ]
    errors = sum(crowd.errors for block in blocks for crowd in block.values())
    return [
        *found,
        Figure("calls that were not accepted", errors, "", 0.0),
        Figure("accepted answers that are not stored", lost(parts, blocks), "", 0.0),
    ]


@dataclass(frozen=True, slots=True)
class People:
    """Those who answer in one block."""

    named: Campaign
    unnamed: Campaign
    calls: dict[str, list[Call]]


def _crowd_of_one_block() -> People:
    cycle = CycleFactory()
    named = campaign_of(ASKED, cycle=cycle)
    unnamed = campaign_of(ASKED, cycle=cycle, is_anonymous=True)
    parts = [cleared_enrolment(person__school=cycle.programme.school, cycle=cycle) for _one in range(PEOPLE)]
    rows = {campaign: asked(campaign, parts) for campaign in (named, unnamed)}
    return People(
        named,
        unnamed,
        {
            # The same people, forms and ways through the server; the view alone is another.
            "bare": [replace(call(row, "whole", HTTPStatus.OK, SAID), address=WRITE) for row in rows[unnamed]],
            "keep": [call(row, "keep", HTTPStatus.OK, SAID | BEFORE) for row in rows[named]],
            "send": [call(row, "check", HTTPStatus.FOUND, {}) for row in rows[named]],
            "unnamed": [call(row, "whole", HTTPStatus.FOUND, SAID) for row in rows[unnamed]],
        },
    )


def asked(campaign: Campaign, parts: Sequence[Enrolment]) -> list[Respondent]:
    return Respondent.objects.bulk_create(Respondent(campaign=campaign, enrolment=part) for part in parts)


def call(row: Respondent, name: str, accepted: int, said: dict[str, str]) -> Call:
    """A form of a survey as the browser of whoever came by his link sends it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION], store[SINCE] = row.pk, int(time.time())
    store.create()
    token = secrets.token_hex(16)
    cookie = f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    body = urlencode({"csrfmiddlewaretoken": token} | said)
    return Call(reverse(f"surveys:answer_{name}", args=(row.pk,)), cookie, body, accepted)


def _block(port: int, people: People) -> dict[str, Crowd]:
    return {name: asyncio.run(at_once(port, calls)) for name, calls in people.calls.items()}


async def at_once(port: int, calls: Sequence[Call]) -> Crowd:
    replies = await asyncio.gather(*(one(port, each) for each in calls))
    return Crowd(
        [seconds for seconds, _is_accepted in replies], sum(not is_accepted for _seconds, is_accepted in replies)
    )


async def one(port: int, each: Call) -> tuple[float, bool]:
    """Seconds, and whether it was accepted."""
    body = each.body.encode()
    lines = [
        f"POST {each.address} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: close",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *([f"Cookie: {each.cookie}"] if each.cookie else []),
    ]
    began = time.perf_counter()
    try:
        async with asyncio.timeout(REPLY_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            reply = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return time.perf_counter() - began, False
    status = reply.split(b" ", 2)[1:2]
    return time.perf_counter() - began, status == [str(int(each.accepted)).encode()]


@contextmanager
def served() -> Iterator[int]:
    """The product's own web program on a free port of this machine, called as an installation calls it."""
    port = free_port()
    service = make_web(replace(settings.CONFIGURATION, listen="127.0.0.1", port=port))
    command = [*service.command[:-1], "bench.server:application"]
    connection.close()
    server = subprocess.Popen(command, cwd=service.folder)  # noqa: S603  the command is our own
    try:
        _wait(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close())
        yield port
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(act: Callable[[], object]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            act()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def lost(parts: Sequence[People], blocks: Sequence[dict[str, Crowd]]) -> int:
    """Of the rows that the accepted calls must have left, those that are not there."""
    missing = 0
    for people, block in zip(parts, blocks, strict=True):
        sent = Response.objects.filter(campaign=people.named, is_sent=True)
        stored = sent.filter(pk__in=Answer.objects.filter(question="words", text=SAID["q-words"]).values("response"))
        held = people.unnamed.held.count() + people.unnamed.responses.count()
        missing += PEOPLE - block["send"].errors - stored.count()
        missing += PEOPLE - block["unnamed"].errors - held
    written = len(parts) * PEOPLE - sum(block["bare"].errors for block in blocks)
    return missing + written - Once.objects.count()
