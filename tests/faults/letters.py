"""What a process of the fault tests does on its site; `python -m tests.faults.letters VERB …` prints JSON.

Importing this module sets Django up with a kind of notice for these tests, and with a lease as short as
LEASE_SECONDS says, since a test cannot wait two minutes for a dead worker's rows.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import django
from django.db import transaction

django.setup()

from core import leases  # noqa: E402  after the set-up
from core.actors import SYSTEM  # noqa: E402
from core.journal import broken_links, record_event  # noqa: E402
from core.models import Event, Notice  # noqa: E402
from core.notices import Letter, queue_notice, register_notice, send_due_notices  # noqa: E402
from core.sweep import run_sweep  # noqa: E402

if "LEASE_SECONDS" in os.environ:
    leases.LEASE = timedelta(seconds=float(os.environ["LEASE_SECONDS"]))
    leases.FIRST_WAIT = timedelta(seconds=1)

register_notice("fault", lambda notice, secret: Letter("a@school.test", notice.key, "Текст"))


def queue(first: str, count: str) -> None:
    """Queue `count` notices whose keys are numbers from `first` on, each with a line in the journal."""
    with transaction.atomic():
        for number in range(int(first), int(first) + int(count)):
            queue_and_journal(str(number))


def queue_and_journal(key: str) -> None:
    queue_notice(key=key, kind="fault")
    record_event(verb="queue", by=SYSTEM)


def report() -> dict[str, Any]:
    """How many notices are in each state, how many acts were journaled, and whether the journal is whole."""
    return {
        "states": Counter(Notice.objects.values_list("state", flat=True)),
        "errors": Counter(Notice.objects.exclude(error="").values_list("error", flat=True)),
        "events": Event.objects.count(),
        "broken": list(broken_links()),
    }


def dispatch(count: str) -> None:
    """Keep `count` processes sending until this one is ended; one that dies is replaced at once."""
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    alive: set[int] = set()
    while True:
        while len(alive) < int(count):
            child = os.fork()
            if not child:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                send_for_ever()
            alive.add(child)
        alive.discard(os.wait()[0])


def send_for_ever() -> None:
    while True:
        send_due_notices()
        time.sleep(0.1)


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    verbs: dict[str, Any] = {"queue": queue, "report": report, "dispatch": dispatch, "sweep": run_sweep}
    print(json.dumps(verbs[verb](*arguments)))
