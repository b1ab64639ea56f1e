"""What may stand in the register of a person, and when."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.utils.translation import gettext as _

from participants.ages import age_on, is_minor
from participants.models import Person, PersonKind

OLDEST = 110
YOUNGEST_TEACHER = 16
AFTER_CONSENT = ("sex", "subject", "teaching_since")
"""What nobody is asked for before the consent."""


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """A person as entered; the names are those of the columns."""

    kind: str
    surname: str
    given_name: str
    patronymic: str
    birth_date: date | None
    class_name: str
    post: str
    email: str
    phone: str
    sex: str = ""
    subject: str = ""
    teaching_since: int | None = None


def sheet_of(person: Person) -> PersonSheet:
    """The person as the register has him."""
    return PersonSheet(**{column.name: getattr(person, column.name) for column in fields(PersonSheet)})


def faults_of(
    sheet: PersonSheet, *, today: date, is_cleared: bool, before: PersonSheet | None = None
) -> dict[str, str]:
    """What is wrong, in words, by column; `is_cleared` while the consent to processing is in force.

    Before it the school takes in nothing beyond what the asking needs (152-FZ art. 5 (5)); `before` is what the
    register has already.
    """
    faults = {} if is_cleared else _faults_of_time(sheet, before, today)
    faults |= _faults_of_place(sheet) | _faults_of_contacts(sheet) | _faults_of_teaching(sheet, today)
    if not sheet.surname or not sheet.given_name:
        faults["surname"] = _("A person needs a surname and a given name.")
    if sheet.birth_date and not 0 <= age_on(sheet.birth_date, today) <= OLDEST:
        faults["birth_date"] = _("Check the birth date: nobody here was born on that day.")
    return faults


def _faults_of_place(sheet: PersonSheet) -> dict[str, str]:
    is_pupil = sheet.kind == PersonKind.PUPIL
    if is_pupil and sheet.post:
        return {"post": _("A pupil has a class and no post.")}
    if not is_pupil and sheet.class_name:
        return {"class_name": _("Only a pupil has a class.")}
    return {}


def _faults_of_contacts(sheet: PersonSheet) -> dict[str, str]:
    if sheet.kind != PersonKind.PUPIL:
        return {}
    words = _("A pupil is reached through the parents: leave the pupil's own address and phone out.")
    return {name: words for name in ("email", "phone") if getattr(sheet, name)}


def _faults_of_teaching(sheet: PersonSheet, today: date) -> dict[str, str]:
    if sheet.kind != PersonKind.TEACHER:
        words = _("Only a teacher has a subject and years of teaching.")
        return {name: words for name in ("subject", "teaching_since") if getattr(sheet, name)}
    first = sheet.birth_date.year + YOUNGEST_TEACHER if sheet.birth_date else today.year - OLDEST
    if sheet.teaching_since is not None and not first <= sheet.teaching_since <= today.year:
        return {"teaching_since": _("Nobody here can have begun to teach in that year.")}
    return {}


def _faults_of_time(sheet: PersonSheet, before: PersonSheet | None, today: date) -> dict[str, str]:
    """What is new and comes before the consent."""
    early = {"phone": _("The phone can be added once the consent is in force.")}
    early |= dict.fromkeys(AFTER_CONSENT, _("This is asked for once the consent is in force."))
    if is_minor(sheet.birth_date, today, otherwise=False):
        early["email"] = _("Under 18 a parent signs: the person's own address can be added after the consent.")
    return {
        name: words
        for name, words in early.items()
        if getattr(sheet, name) not in {"", None, getattr(before, name, "")}
    }
