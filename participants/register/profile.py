"""The profile of a part: which columns are a mentee's and which a mentor's, and what they may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from participants.models import Area, Enrolment, RoleModel, Side
from participants.register.hours import are_hours

MOST_MENTEES = 30
AGES = range(3, 100)
"""Wanted ages of mentees, in years: from a kindergarten to a colleague."""
WHERE = ("building", "is_remote")
"""Where they can meet, asked of both sides."""
MENTEE_COLUMNS = ("request", "wanted_help", "interests", *WHERE)
MENTOR_COLUMNS = (
    "competences",
    "achievements",
    "interests",
    "capacity",
    "wanted_age_from",
    "wanted_age_to",
    "time_resource",
    *WHERE,
)


class ProfileColumns(TypedDict, total=False):
    """What may be written of a part once the consent is in force; what is left out stays as it is."""

    request: str
    wanted_help: str
    competences: str
    achievements: str
    interests: str
    areas: Iterable[Area]
    wanted_age_from: int | None
    wanted_age_to: int | None
    time_resource: str
    capacity: int | None
    available: Iterable[int]
    building: str
    is_remote: bool
    role_model: RoleModel | None
    entered_on: date | None
    results: str
    case_url: str
    is_passed: bool | None


def columns_of(side: str) -> tuple[str, ...]:
    """The columns of words and numbers that people on this side have."""
    return MENTOR_COLUMNS if side == Side.MENTOR else MENTEE_COLUMNS


def fault_of(row: Enrolment, given: Mapping[str, Any]) -> str:
    """What is wrong with `row` once `given` was put in it, in words; empty where nothing is."""
    foreign = {*MENTEE_COLUMNS, *MENTOR_COLUMNS} - {*columns_of(row.side)}
    if any(given.get(name) not in {None, ""} for name in foreign & {*given}):
        return _("A mentee has a request; competences and places are a mentor's.")
    if row.capacity is not None and not 1 <= row.capacity <= MOST_MENTEES:
        return _("A mentor takes from 1 to %(most)s mentees.") % {"most": MOST_MENTEES}
    if not are_hours(row.available):
        return _("These are not hours of the week.")
    if any(area.school_id != row.person.school_id for area in given.get("areas") or ()):
        return _("This area of help belongs to another school.")
    if row.role_model is not None and row.role_model.form_id != row.form_id:
        return _("This role model belongs to another form.")
    return _fault_of_ages(row.wanted_age_from, row.wanted_age_to)


def _fault_of_ages(least: int | None, most: int | None) -> str:
    if any(age is not None and age not in AGES for age in (least, most)):
        return _("A wanted age is from %(least)s to %(most)s years.") % {"least": AGES[0], "most": AGES[-1]}
    if least is not None and most is not None and most < least:
        return _("The wanted age ends before it begins.")
    return ""


def is_full(row: Enrolment) -> bool:
    """Whether the profile has what pairing goes by: a request, or competences and a number of places."""
    return bool(row.request) if row.side == Side.MENTEE else bool(row.competences and row.capacity)


def ages_in_words(least: int | None, most: int | None) -> str:
    """«10–14 лет», «от 10 лет», «до 14 лет»; nothing for no ages."""
    if least is not None and most is not None:
        return str(least) if least == most else f"{least}–{most}"
    if least is not None:
        return _("from the age of %(age)s") % {"age": least}
    return _("up to the age of %(age)s") % {"age": most} if most is not None else ""
