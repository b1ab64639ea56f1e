"""What the curator fills in: the scored checklist of the programme and the SWOT analysis."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.content import Content, Kind, Level, Option, Question, Section
from surveys.standard.shape import METHOD_SOURCE, StandardQuestionnaire

SHOWN = (
    Option("full", "проявляется в полной мере", 2),
    Option("part", "проявляется частично", 1),
    Option("none", "не проявляется", 0),
)
CRITERIA = (
    (
        "programme",
        "Оценка программы наставничества в организации",
        (
            "Деятельность соответствует цели и задачам программы",
            "Организация наставничества соответствует принципам программы",
            "Деятельность соответствует современным подходам и технологиям",
            "В работе участников комфортный психологический климат",
            "Работа наставников логична: они понимают ситуацию наставляемых и верно выбирают направление",
        ),
    ),
    (
        "people",
        "Эффективность участников наставнической деятельности",
        ("Все участники удовлетворены", "Партнёры удовлетворены"),
    ),
    (
        "changes",
        "Изменения в личности наставляемого",
        (
            "Наставляемые активны и с интересом участвуют в мероприятиях",
            "Наставляемые применяют знания и умения в жизни, занимают активную гражданскую позицию",
        ),
    ),
)
LEVELS = (
    Level(15, 18, "оптимальный уровень"),
    Level(9, 14, "допустимый уровень"),
    Level(0, 8, "недопустимый уровень"),
)
SWOT = (
    ("strengths", "Сильные стороны", "Что внутри школы помогает программе?"),
    ("weaknesses", "Слабые стороны", "Что внутри школы мешает программе?"),
    ("opportunities", "Возможности", "Что вне школы может помочь программе?"),
    ("threats", "Угрозы", "Что вне школы может помешать программе?"),
)


def curator_questionnaires() -> Iterator[StandardQuestionnaire]:
    yield StandardQuestionnaire(
        key="checklist",
        title="Анкета куратора: оценка программы наставничества",
        kind="checklist",
        answerer="staff",
        source=METHOD_SOURCE,
        content=Content(sections=tuple(_criteria()), levels=LEVELS),
    )
    yield StandardQuestionnaire(
        key="swot",
        title="SWOT-анализ программы наставничества",
        kind="swot",
        answerer="staff",
        source=METHOD_SOURCE,
        content=Content(sections=(_swot(),)),
    )


def _criteria() -> Iterator[Section]:
    place = 0
    for key, title, texts in CRITERIA:
        questions = []
        for text in texts:
            place += 1
            questions.append(Question(f"c{place}", Kind.ONE, text, required=True, options=SHOWN))
        yield Section(key, title, "Выберите, в какой мере проявляется каждый показатель.", tuple(questions))


def _swot() -> Section:
    return Section(
        "factors",
        "Факторы SWOT",
        "Опирайтесь на ответы участников. Каждый фактор начинайте с новой строки.",
        tuple(Question(key, Kind.LONG, name, help=hint, longest=4000) for key, name, hint in SWOT),
    )
