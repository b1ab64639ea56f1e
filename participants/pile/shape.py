"""How the text of a form's code looks; whether it is genuine only the database's side can tell."""

from __future__ import annotations

import re

SHAPE = re.compile(r"ST1-([1-9]\d{0,17})-([A-Z2-7]{8})(?:-([2-9]))?")


def is_form_code(text: str) -> bool:
    """Whether this may be the code of a form."""
    return SHAPE.fullmatch(text.strip()) is not None
