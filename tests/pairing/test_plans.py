"""The other aim beside the chosen one, in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from pairing.matching import Aim, Solution
from pairing.scenes.figures import Figures
from pairing.scenes.plans import plans_of


def solution(total: float, worst: float) -> Solution:
    return Solution(pairs=(), served=51, total=total, worst=worst, bound=None, blocking=0)


@pytest.mark.parametrize(("total", "words"), [(4078, "сумма, на 1,0 % меньше"), (4081, "сумма, на 0,9 % меньше")])
def test_what_the_other_aim_costs_is_rounded_not_cut_off(total: float, words: str) -> None:
    now = Figures(served=51, total=4118, worst=41, bound=4118.0, blocking=0)
    solved = {Aim.TOTAL: solution(4118, 41), Aim.WORST_FIRST: solution(total, 55)}

    with translation.override("ru"):
        told = str(plans_of("total", now, solved, has_locks=False))

    assert words in told.replace("\u00a0", " ")
