"""Single figures: what several answers come to, what lies within a scale, what was typed into a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

HUNDREDTH = Decimal("0.01")
LARGEST = Decimal(99_999_999)
"""What a figure's column holds."""
TYPED = re.compile(r"[-−]?\d{1,8}(?:[.,]\d{1,2}0*)?", re.ASCII)


def mean_figure(numbers: Sequence[Decimal]) -> Decimal:
    """The mean of at least one number, to hundredths, halves away from zero."""
    return (sum(numbers, Decimal()) / len(numbers)).quantize(HUNDREDTH, ROUND_HALF_UP)


def lies_within(value: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    """Whether a scale has this value; a bound of None binds nothing."""
    return (least is None or value >= least) and (most is None or value <= most) and abs(value) <= LARGEST


def fits_scale(question: Mapping[str, Any], least: Decimal | None, most: Decimal | None) -> bool:
    """Whether an answer to the question can be compared with other figures of a scale: 4 of 5 is not 4 of 10.

    `question` is one of the outline of a questionnaire. What is no scale is judged by its value alone.
    """
    if question.get("kind") != "scale" or least is None or most is None:
        return True
    return (question["low"], question["high"]) == (least, most)


def read_figure(text: str) -> Decimal | None:
    """The number a person typed, with a comma or a point and at most hundredths; None for what is no such number."""
    bare = "".join(text.split())
    if not TYPED.fullmatch(bare):
        return None
    return Decimal(bare.replace("−", "-").replace(",", "."))
