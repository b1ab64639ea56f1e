"""The first surveys: what a mentee wants help in, and what a mentor can give."""

from __future__ import annotations

from collections.abc import Iterator

from participants.register.standard import STANDARD_AREAS
from surveys.content import Content, Kind, Option, Question, Section
from surveys.standard.shape import OWN_SOURCE, StandardQuestionnaire, options, words

WEEKDAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота")
HOURS = (14, 15, 16, 17, 18)
AREAS = tuple(Option(f"area{place}", name) for place, name in enumerate(STANDARD_AREAS, start=1))
AGES = options(
    ("a10_12", "10–12 лет"),
    ("a13_14", "13–14 лет"),
    ("a15_16", "15–16 лет"),
    ("a17_19", "17–19 лет"),
    ("a10_19", "возраст не важен"),
)


def request_questionnaires() -> Iterator[StandardQuestionnaire]:
    yield StandardQuestionnaire(
        key="request_mentee",
        title="Первая анкета наставляемого: с чем нужна помощь",
        kind="request",
        answerer="mentee",
        source=OWN_SOURCE,
        content=Content(
            sections=(
                Section("request", "С чем вам нужна помощь", _HEALTH, tuple(_request())),
                Section("interests", "О вас", "", tuple(_about_mentee())),
                Section("time", "Когда вам удобно", "", (_free_hours(),)),
            ),
            thanks="Спасибо! Теперь куратор поможет найти вам наставника.",
        ),
    )
    yield StandardQuestionnaire(
        key="request_mentor",
        title="Первая анкета наставника: чем вы можете помочь",
        kind="request",
        answerer="mentor",
        source=OWN_SOURCE,
        content=Content(
            sections=(
                Section("competences", "Чем вы можете помочь", "", tuple(_competences())),
                Section("interests", "О вас", "", tuple(_about_mentor())),
                Section("time", "Кому и когда", "", (_wanted_age(), _free_hours())),
            ),
            thanks="Спасибо! Куратор расскажет вам, что будет дальше.",
        ),
    )


_HEALTH = "Не пишите здесь о здоровье и о болезнях. Об этом можно поговорить с куратором или психологом."


def _request() -> Iterator[Question]:
    yield Question(
        "request",
        Kind.LONG,
        "Чему вы хотите научиться или с чем справиться?",
        help="Например: подтянуть математику, перестать бояться выступать, найти друзей в новом классе.",
        required=True,
        fills="request",
        longest=2000,
    )
    yield Question(
        "areas",
        Kind.SEVERAL,
        "Выберите до пяти областей, где вам пригодится наставник",
        required=True,
        fills="areas",
        options=AREAS,
        most=5,
    )
    yield words("wanted_help", "Как наставник мог бы вам помочь?", fills="wanted_help")


def _about_mentee() -> Iterator[Question]:
    yield words("interests", "Что вам нравится? Чем вы занимаетесь, когда свободны?", fills="interests")
    yield Question(
        "meetings",
        Kind.ONE,
        "Как вам удобнее встречаться?",
        options=options(("alone", "вдвоём с наставником"), ("group", "в небольшой группе"), ("both", "и так, и так")),
    )


def _competences() -> Iterator[Question]:
    yield Question(
        "competences",
        Kind.LONG,
        "Что вы умеете и чему можете научить?",
        required=True,
        fills="competences",
        longest=2000,
    )
    yield Question(
        "areas",
        Kind.SEVERAL,
        "Выберите области, в которых вы готовы помогать",
        required=True,
        fills="areas",
        options=AREAS,
    )
    yield words("achievements", "Какие ваши достижения важны для программы?", fills="achievements")


def _about_mentor() -> Iterator[Question]:
    yield words("interests", "Чем вы увлекаетесь?", fills="interests")
    yield words("why", "Почему вы хотите быть наставником?")


def _wanted_age() -> Question:
    return Question(
        "wanted_age",
        Kind.ONE,
        "С наставляемыми какого возраста вам хотелось бы работать?",
        fills="wanted_age",
        options=AGES,
    )


def _free_hours() -> Question:
    hours = tuple(
        Option(f"h{place}{hour}", f"{day}, {hour}:00–{hour + 1}:00")
        for place, day in enumerate(WEEKDAYS, start=1)
        for hour in HOURS
    )
    return Question(
        "available",
        Kind.SEVERAL,
        "Когда вы обычно свободны?",
        help="Отметьте все часы, в которые вы могли бы встречаться.",
        fills="available",
        options=hours,
    )
