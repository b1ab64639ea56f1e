"""Families with a personal link each, whose consent is asked for; made by the services of an installation.

Run by `manage.py shell`, while the installation runs; prints a line of JSON for each.
"""

from __future__ import annotations

import json
from datetime import date

from django.db import transaction

from core.actors import user_actor
from core.models import Membership, Role
from participants.models import LinkChannel, MentoringForm, Side
from participants.services.asking import ask_consents
from participants.services.consent_papers import print_forms
from participants.services.cycles import current_cycle, today_in
from participants.services.enrolments import enrol_person
from participants.services.links import issue_link
from participants.services.people import add_guardian, add_person

HOW_MANY = 4


def make_family(number: int) -> dict[str, object]:
    """The token of the link, and the birth date that opens it."""
    curators = Membership.objects.filter(user__login="kurator", role=Role.CURATOR)
    membership = curators.select_related("school", "user").get()
    by, school = user_actor(membership.user, [membership]), membership.school
    cycle = current_cycle(school, today_in(school))
    form = MentoringForm.objects.filter(school=school, mentee_kind="pupil", is_used=True)[0]
    assert cycle is not None
    with transaction.atomic():
        person = add_person(
            school=school,
            kind="pupil",
            surname=f"Подписалкин{number}",
            given_name="Лев",
            patronymic="Захарович",
            birth_date=date(2014, 5, number),
            class_name="5 «Б»",
            post="",
            email="",
            phone="",
            by=by,
        )
        add_guardian(
            minor=person,
            surname=person.surname,
            given_name="Вера",
            patronymic="Павловна",
            email="",
            phone=f"+7 900 000-01-{number:02}",
            authority="mother",
            by=by,
        )
        enrol_person(person=person, cycle=cycle, side=Side.MENTEE, form=form, by=by)
        asked = ask_consents(person=person, by=by)
        print_forms(asked, by=by)
        signer = person.guardianships.get().guardian
        _link, token = issue_link(person=person, guardian=signer, channel=LinkChannel.SLIP, by=by)
    return {"token": token, "birth_date": f"{number:02}.05.2014", "surname": person.surname}


print("\n".join(json.dumps(make_family(number)) for number in range(1, HOW_MANY + 1)))
