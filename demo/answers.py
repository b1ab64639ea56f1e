"""What a person of the demo answers to a questionnaire: the same every time, unlike that of others, better at the exit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from demo.said import SAID
from surveys.content import Content, Kind, Question
from surveys.questions import Raw, name_of

FALLING = frozenset({"anxiety", "burnout"})
"""Questions in which a low mark is the good one."""
BETTER = (-1, 0, 1, 1, 2, 2, 3)
"""By how many marks people are better off at the exit; most of them are, some are not."""
RARELY_YES = frozenset({"met", "needs_help"})
CHECKED = ("full", "full", "part", "full", "part", "full", "part", "full", "full")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who answers which kind of questionnaire; `own` are answers that he brings along, by question."""

    name: str
    kind: str
    own: Mapping[str, Sequence[str]] = field(default_factory=dict)


def answers_to(content: Content, speaker: Speaker) -> Raw:
    """What his browser would send; questions that hang on another are answered too and passed over if not asked."""
    raw = {
        name_of(question): list(speaker.own.get(question.key) or _answer(question, place, speaker))
        for place, question in enumerate(content.questions())
    }
    return {name: values for name, values in raw.items() if any(values)}


def _answer(question: Question, place: int, speaker: Speaker) -> list[str]:
    said = ""
    match question.kind:
        case Kind.SCALE:
            said = str(_mark(question, speaker))
        case Kind.NUMBER:
            said = str(_number(question, speaker))
        case Kind.YES_NO:
            said = "yes" if _is_yes(question, speaker) else "no"
        case Kind.ONE if speaker.kind == "checklist":
            said = CHECKED[place % len(CHECKED)]
        case Kind.ONE:
            said = question.options[_chance(speaker, question.key, len(question.options))].key
        case Kind.LONG | Kind.SHORT:
            words = SAID.get(speaker.kind, {}).get(question.key, ("",))
            said = words[_chance(speaker, question.key, len(words))]
    return [said]


def _mark(question: Question, speaker: Speaker) -> int:
    """A mark of ten: what is measured begins in the middle and moves, what is thought of the year is mostly high."""
    if not question.measure:
        own = 6 + _chance(speaker, "usual", 3) + _chance(speaker, question.key, 4) - 1
    else:
        own = 3 + _chance(speaker, "usual", 4) + _chance(speaker, question.key, 3) + _better(question, speaker)
    mark = min(max(own, question.low), question.high)
    return question.low + question.high - mark if question.key in FALLING else mark


def _number(question: Question, speaker: Speaker) -> int:
    if question.most == 100:
        return 10 * _chance(speaker, question.key, 7)
    return _chance(speaker, question.key, 3) + (_better(question, speaker) > 1)


def _better(question: Question, speaker: Speaker) -> int:
    return BETTER[_chance(speaker, f"{question.key} better", len(BETTER))] if speaker.kind == "exit" else 0


def _is_yes(question: Question, speaker: Speaker) -> bool:
    chance = _chance(speaker, question.key, 10)
    return chance < 2 if question.key in RARELY_YES else chance < 7


def _chance(speaker: Speaker, about: str, number: int) -> int:
    """One of `number`, the same for this person and this thing every time: at the exit he is still himself."""
    return crc32(f"{speaker.name}/{about}".encode()) % number
