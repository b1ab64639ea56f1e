"""A school with the standard texts, and people in it whose consents can be asked for."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from core.actors import SYSTEM
from core.models import School
from participants.models import Consent, Person
from participants.services.texts import give_standard_texts
from tests.factories import (
    ConsentFactory,
    ConsentPageFactory,
    CycleFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    MentoringFormFactory,
    PersonFactory,
    SchoolFactory,
    StoredFileFactory,
)


def school_with_texts() -> School:
    school = SchoolFactory()
    give_standard_texts(school, SYSTEM)
    return school


def pupil(school: School, *, guardians: int = 1, **columns: Any) -> Person:
    """A pupil who takes part as a mentee, with so many guardians."""
    person = PersonFactory(school=school, **columns)
    for _ in range(guardians):
        GuardianshipFactory(minor=person)
    EnrolmentFactory(person=person)
    return person


def teacher(school: School, *, of_employees: bool = False, **columns: Any) -> Person:
    """A teacher who takes part as a mentor: of pupils, or of employees."""
    person = PersonFactory(school=school, teacher=True, **columns)
    form = MentoringFormFactory(school=school, employees=of_employees)
    EnrolmentFactory(person=person, mentor=True, form=form, cycle=CycleFactory(programme__school=school))
    return person


def sent_consent(school: School, *, pages: int = 1, **columns: Any) -> Consent:
    """A consent whose copy waits to be checked, with real pictures."""
    person = columns.pop("person", None) or pupil(school)
    guardian = person.guardianships.earliest("pk").guardian
    consent = ConsentFactory(person=person, guardian=guardian, sent=True, **columns)
    for place in range(1, pages + 1):
        stored = StoredFileFactory(school=school, name=f"{place}.jpg", content_type="image/jpeg", data=picture())
        ConsentPageFactory(consent=consent, place=place, file=stored)
    return consent


def picture() -> bytes:
    """A small white JPEG."""
    out = BytesIO()
    Image.new("RGB", (210, 297), "white").save(out, "JPEG")
    return out.getvalue()
