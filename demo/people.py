"""The people of the demo: put in the register, asked for consents, enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from core.actors import SYSTEM, Actor
from core.models import School, User
from core.pictures import Scan
from demo.names import Name
from demo.words import (
    ACHIEVEMENTS,
    AREAS,
    COMPETENCES,
    INTERESTS,
    MENTEE_CLASSES,
    MENTOR_CLASSES,
    REQUESTS,
    SUBJECTS,
    TIME_RESOURCES,
    WANTED_HELP,
)
from participants.models import Area, Authority, Consent, Enrolment, MentoringForm, PersonKind, Side
from participants.register.profile import ProfileColumns
from participants.services.asking import ask_consents
from participants.services.checking import accept_on_paper, return_consent
from participants.services.cycles import today_in
from participants.services.enrolments import enrol_person
from participants.services.people import add_guardian, add_person
from participants.services.profiles import fill_profile
from participants.services.sending import keep_copy
from roadmap.models import Cycle

HOURS = (
    [114, 115, 316, 317, 515],
    [115, 116, 214, 316],
    [214, 215, 416, 417, 515],
    [114, 115, 316, 416, 417],
)


@dataclass(frozen=True, slots=True)
class Part:
    """What everyone entered in one go has in common."""

    school: School
    cycle: Cycle
    form: MentoringForm
    kind: PersonKind
    side: Side
    curator: Actor
    today: date


def entered(part: Part, count: int, name: Name, user: User | None = None) -> Enrolment:
    """The `count`-th person of a part, with a guardian for a pupil, enrolled; nobody was asked for anything yet."""
    person = add_person(
        school=part.school,
        kind=part.kind,
        surname=user.surname if user else name.surname,
        given_name=user.given_name if user else name.given_name,
        patronymic=user.patronymic if user else name.patronymic,
        birth_date=_birth_date(part, count),
        by=part.curator,
        phone="",
        **_place(part, count),
    )
    if part.kind == PersonKind.PUPIL:
        surname, given_name, patronymic = name.parent
        add_guardian(
            minor=person,
            surname=surname,
            given_name=given_name,
            patronymic=patronymic,
            email="",
            phone=f"+7 900 0{person.pk // 10000:02d}-{person.pk // 100 % 100:02d}-{person.pk % 100:02d}",
            authority=Authority.MOTHER,
            by=part.curator,
        )
    entered_on = min(part.cycle.starts_on + timedelta(days=5 + count % 10), part.today)
    return enrol_person(
        person=person, cycle=part.cycle, side=part.side, form=part.form, entered_on=entered_on, by=part.curator
    )


def asked(enrolment: Enrolment, part: Part) -> list[Consent]:
    return ask_consents(person=enrolment.person, by=part.curator)


def sent(enrolment: Enrolment, part: Part) -> None:
    """The guardian has sent a photograph of the signed sheet."""
    for consent in asked(enrolment, part):
        keep_copy(consent=consent, scans=[signed_sheet()], by=SYSTEM)


def sent_back(enrolment: Enrolment, part: Part) -> None:
    sent(enrolment, part)
    for consent in Consent.objects.filter(person=enrolment.person):
        return_consent(consent=consent, seen=consent.attempt, reason="На листе нет подписи.", by=part.curator)


def cleared(enrolment: Enrolment, part: Part, count: int) -> None:
    """Every consent was handed over on paper and checked, and the profile is filled in."""
    for consent in asked(enrolment, part):
        accept_on_paper(consent=consent, on=today_in(part.school), place="Папка 1, сейф", by=part.curator)
    fill_profile(enrolment=enrolment, **_profile(part, count), by=part.curator)


def _profile(part: Part, count: int) -> ProfileColumns:
    kind = "pupil" if part.kind == PersonKind.PUPIL else "teacher"
    pool = (REQUESTS if part.side == Side.MENTEE else COMPETENCES)[kind]
    words = pool[count % len(pool)]
    profile = ProfileColumns(
        areas=_areas(part.school, words),
        interests=INTERESTS[count % len(INTERESTS)],
        available=HOURS[count % len(HOURS)],
    )
    if part.side == Side.MENTEE:
        profile |= {"request": words, "wanted_help": WANTED_HELP[count % len(WANTED_HELP)]}
    else:
        deeds = ACHIEVEMENTS[kind]
        profile |= {
            "competences": words,
            "achievements": deeds[count % len(deeds)],
            "time_resource": TIME_RESOURCES[count % len(TIME_RESOURCES)],
            "capacity": 4,
        }
        if kind == "pupil":
            profile |= {"wanted_age_from": 10, "wanted_age_to": 12 + count % 4}
    return profile


def _areas(school: School, words: str) -> list[Area]:
    names = {area for part, area in AREAS.items() if part in words.lower()}
    return list(Area.objects.filter(school=school, name__in=names))


@cache
def signed_sheet() -> Scan:
    """A photograph of a signed form as a telephone takes it."""
    sheet = Image.new("RGB", (1240, 1754), "#f4f1ea")
    pen = ImageDraw.Draw(sheet)
    for line in range(24):
        pen.rectangle((130, 240 + line * 48, 1110 - line * 137 % 300, 254 + line * 48), fill="#c9c6bd")
    pen.line([(820, 1560), (860, 1500), (880, 1570), (930, 1510), (990, 1565), (1060, 1520)], fill="#223f8f", width=6)
    photograph = BytesIO()
    sheet.save(photograph, "JPEG", quality=70)
    return Scan("Лист.jpg", (photograph.getvalue(),), ((),))


def _birth_date(part: Part, count: int) -> date:
    """Pupils of ten to seventeen, teachers from twenty-four on, as of today."""
    if part.kind == PersonKind.PUPIL:
        age = 11 + count % 4 if part.side == Side.MENTEE else 15 + count % 2
    else:
        age = 24 + count % 4 if part.side == Side.MENTEE else 41 + count % 17
    return part.today - timedelta(days=age * 365 + 30 + count * 29 % 300)


def _place(part: Part, count: int) -> dict[str, Any]:
    if part.kind == PersonKind.PUPIL:
        classes = MENTEE_CLASSES if part.side == Side.MENTEE else MENTOR_CLASSES
        return {"class_name": classes[count % len(classes)], "post": "", "email": ""}
    is_nursery = part.form.name.startswith("Педагог")
    post = "воспитатель" if is_nursery else f"учитель {SUBJECTS[count % len(SUBJECTS)]}"
    return {"class_name": "", "post": post, "email": ""}
