"""Writing a draft: one change at a time, each on what stands there now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from core.actors import Actor
from core.journal import record_event
from surveys.content import Content, Level, Question, Section, content_from_json, content_to_json, question_to_json
from surveys.editing import (
    add_question,
    add_section,
    free_key,
    free_question_key,
    put_question,
    put_section,
    section_with,
)
from surveys.models import QuestionnaireVersion
from surveys.services.versions import ChangedMeanwhile, locked_draft

Change = Callable[[Content], Content]


def edit_draft(*, version: QuestionnaireVersion, change: Change, by: Actor) -> QuestionnaireVersion:
    """Change the draft as it stands now; the row with its new revision.

    Raises DomainError where it is no draft any more, and ContentError where it would become too much.
    """
    with transaction.atomic():
        row = locked_draft(version)
        before = content_from_json(row.content)
        after = change(before)
        if after != before:
            row.content = content_to_json(after)
            content_from_json(row.content)
            row.revision += 1
            row.save(update_fields=("content", "revision"))
            record_event(verb="edit", thing=row, school=row.questionnaire.school, by=by)
    return row


def remove_part(*, version: QuestionnaireVersion, revision: int, change: Change, by: Actor) -> QuestionnaireVersion:
    """Take a part out of the draft that was seen in this revision. Raises ChangedMeanwhile."""

    with transaction.atomic():
        if locked_draft(version).revision != revision:
            raise ChangedMeanwhile
        return edit_draft(version=version, change=change, by=by)


def write_question(*, version: QuestionnaireVersion, question: Question, seen: str, by: Actor) -> QuestionnaireVersion:
    """Write a question anew that was opened as `seen` (see `sign_of`).

    Raises ChangedMeanwhile where it says something else now or is gone.
    """

    def change(content: Content) -> Content:
        now = content.question(question.key)
        if now is None or sign_of(now) != seen:
            raise ChangedMeanwhile
        return put_question(content, question)

    return edit_draft(version=version, change=change, by=by)


def write_new_question(
    *, version: QuestionnaireVersion, section: str, question: Question, by: Actor
) -> tuple[QuestionnaireVersion, str]:
    """Add a question at the end of a section; its key, which is the next free one."""
    keys: list[str] = []

    def change(content: Content) -> Content:
        if section_with(content, section) is None:
            raise ChangedMeanwhile
        keys.append(free_question_key(content))
        return add_question(content, section, replace(question, key=keys[0]))

    return edit_draft(version=version, change=change, by=by), keys[0]


def write_section(*, version: QuestionnaireVersion, key: str, title: str, text: str, seen: str, by: Actor) -> None:
    """Write the title and the text of a section anew. Raises ChangedMeanwhile."""

    def change(content: Content) -> Content:
        now = section_with(content, key)
        if now is None or sign_of(now) != seen:
            raise ChangedMeanwhile
        return put_section(content, Section(key, title, text, now.questions))

    edit_draft(version=version, change=change, by=by)


def write_new_section(*, version: QuestionnaireVersion, title: str, text: str, by: Actor) -> str:
    """Add an empty section at the end; its key."""
    keys: list[str] = []

    def change(content: Content) -> Content:
        keys.append(free_key((section.key for section in content.sections), "s"))
        return add_section(content, Section(keys[0], title, text))

    edit_draft(version=version, change=change, by=by)
    return keys[0]


def sign_of(part: Question | Section) -> str:
    """A short digest of what a part says; of a section, its title and text without its questions."""
    data = question_to_json(part) if isinstance(part, Question) else [part.key, part.title, part.text]
    return _digest(data)


def sign_of_end(content: Content) -> str:
    """The same of the thanks and the levels."""
    levels = [[level.low, level.high, level.text] for level in content.levels]
    return _digest([content.thanks, levels])


def write_end(
    *, version: QuestionnaireVersion, thanks: str, levels: tuple[Level, ...], seen: str, by: Actor
) -> QuestionnaireVersion:
    """Write the thanks and the levels anew. Raises ChangedMeanwhile."""

    def change(content: Content) -> Content:
        if sign_of_end(content) != seen:
            raise ChangedMeanwhile
        return replace(content, thanks=thanks, levels=levels)

    return edit_draft(version=version, change=change, by=by)


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
