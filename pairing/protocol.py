"""The protocol of a computation: what was known, by which weights and rules, what came out, and that nothing better does.

It names people by the keys of their parts, so that an act of destruction leaves nothing of them in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from pairing.matching import Aim, Filling
from pairing.models import Scenario, ScenarioPair
from pairing.scenes.bench import Bench
from pairing.scenes.figures import figures_of
from pairing.scoring import PARTS

VERSION = 1


def protocol_of(scenario: Scenario, bench: Bench, sent: Iterable[ScenarioPair]) -> dict[str, Any]:
    """All that is printed of the computation, as JSON; `sent` are the pairs that go to the administrator.

    The figures are of the pairs as they stand, by the data whose digest stands beside them.
    """
    rules = bench.table.rules
    found = figures_of(bench, Aim(scenario.aim), Filling(scenario.filling))
    return {
        "version": VERSION,
        "solved_at": scenario.solved_at.isoformat(),
        "sent_at": timezone.now().isoformat(),
        "data": bench.digest,
        "aim": scenario.aim,
        "filling": scenario.filling,
        "weights": dict(scenario.weights),
        "rules": {
            "wants_ready": rules.wants_ready,
            "bars_class_teacher": rules.bars_class_teacher,
            "least_age_gap": rules.least_age_gap,
        },
        "mentees": len(bench.table.mentees),
        "mentors": len(bench.table.mentors),
        "places": int(bench.places.sum()),
        "result": {
            "served": found.served,
            "total": found.total,
            "worst": found.worst,
            "bound": found.bound,
            "blocking": found.blocking,
        },
        "pairs": [_pair(bench, row) for row in sorted(sent, key=lambda row: row.pk)],
        "apart": [{"mentee": ban.mentee_id, "mentor": ban.mentor_id, "by": ban.made_by_id} for ban in bench.banned],
    }


def digest_of(protocol: Mapping[str, Any]) -> str:
    """SHA-256 of the protocol in its canonical form, in hexadecimal."""
    text = json.dumps(protocol, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _pair(bench: Bench, row: ScenarioPair) -> dict[str, Any]:
    place, column = bench.rows[row.mentee_id], bench.columns[row.mentor_id]
    return {
        "mentee": row.mentee_id,
        "mentor": row.mentor_id,
        "score": bench.score(place, column),
        "shares": {str(part): int(bench.table.parts[part][place, column]) for part in PARTS},
        "is_locked": row.is_locked,
        "lifted": row.lifted,
        "lifted_by": row.put_by_id,
    }
