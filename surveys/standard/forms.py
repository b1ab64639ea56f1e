"""For which forms of mentoring the sheets of both waves are worded, and how the two sides are called in each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordedForm:
    """A form with its own sheets; `name` is that of the standard form, empty where several forms share the sheets.

    `mentee` and `mentor` are whose measurements are asked: "pupil", "teacher" or "" for none of the standard ones.
    """

    code: str
    name: str
    title: str
    mentee: str = "pupil"
    mentor: str = ""
    is_employer: bool = False

    @property
    def is_of_pupils(self) -> bool:
        return self.mentee == "pupil"

    @property
    def is_of_teachers(self) -> bool:
        return self.mentee == "teacher"


PUPIL = WordedForm("pupil", "Ученик – ученик", "ученик – ученик", mentor="pupil")
TEACHER = WordedForm("teacher", "Учитель – учитель", "учитель – учитель", mentee="teacher", mentor="teacher")
STUDENT = WordedForm("student", "Студент – ученик", "студент – ученик", mentor="pupil")
EMPLOYER = WordedForm("employer", "Работодатель – ученик", "работодатель – ученик", is_employer=True)
EMPLOYER_STUDENT = WordedForm(
    "employer_student", "Работодатель – студент", "работодатель – студент", mentee="student", is_employer=True
)
STAFF = WordedForm("staff", "", "модель для педагогов", mentee="teacher", mentor="teacher")
WORDED_FORMS = (PUPIL, TEACHER, STUDENT, EMPLOYER, EMPLOYER_STUDENT, STAFF)
