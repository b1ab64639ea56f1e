"""A questionnaire on paper: boxes to tick, scales to ring, lines to write on, and a square that leads to the same online."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from core.squares import square_code
from core.typography import tie
from surveys.content import Condition, Content, Kind, Question
from surveys.papers.slips import SurveyHead, head_context

SHEETS_TEMPLATE = "surveys/documents/sheets.html"
SHEETS_TITLE = "Анкета на бумаге"
PEOPLE_LINES = 3
LONG_LINES = 5


@dataclass(frozen=True, slots=True)
class Answerer:
    """Whose sheet it is; all empty on a blank one."""

    person: str = ""
    place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """How a question is answered on paper: `marks` to ring or tick, a table of `rows` and `columns`, or `lines`."""

    how: str = ""
    marks: tuple[str, ...] = ()
    is_scale: bool = False
    low_label: str = ""
    high_label: str = ""
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lines: int = 0
    unit: str = ""


def sheets_context(head: SurveyHead, content: Content, sheets: Sequence[Answerer]) -> dict[str, Any]:
    """What the template shows: the questionnaire once for each sheet."""
    return head_context(head) | {
        "sections": _sections(content),
        "sheets": [
            {
                "person": tie(sheet.person),
                "place": tie(sheet.place),
                "address": sheet.address,
                "square": square_code(sheet.address) if sheet.address else SafeString(""),
            }
            for sheet in sheets
        ],
    }


def _sections(content: Content) -> list[dict[str, Any]]:
    numbers = content.numbers()
    return [
        {
            "title": tie(section.title),
            "text": tie(section.text),
            "questions": [
                {
                    "number": numbers[question.key],
                    "text": tie(question.text),
                    "help": tie(question.help),
                    "only": _only(question.show_if, content, numbers),
                    "box": box_of(question),
                }
                for question in section.questions
            ],
        }
        for section in content.sections
    ]


def box_of(question: Question) -> Box:
    """How this question is answered on paper."""
    return _BOXES[question.kind](question)


def _scale(question: Question) -> Box:
    marks = tuple(str(mark) for mark in range(question.low, question.high + 1))
    return Box(
        "Обведите одно число.", marks, is_scale=True, low_label=question.low_label, high_label=question.high_label
    )


def _several(question: Question) -> Box:
    how = "Отметьте всё, что подходит."
    if question.most:
        how = f"Отметьте не больше {question.most}."
    return Box(how, _texts(question))


def _ranking(question: Question) -> Box:
    most = question.most or len(question.options)
    how = "Поставьте номера: 1 – самое важное, дальше по порядку."
    if most < len(question.options):
        how = f"Выберите не больше {most} и поставьте номера: 1 – самое важное."
    return Box(how, places=_texts(question))


def _number(question: Question) -> Box:
    bounds = [f"{word} {bound}" for word, bound in (("от", question.least), ("до", question.most)) if bound is not None]
    return Box(f"Число {' '.join(bounds)}.".replace(" .", "."), lines=1, unit=question.unit)


def _people(question: Question) -> Box:
    lines = tuple(f"{place}." for place in range(1, (question.most or PEOPLE_LINES) + 1))
    return Box("Впишите фамилию и имя: первым – кого хотелось бы больше всего.", rows=lines)


_BOXES: dict[Kind, Callable[[Question], Box]] = {
    Kind.SCALE: _scale,
    Kind.YES_NO: lambda question: Box("Отметьте один ответ.", ("да", "нет")),
    Kind.ONE: lambda question: Box("Отметьте один ответ.", _texts(question)),
    Kind.SEVERAL: _several,
    Kind.MATRIX: lambda question: Box(
        "Отметьте один ответ в каждой строке.",
        rows=tuple(row.text for row in question.rows),
        columns=tuple(column.text for column in question.columns),
    ),
    Kind.NUMBER: _number,
    Kind.DATE: lambda question: Box("День, месяц, год.", lines=1),
    Kind.SHORT: lambda question: Box(lines=1),
    Kind.LONG: lambda question: Box(lines=LONG_LINES),
    Kind.PEOPLE: _people,
    Kind.RANKING: _ranking,
    Kind.FILE: lambda question: Box("Приложите лист к анкете."),
}


def _texts(question: Question) -> tuple[str, ...]:
    return tuple(tie(option.text) for option in question.options)


def _only(shown: Condition | None, content: Content, numbers: dict[str, str]) -> str:
    """«Отвечайте, если на вопрос 3 вы ответили: да»; empty for a question that everyone answers."""
    earlier = content.question(shown.question) if shown else None
    if shown is None or earlier is None:
        return ""
    number = numbers[shown.question]
    if shown.any:
        words = {option.key: option.text for option in earlier.options} | {"yes": "да", "no": "нет"}
        said = " или ".join(f"«{words.get(key, key)}»" for key in shown.any)
        return f"Отвечайте, если на вопрос {number} вы ответили {said}."
    bounds = [f"{word} {bound}" for word, bound in (("от", shown.least), ("до", shown.most)) if bound is not None]
    return f"Отвечайте, если на вопрос {number} вы ответили {' '.join(bounds)}."
