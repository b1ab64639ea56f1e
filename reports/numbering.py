"""Numbers of orders as a school writes them: «137/к», «14-а», «26/1»."""

from __future__ import annotations

import re

from core.russian import search_key


def number_key(number: str) -> str:
    """What makes two written numbers one: «№ 137 /К» and «137/к»."""
    return re.sub(r"[\s№]", "", search_key(number))


def next_number(numbers: list[str]) -> str:
    """The number after the highest of these, written like it; «1» where there is none.

    The leading run of digits counts on and what follows stays: after «137/к» comes «138/к».
    """
    counted = [(int(found[0]), number) for number in numbers if (found := re.search(r"\d+", number))]
    if not counted:
        return "1"
    highest, written = max(counted)
    return re.sub(r"\d+", str(highest + 1), written, count=1)
