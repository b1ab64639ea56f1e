"""Preferences straight after the group meeting: with whom each side would like to work."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.content import Content, Kind, Question, Section
from surveys.standard.shape import METHOD_SOURCE, StandardQuestionnaire, words

PRIVATE = "Ваш выбор увидит только куратор. Он постарается, чтобы выбор был взаимным."


def preference_questionnaires() -> Iterator[StandardQuestionnaire]:
    yield _sheet(
        "mentee",
        "Анкета наставляемого после общей встречи",
        "С какими наставниками вам хотелось бы работать?",
        "mentor",
        words("who_helps", "Кто из них и как может помочь вам достичь цели?"),
    )
    yield _sheet(
        "mentor",
        "Анкета наставника после общей встречи",
        "С какими наставляемыми вам хотелось бы работать?",
        "mentee",
        words("why", "Чем вы можете им помочь?"),
    )


def _sheet(answerer: str, title: str, text: str, side: str, why: Question) -> StandardQuestionnaire:
    people = Question(
        "people",
        Kind.PEOPLE,
        text,
        help="Выберите до трёх человек. Сначала – того, с кем хотелось бы больше всего.",
        required=True,
        side=side,
        most=3,
    )
    return StandardQuestionnaire(
        key=f"preference_{answerer}",
        title=title,
        kind="preference",
        answerer=answerer,
        source=METHOD_SOURCE,
        content=Content(
            sections=(Section("choice", "Ваш выбор", PRIVATE, (people, why)),),
            thanks="Спасибо! Куратор сообщит вам, кто с кем будет работать.",
        ),
    )
