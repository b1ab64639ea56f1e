"""The forms of mentoring and role models a school begins with; it may change every word of them.

The five forms of the student model are those of the Methodology (order R-145 of 25.12.2019). Its appendix with the
role models and the recommendations of the teacher model were not compared word for word, and `source` says so.
"""

from __future__ import annotations

from dataclasses import dataclass

STUDENT_SOURCE = (
    "Методология наставничества, распоряжение Минпросвещения России от 25.12.2019 №\u00a0Р-145; "
    "ролевые модели с приложением не сверены"
)
TEACHER_SOURCE = (
    "Методические рекомендации, письмо Минпросвещения России и Профсоюза образования "
    "от 21.12.2021 №\u00a0АЗ-1128/08 / 657; с текстом не сверено"
)


@dataclass(frozen=True, slots=True)
class StandardForm:
    """A form with its role models; the kinds are those of `PersonKind`, empty where several may be."""

    name: str
    model: str
    mentor_kind: str
    mentee_kind: str
    is_of_employees: bool
    source: str
    role_models: tuple[str, ...] = ()


STANDARD_FORMS = (
    StandardForm(
        "Ученик – ученик",
        "student",
        "pupil",
        "pupil",
        False,
        STUDENT_SOURCE,
        (
            "успевающий – неуспевающий",
            "лидер – пассивный",
            "равный – равному",
            "адаптированный – неадаптированный",
        ),
    ),
    StandardForm(
        "Учитель – учитель",
        "student",
        "teacher",
        "teacher",
        True,
        STUDENT_SOURCE,
        (
            "опытный учитель – молодой специалист",
            "опытный классный руководитель – молодой специалист",
            "лидер педагогического сообщества – педагог, испытывающий проблемы",
            "педагог-новатор – консервативный педагог",
            "опытный предметник – неопытный предметник",
        ),
    ),
    StandardForm(
        "Студент – ученик",
        "student",
        "student",
        "pupil",
        False,
        STUDENT_SOURCE,
        (
            "успевающий – неуспевающий",
            "лидер – равнодушный",
            "равный – другому",
            "куратор – автор проекта",
        ),
    ),
    StandardForm(
        "Работодатель – ученик",
        "student",
        "",
        "pupil",
        False,
        STUDENT_SOURCE,
        (
            "активный профессионал – равнодушный потребитель",
            "коллега – молодой коллега",
            "работодатель – будущий сотрудник",
        ),
    ),
    StandardForm(
        "Работодатель – студент",
        "student",
        "",
        "student",
        False,
        STUDENT_SOURCE,
        (
            "активный профессионал – равнодушный потребитель",
            "успешный профессионал – студент, выбирающий профессию",
            "коллега – будущий коллега",
            "работодатель – будущий сотрудник",
        ),
    ),
    StandardForm(
        "Педагог – педагог",
        "teacher",
        "teacher",
        "teacher",
        True,
        TEACHER_SOURCE,
        (
            "опытный педагог – молодой специалист",
            "лидер педагогического сообщества – педагог, испытывающий профессиональные затруднения",
            "педагог-новатор – консервативный педагог",
            "опытный предметник – неопытный предметник",
        ),
    ),
    StandardForm(
        "Руководитель образовательной организации – педагог", "teacher", "teacher", "teacher", True, TEACHER_SOURCE
    ),
    StandardForm(
        "Работодатель – студент педагогического вуза/колледжа", "teacher", "", "student", False, TEACHER_SOURCE
    ),
    StandardForm(
        "Педагог вуза/колледжа – молодой педагог образовательной организации",
        "teacher",
        "",
        "teacher",
        True,
        TEACHER_SOURCE,
    ),
    StandardForm(
        "Социальный партнер – педагог образовательной организации",
        "teacher",
        "partner",
        "teacher",
        True,
        TEACHER_SOURCE,
    ),
)

STANDARD_AREAS = (
    "Математика",
    "Русский язык и литература",
    "Иностранный язык",
    "Физика и астрономия",
    "Химия и биология",
    "История и обществознание",
    "География и краеведение",
    "Информатика и программирование",
    "Робототехника и техническое творчество",
    "Подготовка к экзаменам",
    "Олимпиады и конкурсы",
    "Проекты и исследования",
    "Умение учиться и планировать время",
    "Выступления перед людьми",
    "Адаптация в новом классе или школе",
    "Общение и дружба",
    "Уверенность в себе",
    "Лидерство и самоуправление",
    "Волонтёрство",
    "Творчество: музыка, театр, рисование",
    "Спорт и активный отдых",
    "Тексты, фото и видео",
    "Выбор профиля и профессии",
    "Знакомство с профессией на практике",
    "Предпринимательство и финансы",
    "Методика и планирование урока",
    "Классное руководство и работа с родителями",
    "Аттестация, журнал и документы",
)
"""Areas of help a school begins with; the list is the project's own, no official one is known."""
