"""Headings among the rows of a plan: what they look like, which belong together, and whether they name stages.

The rule (docs/decisions): a heading names a stage when it calls itself one or has, with small changes, the name of a
standard stage. Headings of one look are of one kind, whichever is so for at least half of them; all others are
sections of the school's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from roadmap.reading.source import Piece
from roadmap.reading.stages import is_like_stage_name, says_stage, take_number
from roadmap.reading.wording import plain

KEYWORD = re.compile(r"(?:[\divxIVX]{1,5}[.)]? ?)?(этап|раздел|блок|модул|направлени|часть)\w*\b")
# A heading that needs nothing else to be one: «Раздел 2», «Направление «Учитель – учитель»», «Блок III. Итоги».
CALLED = re.compile(r"(?:раздел|блок|модуль|направление|часть)\s*(?:№\s*)?(?:[\divx]{1,5}\b|[«\":–-])")
# «Сентябрь», «Октябрь – ноябрь 2025 г.», «II четверть», «1 полугодие»: a heading that says when.
MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{0,2}"
SAYS_WHEN = re.compile(
    rf"(?:{MONTH}(?: ?[-–—,] ?{MONTH})*|[1-4ivx]{{1,3}}(?:-?[яое])? (?:четверть|квартал|полугодие|триместр))"
    r"(?: 20\d\d ?(?:г\.|год|года)?)?\.?"
)
MIN_OWN = 3  # standard names that stay stages among sections of the same look


class Look(NamedTuple):
    """How a heading is set apart from other texts: its word, its kind of number; and how deep that stands."""

    style: str
    depth: int


@dataclass(frozen=True, slots=True)
class Section:
    """A section's name and the pieces it takes as soon as an activity stands under it."""

    name: str | None = None
    pieces: Sequence[Piece] = ()


@dataclass(slots=True)
class Headings:
    """The headings that a row stands under, the outermost first."""

    open_ones: list[tuple[Look, Section]] = field(default_factory=list)
    used: bool = False

    def open(self, look: Look, section: Section) -> None:
        """A heading ends those of its own look and, once something stands under them, those not above it."""
        looks = [outer for outer, _ in self.open_ones]
        if look in looks:
            del self.open_ones[looks.index(look) :]
        elif looks and self.used and look.depth <= looks[-1].depth:
            self.open_ones.clear()
        self.open_ones.append((look, section))
        self.used = False

    def when(self) -> Section | None:
        """The innermost heading that says when, in a plan that has no column for it."""
        saying = (section for _, section in self.open_ones if section.name and SAYS_WHEN.fullmatch(plain(section.name)))
        return next(iter(reversed(list(saying))), None)

    def under(self) -> list[Section]:
        """The headings above an activity, which are taken with it."""
        self.used = True
        return [section for _, section in self.open_ones]


def look_of(number: str | None, text: str) -> Look:
    """The look of a heading with this number in a cell of its own, if any, and this text."""
    if word := KEYWORD.match(plain(text)):
        return Look(word[1], 0)
    found = number or take_number(text)[0]
    if found is None:
        return Look("capitals" if text.isupper() else "plain", 0)
    if found[0].isdigit():
        return Look("numbers", 1 + found.count("."))
    return Look("roman", 0)


def stages_among(headings: Iterable[tuple[Look, str]]) -> dict[Look, bool | None]:
    """For each look of headings whether they name stages; None where each has to be judged by itself."""
    series: defaultdict[Look, list[bool]] = defaultdict(list)
    for look, text in headings:
        series[look].append(is_stage_heading(text))
    return {look: _decide(look, named) for look, named in series.items()}


def is_stage_heading(text: str) -> bool:
    """Whether a heading calls itself a stage or is called like a standard one."""
    return says_stage(text) or is_like_stage_name(take_number(text)[1])


def names_stage(look: Look, text: str, series: Mapping[Look, bool | None]) -> bool:
    """Whether this heading names a stage, its fellows considered."""
    decided = series.get(look)
    return is_stage_heading(text) if decided is None else decided


def _decide(look: Look, named: list[bool]) -> bool | None:
    if 2 * sum(named) >= len(named):
        return True
    # Stages and their sections may both be plain lines over the whole table.
    return None if look.style in {"plain", "capitals"} and sum(named) >= MIN_OWN else False
