"""The official wording of an order on pairs and groups, as it is proposed; every word stays editable in the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from core.cases import NameCase, PersonName
from core.typography import long_date

STUDENT_MODEL = "распоряжением Министерства просвещения Российской Федерации от 25.12.2019 № Р-145"
TEACHER_MODEL = (
    "Методическими рекомендациями по разработке и внедрению системы (целевой модели) наставничества педагогических "
    "работников в образовательных организациях (письмо Министерства просвещения Российской Федерации "
    "и Общероссийского Профсоюза образования от 21.12.2021 № АЗ-1128/08/657)"
)
EMPLOYEES = "статьёй 351.8 Трудового кодекса Российской Федерации"
ROADMAP = "дорожной картой внедрения программы наставничества"
CONTROL = "Контроль за исполнением приказа оставляю за собой."
CURATOR = "Куратор программы"
HEAD_OF_KINDERGARTEN = "Заведующий"
DIRECTOR = "Директор"
DAYS_TO_READ, DAYS_TO_MEET = 4, 11
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the standard text of an order depends on.

    `years` is «2026–2027», `roadmap_ground` how the roadmap was approved, «приказом от 31.08.2026 № 121» or
    «31.08.2026», empty where that is not known.
    """

    years: str
    is_of_student_model: bool
    is_of_teacher_model: bool
    has_pupils: bool
    has_employees: bool
    curator: PersonName
    roadmap_ground: str
    read_until: date
    meet_until: date


def title(occasion: Occasion) -> str:
    of_whom = "" if occasion.is_of_student_model else " педагогических работников"
    return f"Об утверждении наставнических пар и групп{of_whom} на {occasion.years} учебный год"


def preamble(occasion: Occasion) -> str:
    """What comes before «ПРИКАЗЫВАЮ»."""
    grounds = (
        STUDENT_MODEL if occasion.is_of_student_model else "",
        TEACHER_MODEL if occasion.is_of_teacher_model else "",
        EMPLOYEES if occasion.has_employees else "",
    )
    roadmap = f"{ROADMAP}, утверждённой {occasion.roadmap_ground}," if occasion.roadmap_ground else ROADMAP
    return f"В соответствии с {', '.join(filter(None, (*grounds, roadmap)))} и по итогам подбора наставников,"


def points(occasion: Occasion) -> list[str]:
    """What is ordered, one paragraph a point, without numbers."""
    curator = occasion.curator.running(NameCase.DATIVE)
    guardians = " и их законных представителей" if occasion.has_pupils else ""
    return [
        f"Утвердить состав наставнических пар и групп на {occasion.years} учебный год (приложение).",
        (
            f"Куратору программы {curator} ознакомить участников{guardians} с настоящим приказом "
            f"в срок до {long_date(occasion.read_until)}"
        ),
        f"Наставникам провести первую, организационную, встречу в срок до {long_date(occasion.meet_until)}",
        CONTROL,
    ]


def familiar(occasion: Occasion) -> list[list[str]]:
    """Who signs that he has read the order: [post, name]."""
    return [[CURATOR, occasion.curator.signing()]]


def post_of_head(post: str, school: str) -> str:
    """The post under the signature: a kindergarten is led by a «заведующий», whatever nobody changed says."""
    is_kindergarten = "детский сад" in school.casefold() or "дошкольн" in school.casefold()
    return HEAD_OF_KINDERGARTEN if is_kindergarten and post == DIRECTOR else post


def working_day(day: date) -> date:
    """The day, or the Monday after its weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def name_of_form(form: str, mentees: int) -> str:
    """«Ученик – ученик» -> ««ученик – ученик», группа» where one mentor has several; a name of its own stays as it is."""
    bare = form.strip("«» ")
    bare = f"{bare[:1].lower()}{bare[1:]}" if "–" in bare else bare
    return f"«{bare}»{', группа' if mentees > 1 else ''}"


def ground(number: str, day: date) -> str:
    """«приказ от 30.10.2026 № 137/к», by which a mentorship goes on."""
    return f"приказ от {day:%d.%m.%Y} № {number}"
