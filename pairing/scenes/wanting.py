"""What mentees without a mentor wait for, and whom to recruit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import isnan

from django.utils.translation import gettext as _

from pairing.recruiting import Wanted, wanted_mentors
from pairing.scenes.scene import Scene
from pairing.scoring.lacking import lack_of


def missing_words(scene: Scene) -> Callable[[int], str]:
    """What a mentee without a mentor waits for, by his row."""
    bench, loads = scene.bench, Counter(column for _row, column in scene.bench.pairs)
    left = [int(places) - loads[column] for column, places in enumerate(bench.places)]

    def words(row: int) -> str:
        allowed = [column for column, score in enumerate(bench.scores[row]) if not isnan(score)]
        if any(left[column] > 0 for column in allowed):
            return _("A mentor with a free place would do: choose one, or solve again")
        if not allowed and any(not bench.table.broken_rules(row, column) for column in range(len(left))):
            return _("You keep everybody apart from him who would do")
        return lack_of(bench.table, row).words

    return words


def wishes_of(scene: Scene) -> list[Wanted]:
    """The mentors who would help most with what stands now."""
    return wanted_mentors(scene.bench.table, scene.bench.instance(), scene.current)
