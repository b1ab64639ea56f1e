"""Student's t. scipy takes 50 MB and a third of a second to load, so it is loaded when something is first reckoned."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def _special() -> Any:
    return import_module("scipy.special")


def two_sided(t: float, freedom: float) -> float:
    """How likely a t at least this far from 0 is when nothing but chance is at work."""
    return float(2 * _special().stdtr(freedom, -abs(t)))


def spread_of(confidence: float, freedom: float) -> float:
    """How many standard errors an interval of this confidence reaches to either side."""
    return float(_special().stdtrit(freedom, (1 + confidence) / 2))
