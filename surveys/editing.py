"""Changes to a questionnaire that is being written: plain content in, plain content out.

A key that is no longer there changes nothing: someone else was quicker, and the page shows what is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from surveys.content import Content, Option, Question, Section, question_from_json, question_to_json

T = TypeVar("T", Section, Question)


def free_key(taken: Iterable[str], prefix: str) -> str:
    """The first of prefix1, prefix2... that is not taken."""
    known, number = set(taken), 1
    while f"{prefix}{number}" in known:
        number += 1
    return f"{prefix}{number}"


def free_question_key(content: Content) -> str:
    return free_key((question.key for question in content.questions()), "q")


def section_with(content: Content, key: str) -> Section | None:
    return next((section for section in content.sections if section.key == key), None)


def section_of(content: Content, question: str) -> Section | None:
    """The section in which a question stands."""
    return next((one for one in content.sections if any(each.key == question for each in one.questions)), None)


def add_section(content: Content, section: Section) -> Content:
    """The section at the end."""
    return replace(content, sections=(*content.sections, section))


def put_section(content: Content, changed: Section) -> Content:
    """A section written anew under its key."""
    sections = tuple(changed if section.key == changed.key else section for section in content.sections)
    return replace(content, sections=sections)


def move_section(content: Content, key: str, step: int) -> Content:
    """The section one place up (-1) or down (1)."""
    return replace(content, sections=_moved(content.sections, key, step))


def copy_section(content: Content, key: str) -> Content:
    """The section once more below itself; what in it hung on its own questions hangs on their copies."""
    section = section_with(content, key)
    if section is None:
        return content
    taken = {question.key for question in content.questions()}
    names: dict[str, str] = {}
    for question in section.questions:
        names[question.key] = free_key({*taken, *names.values()}, "q")
    questions = tuple(_renamed(question, names) for question in section.questions)
    copied = replace(section, key=free_key((each.key for each in content.sections), "s"), questions=questions)
    return replace(content, sections=_with_behind(content.sections, key, copied))


def remove_section(content: Content, key: str) -> Content:
    return replace(content, sections=tuple(section for section in content.sections if section.key != key))


def put_question(content: Content, changed: Question) -> Content:
    """A question written anew under its key."""
    return _in_sections(
        content, lambda rows: tuple(changed if question.key == changed.key else question for question in rows)
    )


def add_question(content: Content, section: str, question: Question, place: int | None = None) -> Content:
    """The question at this place of the section, counted from 0; at its end without one."""
    found = section_with(content, section)
    if found is None:
        return content
    rows = list(found.questions)
    rows.insert(len(rows) if place is None else place, question)
    return put_section(content, replace(found, questions=tuple(rows)))


def move_question(content: Content, key: str, step: int) -> Content:
    """The question one place up (-1) or down (1); from the edge of its section into the next one."""
    section = section_of(content, key)
    if section is None:
        return content
    moved = _moved(section.questions, key, step)
    if moved != section.questions:
        return put_section(content, replace(section, questions=moved))
    keys = [each.key for each in content.sections]
    there = keys.index(section.key) + step
    if not 0 <= there < len(keys):
        return content
    question = next(each for each in section.questions if each.key == key)
    return add_question(remove_question(content, key), keys[there], question, 0 if step > 0 else None)


def copy_question(content: Content, key: str) -> Content:
    """The question once more below itself."""
    section, question = section_of(content, key), content.question(key)
    if section is None or question is None:
        return content
    copied = replace(question, key=free_question_key(content))
    return put_section(content, replace(section, questions=_with_behind(section.questions, key, copied)))


def remove_question(content: Content, key: str) -> Content:
    return _in_sections(content, lambda rows: tuple(question for question in rows if question.key != key))


@dataclass(frozen=True, slots=True)
class Removed:
    """A question that was taken out, or a whole section (`title`, `text`, all its `questions`), and where it stood."""

    section: str
    place: int
    questions: tuple[Question, ...]
    is_section: bool = False
    title: str = ""
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "place": self.place,
            "questions": [question_to_json(question) for question in self.questions],
            "is_section": self.is_section,
            "title": self.title,
            "text": self.text,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Removed:
        return cls(**data | {"questions": tuple(question_from_json(each) for each in data["questions"])})


def removed_question(content: Content, key: str) -> Removed | None:
    """What is needed to put a question back."""
    section = section_of(content, key)
    if section is None:
        return None
    place = [each.key for each in section.questions].index(key)
    return Removed(section.key, place, (section.questions[place],))


def removed_section(content: Content, key: str) -> Removed | None:
    """What is needed to put a section back."""
    section = section_with(content, key)
    if section is None:
        return None
    place = content.sections.index(section)
    return Removed(key, place, section.questions, is_section=True, title=section.title, text=section.text)


def put_back(content: Content, removed: Removed) -> Content:
    """What was taken out stands where it stood; a question whose section is gone, in the last one.

    Questions whose key was given to another meanwhile get a free one.
    """
    questions: list[Question] = []
    taken = {question.key for question in content.questions()}
    for question in removed.questions:
        key = question.key if question.key not in taken else free_key(taken, "q")
        taken.add(key)
        questions.append(replace(question, key=key))
    if removed.is_section:
        return _section_back(content, removed, tuple(questions))
    target = section_with(content, removed.section) or (content.sections[-1] if content.sections else None)
    if target is None:
        return add_section(content, Section(key="s1", questions=tuple(questions)))
    return add_question(content, target.key, questions[0], removed.place)


def _section_back(content: Content, removed: Removed, questions: tuple[Question, ...]) -> Content:
    keys = [section.key for section in content.sections]
    key = removed.section if removed.section not in keys else free_key(keys, "s")
    sections = list(content.sections)
    sections.insert(removed.place, Section(key, removed.title, removed.text, questions))
    return replace(content, sections=tuple(sections))


def _renamed(question: Question, names: dict[str, str]) -> Question:
    shown = question.show_if
    if shown is not None:
        shown = replace(shown, question=names.get(shown.question, shown.question))
    return replace(question, key=names[question.key], show_if=shown)


def _in_sections(content: Content, change: Callable[[tuple[Question, ...]], tuple[Question, ...]]) -> Content:
    sections = tuple(replace(section, questions=change(section.questions)) for section in content.sections)
    return replace(content, sections=sections)


def _moved(rows: Sequence[T], key: str, step: int) -> tuple[T, ...]:
    """One row a place up or down; at the edge all stays as it is."""
    keys = [row.key for row in rows]
    if key not in keys or not 0 <= keys.index(key) + step < len(keys):
        return tuple(rows)
    changed, here = list(rows), keys.index(key)
    changed.insert(here + step, changed.pop(here))
    return tuple(changed)


def _with_behind(rows: Sequence[T], key: str, new: T) -> tuple[T, ...]:
    changed = list(rows)
    changed.insert([row.key for row in rows].index(key) + 1, new)
    return tuple(changed)


def lines_of(options: Sequence[Option]) -> str:
    """Options as they are typed, each on a line, a score behind a stroke: «полностью | 2»."""
    return "\n".join(option.text if option.score is None else f"{option.text} | {option.score}" for option in options)


def options_in(
    lines: str, before: Sequence[Option], *, prefix: str = "o", is_scored: bool = False
) -> tuple[Option, ...]:
    """The options typed in lines. One whose text stayed keeps its key; as many new texts as old ones are taken for the
    old ones mended, in order.
    """
    typed = [_text_and_score(line, is_scored=is_scored) for line in lines.splitlines() if line.strip()]
    keys = {option.text: option.key for option in before}
    texts = [text for text, _score in typed]
    gone = [option.key for option in before if option.text not in texts]
    new = [text for text in dict.fromkeys(texts) if text not in keys]
    if len(gone) == len(new):
        keys |= dict(zip(new, gone, strict=True))
    taken: set[str] = {option.key for option in before}
    used: set[str] = set()
    found: list[Option] = []
    for text, score in typed:
        key = keys.get(text, "")
        if not key or key in used:
            key = free_key(taken | used, prefix)
        used.add(key)
        found.append(Option(key, text, score))
    return tuple(found)


def _text_and_score(line: str, *, is_scored: bool) -> tuple[str, int | None]:
    text, stroke, score = line.rpartition("|")
    if is_scored and stroke and _SCORE.fullmatch(score.strip()):
        return text.strip(), int(score)
    return line.strip(), None


_SCORE = re.compile(r"-?[0-9]{1,3}", re.ASCII)
