"""Short sheets during and after the work: interim feedback and satisfaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from surveys.content import Condition, Content, Question, Section
from surveys.standard.shape import MARKS, METHOD_SOURCE, OWN_SOURCE, StandardQuestionnaire, scale, words, yes_no

OTHER = {"mentee": "наставником", "mentor": "наставляемым"}
WHO = {"mentee": "наставляемого", "mentor": "наставника"}


def feedback_questionnaires() -> Iterator[StandardQuestionnaire]:
    for side, whose in WHO.items():
        yield StandardQuestionnaire(
            key=f"interim_{side}",
            title=f"Как идут встречи: анкета {whose}",
            kind="interim",
            answerer=side,
            source=OWN_SOURCE,
            content=Content(
                sections=(Section("now", "Как у вас дела", MARKS, tuple(_interim(side))),),
                thanks="Спасибо! Если что-то идёт не так, куратор поможет.",
            ),
        )
        yield StandardQuestionnaire(
            key=f"satisfaction_{side}",
            title=f"Довольны ли вы программой: анкета {whose}",
            kind="satisfaction",
            answerer=side,
            source=METHOD_SOURCE,
            content=Content(
                sections=(Section("content", "Довольны ли вы", MARKS, tuple(_satisfaction(side))),),
                thanks="Спасибо! Ваши ответы помогут сделать программу лучше.",
            ),
        )


def _interim(side: str) -> Iterator[Question]:
    yield yes_no("meeting", f"Вы встречаетесь с {OTHER[side]} так часто, как договорились?")
    why = words("why_not", "Что мешает встречаться?")
    yield replace(why, show_if=Condition("meeting", any=("no",)))
    yield scale("comfort", f"Насколько легко и спокойно вам общаться с {OTHER[side]}?", subject="comfort")
    yield scale("useful", "Насколько полезны встречи?", subject="personal")
    yield scale("progress", "Насколько получается то, что вы задумали?", subject="result")
    yield yes_no("needs_help", "Нужна ли вам сейчас помощь куратора?")
    help_with = words("help_with", "Какая помощь вам нужна?")
    yield replace(help_with, show_if=Condition("needs_help", any=("yes",)))
    yield words("change", "Что хочется изменить во встречах?")


def _satisfaction(side: str) -> Iterator[Question]:
    yield scale("liked", "Насколько вам понравилось участвовать в программе?", subject="liked")
    yield scale("joint_work", f"Насколько вы довольны работой с {OTHER[side]}?", subject="joint_work")
    yield scale("result", "Насколько вы довольны результатом?", subject="result")
    yield scale("organised", "Насколько хорошо всё было организовано?", subject="organised")
    yield yes_no("advise", "Посоветуете ли вы программу другим?")
    yield yes_no("go_on", "Хотите ли вы продолжить участвовать?", subject="go_on")
    yield words("best", "Что понравилось больше всего?", subject="valuable")
    yield words("missing", "Чего вам не хватило? Что вы бы изменили?", subject="missing")
