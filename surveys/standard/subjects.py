"""The subjects that are asked about twice: in the future tense at the entry, in the past tense at the exit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from surveys.content import Kind, Question
from surveys.standard.forms import PUPIL, STUDENT, WordedForm
from surveys.standard.shape import HIGH, LOW, options, scale, words, yes_no

Wording = tuple[str, str]
"""At the entry and at the exit."""


def everywhere(form: WordedForm) -> bool:
    return True


def of_pupils(form: WordedForm) -> bool:
    return form.is_of_pupils


def of_teachers(form: WordedForm) -> bool:
    return form.is_of_teachers


def of_leaders(form: WordedForm) -> bool:
    return form in {PUPIL, STUDENT}


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: how each side is asked about it, None where it is not asked."""

    key: str
    mentee: Wording | None
    mentor: Wording | None
    asked_in: Callable[[WordedForm], bool] = everywhere
    ends: tuple[str, str] = (LOW, HIGH)

    def question(self, side: str, form: WordedForm, wave: int) -> Question | None:
        wording = self.mentee if side == "mentee" else self.mentor
        if wording is None or not self.asked_in(form):
            return None
        return scale(self.key, wording[wave], ends=self.ends, subject=self.key)


MUCH = ("почти никакой", "очень большой")
SCALES = (
    Subject(
        "effectiveness",
        ("Как вы думаете, насколько программа наставничества вам поможет?", "Насколько программа вам помогла?"),
        (
            "Насколько действенной, по-вашему, будет программа наставничества?",
            "Насколько действенной оказалась программа наставничества?",
        ),
    ),
    Subject(
        "comfort",
        (
            "Насколько легко и спокойно, по-вашему, вам будет общаться с наставником?",
            "Насколько легко и спокойно вам было общаться с наставником?",
        ),
        (
            "Насколько комфортно, по-вашему, вам будет участвовать в программе?",
            "Насколько комфортно вам было участвовать в программе?",
        ),
    ),
    Subject(
        "personal",
        (
            "Насколько полезными и интересными, по-вашему, будут встречи вдвоём с наставником?",
            "Насколько полезными и интересными были встречи вдвоём с наставником?",
        ),
        (
            "Насколько полезными и интересными, по-вашему, будут личные встречи с наставляемым?",
            "Насколько полезными и интересными были личные встречи с наставляемым?",
        ),
    ),
    Subject(
        "group",
        (
            "Насколько полезными и интересными, по-вашему, будут общие встречи в группе?",
            "Насколько полезными и интересными были общие встречи в группе?",
        ),
        (
            "Насколько полезными и интересными, по-вашему, будут групповые встречи?",
            "Насколько полезными и интересными были групповые встречи?",
        ),
    ),
    Subject(
        "support",
        ("Какой поддержки вы ждёте от наставника?", "Какой была поддержка наставника?"),
        None,
        ends=MUCH,
    ),
    Subject(
        "help",
        ("Какая помощь наставника вам понадобится?", "Какой была помощь наставника?"),
        None,
        ends=MUCH,
    ),
    Subject(
        "plan",
        (
            "Насколько понятным, по-вашему, будет план работы с наставником?",
            "Насколько понятным был план работы с наставником?",
        ),
        None,
    ),
    Subject(
        "agreeing",
        (
            "Насколько важно будет обсудить с наставником, чего вы ждёте друг от друга?",
            "Насколько важно было обсудить с наставником, чего вы ждёте друг от друга?",
        ),
        None,
    ),
    Subject(
        "safety",
        (
            "Насколько важно, чтобы рядом с наставником вы чувствовали себя в безопасности?",
            "Насколько вы чувствовали себя в безопасности рядом с наставником?",
        ),
        None,
        of_pupils,
    ),
    Subject(
        "leader",
        None,
        (
            "Насколько, по-вашему, вы сможете проявить себя как лидер?",
            "Насколько вам удалось проявить себя как лидер?",
        ),
        of_leaders,
    ),
    Subject(
        "planning",
        None,
        (
            "Насколько, по-вашему, вам удастся спланировать работу и выполнить личный план наставляемого?",
            "Насколько вам удалось спланировать работу и выполнить личный план наставляемого?",
        ),
    ),
    Subject(
        "involved",
        None,
        (
            "Насколько наставляемый, по-вашему, будет вовлечён в работу?",
            "Насколько наставляемый был вовлечён в работу?",
        ),
    ),
    Subject(
        "training",
        None,
        (
            "Насколько понятным и достаточным, по-вашему, будет обучение наставников?",
            "Насколько понятным и достаточным было обучение наставников?",
        ),
    ),
    Subject(
        "organising",
        (
            "Насколько хорошо, по-вашему, вас познакомят с коллективом, рабочим местом и обязанностями?",
            "Насколько хорошо вас познакомили с коллективом, рабочим местом и обязанностями?",
        ),
        (
            "Насколько хорошо, по-вашему, наставляемого познакомят с коллективом, рабочим местом и обязанностями?",
            "Насколько хорошо наставляемого познакомили с коллективом, рабочим местом и обязанностями?",
        ),
        of_teachers,
    ),
    Subject(
        "theory",
        (
            "Насколько полезной, по-вашему, будет помощь с теоретическими знаниями?",
            "Насколько полезной была помощь с теоретическими знаниями?",
        ),
        (
            "Насколько полезной для наставляемого, по-вашему, будет помощь с теоретическими знаниями?",
            "Насколько полезной для наставляемого была помощь с теоретическими знаниями?",
        ),
        of_teachers,
    ),
    Subject(
        "practice",
        (
            "Насколько полезной, по-вашему, будет помощь с практическими навыками?",
            "Насколько полезной была помощь с практическими навыками?",
        ),
        (
            "Насколько полезной для наставляемого, по-вашему, будет помощь с практическими навыками?",
            "Насколько полезной для наставляемого была помощь с практическими навыками?",
        ),
        of_teachers,
    ),
    Subject(
        "adaptation",
        (
            "Насколько программа, по-вашему, поможет вам освоиться в профессии?",
            "Насколько программа помогла вам освоиться в профессии?",
        ),
        (
            "Насколько программа, по-вашему, поможет наставляемому освоиться в профессии?",
            "Насколько программа помогла наставляемому освоиться в профессии?",
        ),
        of_teachers,
    ),
)
HOW_OFTEN = options(
    ("very_often", "очень часто"),
    ("often", "часто"),
    ("rarely", "редко"),
    ("once_or_twice", "1–2 раза"),
    ("never", "никогда"),
)
EVENTS = (
    "Как часто, по-вашему, будут нужны мероприятия, которые развивают отдельные профессиональные навыки?",
    "Как часто проходили мероприятия, которые развивают отдельные профессиональные навыки?",
)


def scale_questions(side: str, form: WordedForm, wave: int) -> Iterator[Question]:
    """The subjects of this sheet in marks; `wave` is 0 at the entry and 1 at the exit."""
    for subject in SCALES:
        question = subject.question(side, form, wave)
        if question is not None:
            yield question
    if form.is_of_teachers:
        yield Question("events", Kind.ONE, EVENTS[wave], required=True, subject="events", options=HOW_OFTEN)


def open_questions(wave: int) -> Iterator[Question]:
    """What is asked of everybody in his own words, and whether he is glad."""
    role, valuable, glad = (
        (
            "Чего вы ждёте от программы и какой видите свою роль в ней?",
            "Что в программе для вас будет особенно ценно?",
            "Рады ли вы, что будете участвовать в программе?",
        ),
        (
            "Что вам дала программа и какой была ваша роль в ней?",
            "Что в программе было для вас особенно ценно?",
            "Рады ли вы, что участвовали в программе?",
        ),
    )[wave]
    yield words("role", role, subject="role")
    yield words("valuable", valuable, subject="valuable")
    yield yes_no("glad", glad, subject="glad")
