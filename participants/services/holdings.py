"""All that is held on one person, given out to him: as pages, as PDF, and for another program."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone, translation

from core.actors import Actor
from core.jobs import start_job
from core.journal import record_event
from core.models import Job, School
from core.typography import long_date, tie
from participants.holding import Held, all_held_on
from participants.models import Person
from participants.services.cycles import today_in
from participants.services.texts import processor_of

HOLDINGS_PDF = "holdings-pdf"
"""The kind of job that prints it; `participants.services.holdings_printing` does the work."""


def holdings_json(person: Person) -> str:
    """Everything as JSON: `{school, made_at, sections: [{title, fate, why, rows: [{label: value}]}]}`."""
    with translation.override("ru"):
        told: dict[str, Any] = {
            "school": person.school.name,
            "made_at": timezone.localtime(timezone=person.school.zone).isoformat(timespec="seconds"),
            "sections": [_section(held) for held in all_held_on(person)],
        }
        return json.dumps(told, ensure_ascii=False, indent=2)


def holdings_context(person: Person) -> dict[str, Any]:
    """What the paper shows."""
    school: School = person.school
    return {
        "operator": tie(school.name),
        "address": tie(school.address),
        "subject": tie(person.full_name),
        "processor": tie(processor_of(school)),
        "today": long_date(today_in(school)),
        "sections": all_held_on(person),
    }


def print_holdings(*, person: Person, by: Actor) -> Job:
    """Have it printed as it now stands: twice within a minute it is printed once."""
    minute = f"{timezone.now():%Y%m%d%H%M}"
    record_event(verb="export", thing=person, school=person.school, detail={"form": "pdf"}, by=by)
    key = f"{HOLDINGS_PDF}:{person.pk}:{minute}"
    return start_job(key=key, kind=HOLDINGS_PDF, payload={"person": person.pk}, by=by)


def _section(held: Held) -> dict[str, Any]:
    return {
        "title": str(held.title),
        "fate": str(held.fate.label),
        "why": str(held.why),
        "rows": [_unique(row) for row in held.lines],
    }


def _unique(row: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Pairs as an object; a label that comes twice gets a number."""
    told: dict[str, str] = {}
    for label, value in row:
        count = sum(known == label or known.startswith(f"{label} (") for known in told)
        told[f"{label} ({count + 1})" if count else label] = value
    return told
