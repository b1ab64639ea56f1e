"""Thirty signed copies waiting for the curator, made by the services of an installation in its own data folder.

Run by `manage.py shell`, while the installation runs; prints the names in the order of the queue.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from core.actors import user_actor
from core.models import Membership, Role, School
from participants.models import MentoringForm, Side
from participants.services.asking import ask_consents
from participants.services.cycles import current_cycle, today_in
from participants.services.enrolments import enrol_person
from participants.services.people import add_guardian, add_person
from participants.services.sending import send_copy
from tests.participants.pictures import photo

HOW_MANY = 30


def make_queue() -> list[str]:
    """The names of the children whose copies were sent in, in this order."""
    membership = (
        Membership.objects.filter(user__login="kurator", role=Role.CURATOR).select_related("school", "user").get()
    )
    by = user_actor(membership.user, [membership])
    return [_one(membership.school, number, by) for number in range(1, HOW_MANY + 1)]


def _one(school: School, number: int, by: object) -> str:
    cycle = current_cycle(school, today_in(school))
    form = MentoringForm.objects.filter(school=school, mentee_kind="pupil", is_used=True)[0]
    assert cycle is not None
    with transaction.atomic():
        person = add_person(
            school=school,
            kind="pupil",
            surname=f"Очередько{number:02}",
            given_name="Мирон",
            patronymic="Захарович",
            birth_date=date(2013, 3, 1 + number % 28),
            class_name="6 «В»",
            post="",
            email="",
            phone="",
            by=by,  # type: ignore[arg-type]
        )
        add_guardian(
            minor=person,
            surname=person.surname,
            given_name="Вера",
            patronymic="Павловна",
            email="",
            phone=f"+7 900 000-00-{number:02}",
            authority="mother",
            by=by,  # type: ignore[arg-type]
        )
        enrol_person(person=person, cycle=cycle, side=Side.MENTEE, form=form, by=by)  # type: ignore[arg-type]
        (consent,) = ask_consents(person=person, by=by)  # type: ignore[arg-type]
    send_copy(consent=consent, files=[("лист.jpg", photo())], by=by)  # type: ignore[arg-type]
    return person.surname


print("\n".join(make_queue()))
