"""What proves the rows of a programme, as one person may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils.translation import get_language

from core.actors import Actor
from core.counted import counted
from core.navigation import may_open
from roadmap.board.rows import WindowRow
from roadmap.evidence import Evidence, Proofs, evidence_of, provided


def proofs_for(actor: Actor, rows: Iterable[WindowRow], today: date) -> Proofs:
    """The evidence of these rows; it leads only to pages that the actor may open."""
    named = {(row.evidence, row.cycle) for row in rows}
    kinds = tuple(sorted(provided(kind for kind, _cycle in named)))
    if not kinds:
        return {}
    cycles = tuple(sorted({cycle for _kind, cycle in named}))
    found = counted(actor, ("evidence", kinds, cycles, today, get_language()), lambda: evidence_of(kinds, cycles))
    return {place: _as_seen(actor, proof) for place, proof in found.items()}


def _as_seen(actor: Actor, proof: Evidence) -> Evidence:
    if may_open(actor, proof.url) and (not proof.lacks_url or may_open(actor, proof.lacks_url)):
        return proof
    return replace(proof, url="", lacks_url="")
