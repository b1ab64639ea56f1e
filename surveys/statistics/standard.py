"""The parameters a school begins with; it may change every word of them.

What is measured twice follows the monitoring of influence in the method (МР-42/02); the wording was not compared with
it, and `SOURCE` says so. The scales and which of them are sensitive are this program's own.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCE = (
    "Методические рекомендации, письмо Минпросвещения России от 23.01.2020 №\u00a0МР-42/02, мониторинг влияния программ; "
    "с текстом не сверено"
)
MENTEE, MENTOR = "mentee", "mentor"
UP, DOWN = "up", "down"
POINTS = (1, 10)
MARKS = (2, 5)
PER_CENT = (0, 100)
COUNT = (0, None)
YES_NO = (0, 1)


@dataclass(frozen=True, slots=True)
class StandardParameter:
    """A parameter with the bounds of its scale, None where there is none."""

    key: str
    name: str
    side: str
    scale: tuple[int, int | None] = POINTS
    direction: str = UP
    unit: str = "балл"
    is_sensitive: bool = False


STANDARD_PARAMETERS = (
    StandardParameter("involvement", "Вовлечённость в образовательный процесс", MENTEE),
    StandardParameter("mark_russian", "Отметка по русскому языку", MENTEE, MARKS),
    StandardParameter("mark_maths", "Отметка по математике", MENTEE, MARKS),
    StandardParameter("mark_problem", "Отметка по проблемному предмету", MENTEE, MARKS),
    StandardParameter("soft_skills", "Гибкие навыки", MENTEE),
    StandardParameter("wish_school", "Желание посещать школу", MENTEE),
    StandardParameter("anxiety", "Личностная тревожность", MENTEE, direction=DOWN, is_sensitive=True),
    StandardParameter("own_future", "Понимание собственного будущего", MENTEE),
    StandardParameter("emotional", "Эмоциональное состояние", MENTEE, is_sensitive=True),
    StandardParameter("clubs", "Посещаемые кружки и секции", MENTEE, COUNT, unit="кружок или секция"),
    StandardParameter("projects", "Реализованные проекты", MENTEE, COUNT, unit="проект"),
    StandardParameter("prof_tests", "Пройденные профессиональные пробы", MENTEE, COUNT, unit="проба"),
    StandardParameter(
        "register", "Состоит на учёте в школе или в полиции", MENTEE, YES_NO, DOWN, "1 – да, 0 – нет", is_sensitive=True
    ),
    StandardParameter("complaints", "Жалобы", MENTEE, COUNT, DOWN, "жалоба"),
    StandardParameter("burnout", "Профессиональное выгорание", MENTEE, direction=DOWN, is_sensitive=True),
    StandardParameter("profession", "Удовлетворённость профессией", MENTEE),
    StandardParameter("climate", "Психологический климат в коллективе", MENTEE),
    StandardParameter("success", "Успешность в работе", MENTEE),
    StandardParameter("development", "Мероприятия профессионального развития", MENTEE, COUNT, unit="мероприятие"),
    StandardParameter("mentor_soft_skills", "Гибкие навыки", MENTOR),
    StandardParameter("mentor_burnout", "Профессиональное выгорание", MENTOR, direction=DOWN, is_sensitive=True),
    StandardParameter("mentor_profession", "Удовлетворённость профессией", MENTOR),
    StandardParameter("mentor_climate", "Психологический климат в коллективе", MENTOR),
    StandardParameter("mentor_success", "Успешность в работе", MENTOR),
    StandardParameter(
        "mentor_development", "Мероприятия профессионального развития", MENTOR, COUNT, unit="мероприятие"
    ),
    StandardParameter(
        "invitations",
        "Доля наставляемых, которых приглашают на стажировку или работу (на входе – ожидание)",
        MENTOR,
        PER_CENT,
        unit="%",
    ),
    StandardParameter(
        "faculties",
        "Доля наставляемых, поступающих на профильные факультеты (на входе – ожидание)",
        MENTOR,
        PER_CENT,
        unit="%",
    ),
)
