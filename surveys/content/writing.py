"""Content as it is kept in a version and in a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from surveys.content.shape import OWN_FIELDS, Condition, Content, Option, Question


def content_to_json(content: Content) -> dict[str, Any]:
    """Texts, whole numbers, ISO dates and lists; `content_from_json` reads it back."""
    return {
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "text": section.text,
                "questions": [question_to_json(question) for question in section.questions],
            }
            for section in content.sections
        ],
        "levels": [{"from": level.low, "to": level.high, "text": level.text} for level in content.levels],
        "thanks": content.thanks,
    }


def question_to_json(question: Question) -> dict[str, Any]:
    """One question by itself; `question_from_json` reads it back."""
    shown = question.show_if
    return {
        "key": question.key,
        "kind": question.kind.value,
        "text": question.text,
        "help": question.help,
        "required": question.required,
        "show_if": None if shown is None else _condition_to_json(shown),
        "measure": question.measure,
        "subject": question.subject,
        "fills": question.fills,
        "indicator": question.indicator,
        **{name: _plain(getattr(question, name)) for name in OWN_FIELDS[question.kind]},
    }


def _condition_to_json(shown: Condition) -> dict[str, Any]:
    if shown.any:
        return {"question": shown.question, "any": list(shown.any)}
    return {"question": shown.question, "least": shown.least, "most": shown.most}


def _plain(value: Any) -> Any:
    if isinstance(value, Option):
        scored = {} if value.score is None else {"score": value.score}
        return {"key": value.key, "text": value.text, **scored}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
