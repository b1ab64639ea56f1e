"""Sheets of slips for a class: asked for by the curator, printed by the worker, gone after a day."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.files import delete_file
from core.jobs import start_job
from core.models import Job
from participants.models import Consent, Person
from participants.services.sending import AWAITED

SLIPS_PDF = "slips-pdf"
"""The kind of job that makes fresh links and prints them; `participants.services.slip_printing` does the work."""
KEPT = timedelta(days=1)
"""The sheets carry the links themselves, of which otherwise only a digest is kept."""


def classes_awaited(actor: Actor) -> dict[str, str]:
    """The classes of those whose consents are awaited, by key, with the class and how many they are."""
    rows = people_awaited(actor).values_list("class_key", "class_name", "pk").order_by("class_key")
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for key, name, _pk in rows:
        names.setdefault(key, name)
        counts[key] = counts.get(key, 0) + 1
    return {key: f"{name} ({counts[key]})" for key, name in names.items()}


def people_awaited(actor: Actor) -> QuerySet[Person]:
    """The pupils of whom a consent is awaited."""
    awaited = Consent.objects.visible_to(actor).filter(state__in=AWAITED)
    return Person.objects.visible_to(actor).filter(pk__in=awaited.values("person")).exclude(class_key="")


def print_class(*, class_key: str, by: Actor) -> Job:
    """Have the worker print a slip for everyone who signs for somebody of the class."""
    people = people_awaited(by).filter(class_key=class_key).order_by("sort_key", "pk")
    payload: dict[str, object] = {"people": list(people.values_list("pk", flat=True))}
    return start_job(key=f"{SLIPS_PDF}:{secrets.token_hex(16)}", kind=SLIPS_PDF, payload=payload, by=by)


def remove_printed_slips() -> int:
    """Delete the sheets of more than a day ago; their number."""
    old = Job.objects.filter(kind=SLIPS_PDF, finished_at__lt=timezone.now() - KEPT).select_related("result__school")
    for job in old:
        with transaction.atomic():
            job.delete()
            if job.result:
                delete_file(job.result, by=SYSTEM)
    return len(old)
