"""On what a stage closes: every activity of it is done, and the work that proves them lacks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from core.actors import Actor
from core.navigation import may_open
from roadmap.board.rows import WindowRow
from roadmap.evidence import Evidence, Proofs
from roadmap.models import EvidenceKind

_SHOWN = 100
"""Signs of an activity's text that tell which one it is."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition, in words that say how it stands; `url` leads to what is still lacking, or to what was counted."""

    words: str
    is_met: bool
    url: str
    deed: str = ""


def conditions_of(rows: Sequence[WindowRow], proofs: Proofs) -> list[Condition]:
    """The conditions of a stage in one cycle; `rows` are its windows there. Those not met come first."""
    found = [*_of_evidence(rows, proofs), *_of_activities(rows)]
    return sorted(found, key=lambda condition: condition.is_met)


def lacking(conditions: Sequence[Condition]) -> list[str]:
    """What is not met, in words."""
    return [condition.words for condition in conditions if not condition.is_met]


def seen_by(actor: Actor, conditions: Sequence[Condition]) -> list[Condition]:
    """The conditions with the ways that the actor may go."""
    return [row if row.url and may_open(actor, row.url) else replace(row, url="") for row in conditions]


def closing_headline(number: str, conditions: Sequence[Condition]) -> str:
    """«Этап 2 закрыть нельзя: у 7 из 42 наставляемых нет согласия», «… и ещё 2 причины»."""
    missing = lacking(conditions)
    if not missing:
        return gettext("Stage %(number)s can be closed") % {"number": number}
    words = gettext("Stage %(number)s cannot be closed: %(why)s") % {"number": number, "why": missing[0]}
    if len(missing) == 1:
        return words
    more = ngettext("%(words)s, and %(n)s more reason", "%(words)s, and %(n)s more reasons", len(missing) - 1)
    return more % {"words": words, "n": len(missing) - 1}


def _of_evidence(rows: Sequence[WindowRow], proofs: Proofs) -> list[Condition]:
    """One condition for each kind of evidence, in the order of the document."""
    places = dict.fromkeys((row.evidence, row.cycle) for row in rows)
    return [_of_proof(place[0], proofs[place]) for place in places if place in proofs]


def _of_proof(kind: str, proof: Evidence) -> Condition:
    if proof.lacks:
        return Condition(proof.lacks, is_met=False, url=proof.lacks_url, deed=gettext("Show which"))
    name = EvidenceKind(kind).label
    return Condition(proof.words or str(name), is_met=True, url=proof.url, deed=gettext("Look at it"))


def _of_activities(rows: Sequence[WindowRow]) -> list[Condition]:
    """The activities that are still open, each once; where all are done, that."""
    open_ones: dict[int, WindowRow] = {}
    for row in rows:
        if row.is_open:
            open_ones.setdefault(row.activity, row)
    if not open_ones:
        words = ngettext("its %(n)s activity is done", "all %(n)s activities are done", len(rows)) if rows else ""
        return [Condition(words % {"n": len(rows)}, is_met=True, url="")] if rows else []
    return [_of_activity(row) for row in open_ones.values()]


def _of_activity(row: WindowRow) -> Condition:
    name = f"№\u00a0{row.number} {row.text}" if row.number else row.text
    return Condition(
        gettext("not done: %(activity)s") % {"activity": Truncator(name).chars(_SHOWN)},
        is_met=False,
        url=reverse("roadmap:activity_show", args=(row.activity,)),
        deed=gettext("Open the activity"),
    )
