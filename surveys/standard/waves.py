"""The four sheets of each form: mentee and mentor, at the entry and at the exit."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.content import Condition, Content, Question, Section
from surveys.standard.behaviour import behaviour_questions
from surveys.standard.forms import WORDED_FORMS, WordedForm
from surveys.standard.measured import measured_questions
from surveys.standard.shape import MARKS, METHOD_SOURCE, StandardQuestionnaire, scale, words, yes_no
from surveys.standard.subjects import open_questions, scale_questions

ENTRY, EXIT = 0, 1
KINDS = ("entry", "exit")
WHO = {"mentee": "наставляемого", "mentor": "наставника"}
WHEN = ("на входе", "на выходе")
NO_WRONG = "Здесь нет правильных и неправильных ответов. Отвечайте так, как думаете."
THANKS = "Спасибо! Ваши ответы помогут сделать программу лучше."


def wave_questionnaires() -> Iterator[StandardQuestionnaire]:
    for form in WORDED_FORMS:
        for side, whose in WHO.items():
            for wave in (ENTRY, EXIT):
                yield StandardQuestionnaire(
                    key=f"{KINDS[wave]}_{side}_{form.code}",
                    title=f"Анкета {whose} {WHEN[wave]}: {form.title}",
                    kind=KINDS[wave],
                    answerer=side,
                    source=METHOD_SOURCE,
                    content=Content(sections=tuple(_sections(side, form, wave)), thanks=THANKS),
                    form=form.name,
                )


def _sections(side: str, form: WordedForm, wave: int) -> Iterator[Section]:
    if wave == ENTRY:
        yield Section("before", "Знакомство с программой", NO_WRONG, tuple(_met_before()))
        yield Section("subjects", "Чего вы ждёте", MARKS, tuple(scale_questions(side, form, wave)))
    else:
        told = f"{NO_WRONG} {MARKS}"
        yield Section("subjects", "Как всё прошло", told, tuple(scale_questions(side, form, wave)))
        yield Section("content", "Довольны ли вы", MARKS, tuple(_contentment(side)))
        if changes := tuple(behaviour_questions(side, form)):
            yield Section("changes", "Что изменилось", "", changes)
    yield Section("self", "О себе сейчас", "", tuple(measured_questions(side, form, wave)))
    yield Section("words", "Своими словами", "", tuple(_last(wave)))


def _met_before() -> Iterator[Question]:
    yield yes_no("met", "Вы раньше участвовали в программе наставничества?", subject="met")
    where = words("met_where", "Где это было?", subject="met_where")
    yield Question(where.key, where.kind, where.text, show_if=Condition("met", any=("yes",)), longest=500)


def _contentment(side: str) -> Iterator[Question]:
    other = "наставником" if side == "mentee" else "наставляемым"
    yield scale("expected", "Насколько сбылось то, чего вы ждали?", subject="expected")
    yield scale("joint_work", f"Насколько вы довольны работой с {other}?", subject="joint_work")
    yield scale("result", "Насколько вы довольны результатом?", subject="result")
    yield scale("liked", "Насколько вам понравилось участвовать в программе?", subject="liked")


def _last(wave: int) -> Iterator[Question]:
    yield from open_questions(wave)
    if wave == EXIT:
        yield words("missing", "Чего вам не хватило? Что вы бы изменили?", subject="missing")
        yield yes_no("go_on", "Хотите ли вы продолжить участвовать?", subject="go_on")
