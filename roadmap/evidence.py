"""Living evidence: what an activity is proved by, counted where the work is done.

Higher apps register a provider for a kind; the roadmap shows its words and leads to its page. An activity whose
kind has no provider shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from roadmap.models import EvidenceKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far the work has come in one cycle: «согласия 34 из 40»; `url` is the page where it is done.

    `total` is 0 where nothing says how many there should be. What keeps a stage from closing is said in `lacks`,
    «у 7 из 42 наставляемых нет согласия», and listed at `lacks_url`; both are empty where nothing is missing.
    """

    words: str
    url: str
    done: int
    total: int
    lacks: str = ""
    lacks_url: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everything that is to be there is there: «согласия 40 из 40»."""
        return self.done >= self.total > 0


Provider = Callable[[Sequence[int]], dict[int, Evidence]]
"""The evidence of each of these cycles, by the cycle's key; a fixed number of queries, however many cycles."""

Proofs = Mapping[tuple[str, int], Evidence]
"""The evidence of some kinds in some cycles, by (kind, cycle)."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The work that proves an activity is begun on a page of its own, which takes the key of a window as `window`."""

    label: str | Promise
    url_name: str


_providers: dict[EvidenceKind, Provider] = {}
_beginnings: dict[str, Beginning] = {}


def register_evidence(kind: EvidenceKind, provider: Provider) -> None:
    """Say what a kind of evidence stands at; called from an app's `receivers`."""
    _providers[kind] = provider


def register_beginning(kind: EvidenceKind, beginning: Beginning) -> None:
    """Say where the work of a kind is begun for an activity; called from an app's `receivers`."""
    _beginnings[kind] = beginning


def beginning_of(kind: str) -> Beginning | None:
    """Where the work of this kind is begun; None where it is not begun from an activity."""
    return _beginnings.get(kind)


def kinds_counted() -> list[EvidenceKind]:
    """The kinds that someone counts; the others are kept on an activity and offered nowhere."""
    return sorted(_providers)


def provided(kinds: Iterable[str]) -> set[EvidenceKind]:
    """Those of these kinds that someone counts."""
    return {EvidenceKind(kind) for kind in {*kinds} & {*_providers}}


def evidence_of(kinds: Iterable[str], cycles: Sequence[int]) -> Proofs:
    """The evidence of these kinds in these cycles, by (kind, cycle); kinds without a provider are passed over."""
    return {
        (kind.value, cycle): found
        for kind in sorted(provided(kinds))
        for cycle, found in _providers[kind](cycles).items()
    }
