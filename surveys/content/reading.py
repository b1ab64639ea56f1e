"""Content read from JSON: refused where it has another shape, so that nothing behind this door has to look again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from surveys.content.shape import (
    FILE_KINDS,
    FILLS,
    OWN_FIELDS,
    SIDES,
    Condition,
    Content,
    Kind,
    Level,
    Option,
    Question,
    Section,
)

KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")
COLUMN = re.compile(r"[1-9][0-9]?")
MOST_SECTIONS, MOST_QUESTIONS, MOST_OPTIONS, MOST_LEVELS = 30, 200, 60, 10
LONGEST = {"title": 200, "text": 4000, "help": 1000, "thanks": 2000, "low_label": 60, "high_label": 60, "unit": 40}
LONGEST_SHORT, LONGEST_LONG, USUALLY_LONGEST = 300, 10_000, 4000
USUAL = {"low": 1, "high": 10, "decimals": 0}
BOUNDS = {
    "low": (0, 10),
    "high": (0, 10),
    "decimals": (0, 4),
    "least": (-1_000_000, 1_000_000),
    "most": (-1_000_000, 1_000_000),
}
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Place = tuple[str | int, ...]


class ContentError(DomainError):
    """Not the shape of a questionnaire; `place` is the way to it, names and counts from 0."""

    def __init__(self, text: str, place: Place = ()) -> None:
        super().__init__(text)
        self.text = text
        self.place = place


def content_from_json(data: Mapping[str, Any]) -> Content:
    """Raises ContentError at the first thing that has no place in a questionnaire; a draft may still be unfinished."""
    top = _Part(data, ())
    sections = tuple(_section(part) for part in top.parts("sections", MOST_SECTIONS))
    content = Content(
        sections=sections,
        levels=tuple(_level(part) for part in top.parts("levels", MOST_LEVELS)),
        thanks=top.text("thanks"),
    )
    top.only("sections", "levels", "thanks")
    if sum(len(section.questions) for section in sections) > MOST_QUESTIONS:
        raise ContentError(_("A questionnaire has at most %(n)s questions.") % {"n": MOST_QUESTIONS}, ("sections",))
    _check_once((section.key for section in sections), ("sections",))
    _check_once((question.key for question in content.questions()), ("sections",))
    return content


def content_read_before(data: Mapping[str, Any]) -> Content:
    """The same, looked through once for all who come with the very same content, as those do who answer at once."""
    return _content_of(json.dumps(data))


@lru_cache(maxsize=64)
def _content_of(text: str) -> Content:
    return content_from_json(json.loads(text))


def question_from_json(data: Mapping[str, Any]) -> Question:
    """One question by itself, as the builder keeps it."""
    return _question(_Part(data, ()))


def _section(part: _Part) -> Section:
    part.only("key", "title", "text", "questions")
    return Section(
        key=part.key(),
        title=part.text("title"),
        text=part.text("text"),
        questions=tuple(_question(each) for each in part.parts("questions", MOST_QUESTIONS)),
    )


def _level(part: _Part) -> Level:
    part.only("from", "to", "text")
    return Level(low=part.needed("from"), high=part.needed("to"), text=part.text("text"))


ALL_FIELDS = ("key", "kind", "text", "help", "required", "show_if", "measure", "subject", "fills", "indicator")


def _question(part: _Part) -> Question:
    kind = Kind(part.one_of("kind", tuple(Kind)))
    own = OWN_FIELDS[kind]
    part.only(*ALL_FIELDS, *own)
    return Question(
        key=part.key(),
        kind=kind,
        text=part.text("text"),
        help=part.text("help"),
        required=part.flag("required"),
        show_if=_condition(part),
        measure=part.key("measure", 40),
        subject=part.key("subject", 40),
        indicator=part.key("indicator", 40),
        fills=part.one_of("fills", ("", *FILLS)),
        **{name: _own(part, name, kind) for name in own},
    )


def _own(part: _Part, name: str, kind: Kind) -> Any:
    if name in {"options", "rows", "columns"}:
        return _options(part, name)
    if name == "kinds":
        return part.some_of(name, FILE_KINDS)
    if name == "side":
        return part.one_of(name, SIDES)
    if name in {"earliest", "latest"}:
        return part.day(name)
    return part.text(name) if name in LONGEST else _number(part, name, kind)


def _number(part: _Part, name: str, kind: Kind) -> int | None:
    if name == "longest":
        most = LONGEST_SHORT if kind is Kind.SHORT else LONGEST_LONG
        return part.whole(name, 1, most) or min(most, USUALLY_LONGEST)
    number = part.whole(name, *BOUNDS[name])
    return USUAL.get(name) if number is None else number


def _options(part: _Part, name: str) -> tuple[Option, ...]:
    options = tuple(_option(each, is_column=name == "columns") for each in part.parts(name, MOST_OPTIONS))
    _check_once((option.key for option in options), (*part.place, name))
    return options


def _option(part: _Part, *, is_column: bool) -> Option:
    part.only("key", "text", "score")
    return Option(
        key=part.column() if is_column else part.key(),
        text=part.text("text"),
        score=part.whole("score", -1000, 1000),
    )


def _condition(part: _Part) -> Condition | None:
    if part.data.get("show_if") is None:
        return None
    shown = _Part(part.data["show_if"], (*part.place, "show_if"))
    shown.only("question", "any", "least", "most")
    found = Condition(
        question=shown.key("question"),
        any=tuple(shown.keys("any", MOST_OPTIONS)),
        least=shown.whole("least", *BOUNDS["least"]),
        most=shown.whole("most", *BOUNDS["most"]),
    )
    if not found.any and found.least is None and found.most is None:
        raise ContentError(_("Say which answer the question is asked after."), shown.place)
    return found


def _check_once(keys: Iterable[str], place: Place) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ContentError(_("The key “%(key)s” stands twice.") % {"key": key}, place)
        seen.add(key)


@dataclass(frozen=True, slots=True)
class _Part:
    """An object of the JSON and the way to it; each method takes one name out of it or refuses it."""

    data: Mapping[str, Any]
    place: Place

    def __post_init__(self) -> None:
        if not isinstance(self.data, Mapping):
            raise ContentError(_("Names with values are expected here."), self.place)

    def refuse(self, text: str, name: str) -> ContentError:
        return ContentError(text, (*self.place, name))

    def only(self, *names: str) -> None:
        for name in self.data:
            if name not in names:
                raise self.refuse(
                    _("A questionnaire has no “%(name)s” here.") % {"name": str(name)[:40]}, str(name)[:40]
                )

    def text(self, name: str, longest: int = 0) -> str:
        found = self.data.get(name, "")
        longest = longest or LONGEST[name]
        if not isinstance(found, str) or _NOT_TEXT.search(found):
            raise self.refuse(_("Text is expected here."), name)
        if len(found) > longest:
            raise self.refuse(_("The text is longer than %(n)s characters.") % {"n": longest}, name)
        return found.strip()

    def key(self, name: str = "key", longest: int = 20) -> str:
        found = self.text(name, longest)
        if not found and name not in {"key", "question"}:
            return ""
        if not re.fullmatch(rf"[a-z][a-z0-9_]{{0,{longest - 1}}}", found):
            raise self.refuse(_("A key has Latin letters and digits, %(n)s at most.") % {"n": longest}, name)
        return found

    def column(self) -> str:
        found = self.text("key", 2)
        if not COLUMN.fullmatch(found):
            raise self.refuse(_("The key of a column is its number."), "key")
        return found

    def keys(self, name: str, most: int) -> list[str]:
        found = self._list(name, most)
        if not all(isinstance(key, str) and KEY.fullmatch(key) for key in found):
            raise self.refuse(_("A list of keys is expected here."), name)
        return found

    def whole(self, name: str, least: int, most: int) -> int | None:
        found = self.data.get(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            raise self.refuse(
                _("A whole number from %(least)s to %(most)s is expected here.") % {"least": least, "most": most}, name
            )
        return found

    def needed(self, name: str) -> int:
        found = self.whole(name, -100_000, 100_000)
        if found is None:
            raise self.refuse(_("A number is missing here."), name)
        return found

    def flag(self, name: str) -> bool:
        found = self.data.get(name, False)
        if not isinstance(found, bool):
            raise self.refuse(_("Yes or no is expected here."), name)
        return found

    def day(self, name: str) -> date | None:
        found = self.data.get(name)
        if found is None:
            return None
        try:
            return date.fromisoformat(found)
        except (TypeError, ValueError):
            raise self.refuse(_("A date is expected here, year first."), name) from None

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        found = self.data.get(name, "")
        if not isinstance(found, str) or found not in known:
            raise self.refuse(_("“%(what)s” is not known here.") % {"what": str(found)[:40]}, name)
        return found

    def some_of(self, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        found = self._list(name, len(known))
        if any(each not in known for each in found):
            raise self.refuse(_("There is something unknown in this list."), name)
        return tuple(each for each in known if each in found)

    def parts(self, name: str, most: int) -> Iterable[_Part]:
        return [_Part(each, (*self.place, name, count)) for count, each in enumerate(self._list(name, most))]

    def _list(self, name: str, most: int) -> list[Any]:
        found = self.data.get(name, [])
        if not isinstance(found, list):
            raise self.refuse(_("A list is expected here."), name)
        if len(found) > most:
            raise self.refuse(_("There are more than %(n)s in this list.") % {"n": most}, name)
        return found
