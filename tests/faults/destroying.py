"""What a process does on the site of a test of destruction; `python -m tests.faults.destroying VERB` prints JSON."""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  after the set-up
from django.utils import timezone  # noqa: E402

from core import leases  # noqa: E402
from core.actors import user_actor  # noqa: E402
from core.jobs import run_due_jobs  # noqa: E402
from core.journal import broken_links  # noqa: E402
from core.models import Job, Membership, Role, User  # noqa: E402
from core.sweep import run_sweep  # noqa: E402
from participants.models import Consent, Destruction, Person  # noqa: E402
from participants.services import carrying  # noqa: E402
from participants.services.demanding import start_destroying  # noqa: E402
from participants.services.destruction_days import end_keeping  # noqa: E402
from participants.services.ledger import entries_in, ledger_file  # noqa: E402
from participants.services.withdrawal import withdraw_consent  # noqa: E402
from reports.models import Order, OrderLine, OrderState  # noqa: E402
from tests.participants.doomed import SURNAME, make_doomed, withdraw  # noqa: E402


def give() -> None:
    """A child whose consent is in force."""
    make_doomed()


def take_back() -> None:
    """The consent is withdrawn, and the worker sweeps."""
    person = Person.objects.get(surname=SURNAME)
    by = user_actor(*_curator(person.school_id))
    for consent in Consent.objects.in_force(timezone.localdate()).filter(person=person):
        withdraw_consent(consent=consent, by=by)
    run_sweep()


def in_force() -> dict[str, Any]:
    """How many consents of the child are in force, and when the data are to be destroyed."""
    return {
        "in_force": Consent.objects.in_force(timezone.localdate()).filter(person__surname=SURNAME).count(),
        "due": [day.isoformat() for day in Destruction.objects.values_list("due_on", flat=True)],
    }


def fill() -> dict[str, Any]:
    """A doomed child whose consent is withdrawn, and the worker asked to destroy; the key of the destruction.

    Of the orders in force, archive papers which alone may name him in the open, the names are taken off before.
    """
    due = withdraw(make_doomed())
    OrderLine.objects.filter(order__state=OrderState.IN_FORCE).update(mentees_text="–")
    Order.objects.filter(state=OrderState.IN_FORCE).update(familiar=[])
    job = start_destroying(destructions=[due], sheets=0, by=user_actor(*_curator(due.school_id)))
    return {"due": due.pk, "job": job.pk}


def work() -> int:
    """Do what is due, as the worker does."""
    return run_due_jobs()


def work_and_die(place: str) -> None:
    """Begin the work and be killed in the middle: `named` before the act is printed, `sealed` before the commit."""
    step = {"named": "_draw_up", "sealed": "start_scrubbing"}[place]
    setattr(carrying, step, lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL))
    run_due_jobs()


def work_until(statement: str) -> None:
    """Do what is due and be killed before the so manieth statement to the database, or live where there are fewer."""
    Job.objects.update(tries=0)
    left = int(statement)

    def count(execute: Any, *details: Any) -> Any:
        nonlocal left
        left -= 1
        return execute(*details) if left else os.kill(os.getpid(), signal.SIGKILL)

    with connection.execute_wrapper(count):
        run_due_jobs()


def end_term() -> int:
    """As if the years were over."""
    Destruction.objects.update(kept_until="2020-01-01")
    return end_keeping()


def report() -> dict[str, Any]:
    """How the destructions and the jobs stand, and whether the journal is whole."""
    return {
        "destructions": list(Destruction.objects.values_list("state", flat=True)),
        "jobs": sorted(Job.objects.values_list("kind", "state")),
        "named": Person.objects.filter(surname="Канарейкин").count(),
        "broken": list(broken_links()),
        "pseudonyms": sorted(set(Person.objects.exclude(pseudonym="").values_list("pseudonym", flat=True))),
        "in_ledger": sorted({entry.pseudonym for entry in entries_in(ledger_file())}),
    }


def _curator(school: int) -> tuple[User, list[Membership]]:
    membership = Membership.objects.filter(school=school, role=Role.CURATOR).latest("pk")
    return membership.user, [membership]


if "LEASE_SECONDS" in os.environ:
    leases.LEASE = timedelta(seconds=float(os.environ["LEASE_SECONDS"]))

if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    print(json.dumps(globals()[verb](*arguments)))
