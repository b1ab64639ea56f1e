"""What mentees without a mentor wait for, and whom to recruit."""

from __future__ import annotations

from collections.abc import Callable

from pairing.recruiting import Wanted, wanted_mentors
from pairing.scenes.scene import Scene
from pairing.scoring.lacking import lack_of


def missing_words(scene: Scene) -> Callable[[int], str]:
    """What a mentee without a mentor waits for, by his row."""
    return lambda row: lack_of(scene.bench.table, row).words


def wishes_of(scene: Scene) -> list[Wanted]:
    """The mentors who would help most with what stands now."""
    return wanted_mentors(scene.bench.table, scene.bench.instance(), scene.current)
