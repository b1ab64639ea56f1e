"""What is measured of a person twice in the same words, so that the year can be compared with its beginning.

The parameters are those of `surveys.statistics.standard`. The questions are this program's own: a school that has a
better instrument, or a psychologist who measures himself, takes them out or puts others in their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from surveys.content import Kind, Question
from surveys.standard.forms import WordedForm
from surveys.standard.shape import delicate, scale

RARELY, OFTEN = "почти никогда", "почти всегда"
PUPIL_QUESTIONS = (
    scale("wish_school", "Хочется ли вам ходить в школу?", measure="wish_school"),
    scale("involvement", "Насколько вам интересно на уроках?", measure="involvement"),
    scale("soft_skills", "Легко ли вам договариваться с людьми и работать вместе?", measure="soft_skills"),
    scale("own_future", "Понятно ли вам, чем вы хотите заниматься после школы?", measure="own_future"),
    delicate(
        scale(
            "emotional",
            "Какое у вас обычно настроение?",
            ends=("очень плохое", "очень хорошее"),
            measure="emotional",
        )
    ),
    delicate(scale("anxiety", "Часто ли вы тревожитесь?", ends=(RARELY, OFTEN), measure="anxiety")),
    Question(
        "clubs",
        Kind.NUMBER,
        "Сколько кружков и секций вы посещаете?",
        help="Напишите число. Если ни одного, напишите 0.",
        required=True,
        measure="clubs",
        least=0,
        most=20,
    ),
)
STUDENT_QUESTIONS = (
    scale("own_future", "Понятно ли вам, чем вы хотите заниматься после учёбы?", measure="own_future"),
    scale("soft_skills", "Легко ли вам договариваться с людьми и работать вместе?", measure="soft_skills"),
)
TEACHER_QUESTIONS = (
    scale("profession", "Насколько вы довольны своей профессией?", measure="profession"),
    scale("success", "Насколько успешно у вас получается работать?", measure="success"),
    scale(
        "climate",
        "Какая обстановка в коллективе?",
        ends=("очень напряжённая", "очень тёплая"),
        measure="climate",
    ),
    delicate(
        scale("burnout", "Часто ли вы чувствуете, что выгораете на работе?", ends=(RARELY, OFTEN), measure="burnout")
    ),
)
MENTOR_QUESTIONS = (
    scale("soft_skills", "Легко ли вам договариваться с людьми и работать вместе?", measure="mentor_soft_skills"),
)
SHARES = {
    "invitations": (
        "Какую долю наставляемых вы, по-вашему, сможете пригласить на стажировку или работу?",
        "Какую долю наставляемых вы пригласили на стажировку или работу?",
    ),
    "faculties": (
        "Какая доля наставляемых, по-вашему, поступит на профильные факультеты?",
        "Какая доля наставляемых поступает на профильные факультеты?",
    ),
}


def measured_questions(side: str, form: WordedForm, wave: int) -> Iterator[Question]:
    """The questions of this sheet whose numbers are measurements."""
    if side == "mentee":
        by_kind = {"pupil": PUPIL_QUESTIONS, "student": STUDENT_QUESTIONS, "teacher": TEACHER_QUESTIONS}
        yield from by_kind[form.mentee]
    elif form.mentor == "teacher":
        for question in TEACHER_QUESTIONS:
            yield replace(question, measure=f"mentor_{question.measure}")
    else:
        yield from MENTOR_QUESTIONS
        if form.is_employer:
            yield from (_share(key, texts[wave]) for key, texts in SHARES.items())


def _share(key: str, text: str) -> Question:
    hint = "Напишите, сколько из ста: число от 0 до 100. Если не знаете, пропустите."
    return Question(key, Kind.NUMBER, text, help=hint, measure=key, least=0, most=100, unit="%")
