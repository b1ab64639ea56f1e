"""Writing and checking the journal. An act that cannot be journaled does not happen: same transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC

from django.db import models, transaction
from django.utils import timezone

from core.actors import Actor
from core.models import Event, JournalHead, School
from core.ready_queries import ReadyQuery, planning_once

LOOKS = frozenset({"view", "list", "download"})
"""The verbs that say that someone saw something and leave it as it was."""

LOCKED_HEAD = ReadyQuery(JournalHead.objects.select_for_update, by="chain")
MOVE_HEAD = "UPDATE core_journalhead SET number = %s, digest = %s, changes = changes + %s WHERE chain = %s"


def thing_of(row: models.Model | None) -> str:
    """How the journal names a row: its kind and key."""
    return f"{row._meta.model_name}:{row.pk}" if row is not None else ""


def record_event(
    *,
    verb: str,
    thing: models.Model | None = None,
    school: School | None = None,
    from_state: str = "",
    to_state: str = "",
    detail: dict[str, object] | None = None,
    by: Actor,
) -> Event:
    """Add one line to the chain of `school` (of the actor's school if None, else of the installation).

    `detail` may hold keys, counts and states; names and values are never put there.
    """
    school = school or by.school
    chain = school.pk if school else 0
    # The head is held to the end of the caller's transaction, and a school stands in line behind it: no savepoint.
    with transaction.atomic(savepoint=False):
        head = _locked_head(chain)
        event = Event(
            chain=chain,
            number=head.number + 1,
            school=school,
            at=timezone.now(),
            actor=by.pseudonym,
            verb=verb,
            thing=thing_of(thing),
            from_state=from_state,
            to_state=to_state,
            detail=detail or {},
        )
        event.digest = digest_of(event, head.digest)
        event.save(force_insert=True)
        with planning_once() as cursor:
            cursor.execute(MOVE_HEAD, [event.number, event.digest, int(verb not in LOOKS), chain])
    return event


@dataclass(frozen=True, slots=True)
class Line:
    """One of many lines that are written together."""

    verb: str
    thing: models.Model
    detail: Mapping[str, object] = field(default_factory=dict)


def record_events(lines: Iterable[Line], *, school: School, by: Actor) -> None:
    """Add many lines to the chain of `school` at once, as `record_event` would one by one."""
    with transaction.atomic():
        head = _locked_head(school.pk)
        now, digest, events = timezone.now(), head.digest, []
        for number, line in enumerate(lines, start=head.number + 1):
            event = Event(
                chain=school.pk,
                number=number,
                school=school,
                at=now,
                actor=by.pseudonym,
                verb=line.verb,
                thing=thing_of(line.thing),
                detail=dict(line.detail),
            )
            event.digest = digest = digest_of(event, digest)
            events.append(event)
        Event.objects.bulk_create(events, batch_size=1000)
        head.number, head.digest = head.number + len(events), digest
        head.changes += sum(event.verb not in LOOKS for event in events)
        head.save(update_fields=("number", "digest", "changes"))


def _locked_head(chain: int) -> JournalHead:
    head = LOCKED_HEAD.get(chain)
    if head is None:
        JournalHead.objects.get_or_create(chain=chain)
        head = JournalHead.objects.select_for_update().get(chain=chain)
    return head


def digest_of(event: Event, previous: str) -> str:
    """SHA-256 over the previous line's digest and every column of this one."""
    columns = (
        event.chain,
        event.number,
        event.school_id,
        event.at.astimezone(UTC).isoformat(),
        event.actor,
        event.verb,
        event.thing,
        event.from_state,
        event.to_state,
        event.detail,
    )
    text = json.dumps((previous, *columns), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_links() -> Iterator[str]:
    """Name each line that was changed, removed, put in or moved; nothing when the journal is whole."""
    heads = {head.chain: head for head in JournalHead.objects.order_by("chain")}
    strays = Event.objects.exclude(chain__in=heads).values_list("chain", flat=True).order_by("chain").distinct()
    for chain in [*heads, *strays]:
        number, previous = 0, ""
        events = Event.objects.filter(chain=chain).order_by("number").iterator(2000)
        for number, event in enumerate(events, start=1):
            if event.number != number or event.digest != digest_of(event, previous):
                yield f"{chain}/{number}"
                break
            previous = event.digest
        else:
            if chain not in heads or (heads[chain].number, heads[chain].digest) != (number, previous):
                yield f"{chain}/{number + 1}"
