"""Which activities may be marked done because the work that proves them is complete."""

from __future__ import annotations

from datetime import date

from roadmap.board.rows import Standing, WindowRow
from roadmap.evidence import Evidence, Proofs
from roadmap.models import EvidenceKind

_TO_THE_END = frozenset({EvidenceKind.MEETINGS})
"""Work that goes on until the last day of its term, however much of it is there before."""

_OF_THE_WHOLE_YEAR = frozenset({EvidenceKind.SURVEY})
"""Work of several activities that is counted together: that all of it is there says nothing of any single one."""


def offer_of(row: WindowRow, proofs: Proofs, today: date) -> Evidence | None:
    """What says that an open activity is done; None for one that is still to begin or whose work is not complete."""
    proof = proofs.get((row.evidence, row.cycle))
    if proof is None or not proof.is_complete or row.standing in {Standing.DONE, Standing.COMING}:
        return None
    if row.evidence in _OF_THE_WHOLE_YEAR:
        return None
    if row.evidence in _TO_THE_END and (row.ends_on is None or row.ends_on > today):
        return None
    return proof
