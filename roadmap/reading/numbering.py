"""Numbers and bullets that Word draws itself: they stand in no text and have to be counted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from roadmap.reading.package import LISTED, STYLED, Parts, W, lists_in

PLACE = re.compile(r"%([1-9])")
MAX_LEVEL = 8
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Level(NamedTuple):
    """How one level of a list is numbered: `form` as Word names it, `text` such as «%1.%2.»."""

    form: str
    text: str
    start: int


class Label(NamedTuple):
    """What Word draws before a paragraph, and how deep in the list it is."""

    text: str
    level: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, the paragraphs that may be in one, and how far each list has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    marked: set[Any] = field(default_factory=set)
    counters: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, paragraph: Any) -> Label | None:
        """The number or bullet of a `w:p`, counted on; None when it is in no list."""
        place = self._place(paragraph) if paragraph in self.marked else None
        if place is None or (abstract := self.lists.get(place[0])) is None:
            return None
        number, depth = place
        level = self.levels.get(abstract, {}).get(depth)
        if level is None or level.form == "none":
            return None
        if level.form == "bullet":
            return Label("•", depth)
        counters = self._count(number, abstract, depth)
        return Label(PLACE.sub(lambda match: self._figure(abstract, counters, int(match[1]) - 1), level.text), depth)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        styled = self.styles.get(_value(style)) if style is not None else None
        return _list_place(properties.find(f"{W}numPr"), styled)

    def _count(self, number: str, abstract: str, depth: int) -> dict[int, int]:
        counters = self.counters[abstract]
        for level, start in self.restarts.pop(number, {}).items():
            counters[level] = start - 1
        counters[depth] = counters.get(depth, self.levels[abstract][depth].start - 1) + 1
        for deeper in [level for level in counters if level > depth]:
            del counters[deeper]
        return counters

    def _figure(self, abstract: str, counters: dict[int, int], depth: int) -> str:
        level = self.levels[abstract].get(depth)
        count = counters.get(depth, level.start if level else 1)
        return figure(level.form if level else "decimal", count)


def read_numbering(parts: Parts) -> Numbering:
    """The lists that a document declares."""
    numbering = Numbering()
    if parts.numbering is None:
        return numbering
    for abstract in parts.numbering.iterchildren(f"{W}abstractNum"):
        levels = {_whole(level.get(f"{W}ilvl")): _level(level) for level in abstract.iterchildren(f"{W}lvl")}
        numbering.levels[abstract.get(f"{W}abstractNumId", "")] = levels
    for number in parts.numbering.iterchildren(f"{W}num"):
        key = number.get(f"{W}numId", "")
        numbering.lists[key] = _value(number.find(f"{W}abstractNumId"))
        starts = {
            _whole(override.get(f"{W}ilvl")): _whole(_value(override.find(f"{W}startOverride")))
            for override in number.iterchildren(f"{W}lvlOverride")
            if override.find(f"{W}startOverride") is not None
        }
        numbering.restarts[key] = starts
    for style, mark in lists_in(parts.styles).items():
        place = _list_place(mark, None)
        if place is not None:
            numbering.styles[style.get(f"{W}styleId", "")] = place
    marks = (mark for mark in parts.body.iter(LISTED, STYLED) if mark.tag == LISTED or _value(mark) in numbering.styles)
    numbering.marked = {mark.getparent().getparent() for mark in marks}
    return numbering


def figure(form: str, count: int) -> str:
    """A number of a list as Word writes it."""
    if form == "upperRoman":
        return _roman(count)
    if form == "lowerRoman":
        return _roman(count).lower()
    if form in {"russianLower", "russianUpper"} and 0 < count <= len(RUSSIAN):
        letter = RUSSIAN[count - 1]
        return letter.upper() if form == "russianUpper" else letter
    if form in {"lowerLetter", "upperLetter"} and 0 < count <= 26:
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + count - 1)
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count < 40:
        return str(count)
    text = ""
    for value, sign in ROMAN:
        text += sign * (count // value)
        count %= value
    return text


def _level(level: Any) -> Level:
    start = level.find(f"{W}start")
    return Level(
        _value(level.find(f"{W}numFmt")) or "decimal",
        _value(level.find(f"{W}lvlText")),
        _whole(_value(start)) if start is not None else 1,
    )


def _list_place(properties: Any, otherwise: tuple[str, int] | None) -> tuple[str, int] | None:
    if properties is None:
        return otherwise
    number, depth = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    if number is None:
        return otherwise
    return _value(number), _whole(_value(depth)) if depth is not None else 0


def _value(element: Any) -> str:
    value: str = "" if element is None else element.get(f"{W}val", "")
    return value


def _whole(text: str | None) -> int:
    return min(int(text), 10_000) if text and text.isdecimal() else 0
