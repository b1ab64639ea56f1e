"""How the standard questionnaires are written down, and where their wording is from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from surveys.content import Content, Kind, Option, Question

METHOD_SOURCE = (
    "По анкетам методических рекомендаций, письмо Минпросвещения России от 23.01.2020 №\u00a0МР-42/02; "
    "вопросы пересказаны, с текстом не сверены"
)
OWN_SOURCE = (
    "Составлено для этой программы по задачам методологии, распоряжение Минпросвещения России от 25.12.2019 "
    "№\u00a0Р-145; официальной анкеты не найдено"
)
LOW, HIGH = "совсем нет", "очень"
MARKS = "Оцените в баллах от 1 до 10: 1 – самый низкий балл, 10 – самый высокий."


@dataclass(frozen=True, slots=True)
class StandardQuestionnaire:
    """What a school is given; `form` is the name of a standard form of mentoring, empty for all forms.

    No wording was compared with its source word for word, so none is given as verified.
    """

    key: str
    title: str
    kind: str
    answerer: str
    source: str
    content: Content
    form: str = ""


def scale(
    key: str, text: str, *, ends: tuple[str, str] = (LOW, HIGH), subject: str = "", measure: str = ""
) -> Question:
    """A mark from 1 to 10."""
    low, high = ends
    return Question(
        key, Kind.SCALE, text, required=True, subject=subject, measure=measure, low_label=low, high_label=high
    )


def delicate(question: Question) -> Question:
    """A question that nobody has to answer, and is told so."""
    return replace(question, required=False, help="Если не хочется отвечать, пропустите этот вопрос.")


def yes_no(key: str, text: str, *, subject: str = "", indicator: str = "") -> Question:
    return Question(key, Kind.YES_NO, text, required=True, subject=subject, indicator=indicator)


def words(key: str, text: str, *, subject: str = "", fills: str = "", hint: str = "") -> Question:
    """Free text, which nobody has to write."""
    return Question(key, Kind.LONG, text, help=hint, subject=subject, fills=fills, longest=2000)


def options(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(key, text) for key, text in pairs)
