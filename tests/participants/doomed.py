"""A child of whom the school holds everything there is, and what a search afterwards looks for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from core.actors import Actor
from core.models import Role, School
from core.notices import queue_notice
from core.russian import search_key
from pairing.models import Match, MatchState, Meeting
from participants.models import (
    Consent,
    ConsentState,
    Destruction,
    DestructionState,
    Person,
    RowStatus,
    SheetRow,
)
from participants.services.withdrawal import withdraw_consent
from tests.factories import (
    AreaFactory,
    ChargeFactory,
    ConsentFactory,
    ConsentPageFactory,
    GuardianFactory,
    GuardianshipFactory,
    InvitationFactory,
    JobFactory,
    OrderFactory,
    OrderLineFactory,
    PeopleSheetFactory,
    PersonalLinkFactory,
    PilePageFactory,
    PublishedItemFactory,
    SheetRowFactory,
    StoredFileFactory,
    ThirdPartyNoteFactory,
    actor_of,
)
from tests.families import new_family

SURNAME, PHONE, ADDRESS, BORN = "Канарейкин", "+7 903 555-01-77", "kanareika@home.test", date(2013, 11, 29)
GUARDIAN = "Желторотова"
WORDS = (SURNAME, GUARDIAN, PHONE, ADDRESS, BORN.isoformat())
"""What no file may hold afterwards."""


@dataclass(frozen=True)
class Doomed:
    """The child, and the curator who destroys."""

    person: Person
    curator: Actor

    @property
    def destruction(self) -> Destruction:
        """As it stands in the database, with the person as he is now."""
        return Destruction.objects.select_related("person", "act", "extract").filter(person=self.person).latest("pk")


def make_doomed(school: School | None = None) -> Doomed:
    """A mentee with a guardian, consents with pages, a pair with meetings, orders, notes, uploads, letters, links."""
    family = new_family(school) if school else new_family(OrderFactory().school)
    person, here = family.mentee, family.mentee.school
    _name(person, family.guardian)
    part = family.place.mentee
    _say(part, family.meeting, family.place.match)
    for author in ("teacher", "psycho"):
        ThirdPartyNoteFactory(enrolment=part, source=author, text=f"{SURNAME} стесняется", is_sensitive=True)
    _sign(family.consent, here)
    _order(here, family.place.match)
    _upload(person, here)
    queue_notice(key=f"doomed:{person.pk}", kind="consent-asked", school=here, payload={"link": family.link.pk})
    InvitationFactory(school=here, role=Role.MENTEE, email=ADDRESS, surname=SURNAME, post="ученик")
    listed = StoredFileFactory(school=here, purpose="list", name="Список.txt", data=f"{SURNAME} {PHONE}".encode())
    JobFactory(school=here, kind="list", state="done", finished_at=timezone.now(), result=listed)
    ChargeFactory(membership__school=here, single=True, person=person, class_name="")
    return Doomed(person, actor_of(Role.CURATOR, here))


def withdraw(doomed: Doomed) -> Destruction:
    """The guardian takes the consent back: the clock runs."""
    for consent in Consent.objects.filter(person=doomed.person, state=ConsentState.IN_FORCE):
        withdraw_consent(consent=consent, by=doomed.curator)
    return Destruction.objects.get(person=doomed.person, state=DestructionState.DUE)


def forms_of(word: str) -> list[bytes]:
    """How a word may lie in a file: letter cases, encodings, escapes of JSON."""
    cases = {word, word.lower(), word.upper(), search_key(word)}
    texts = cases | {json.dumps(case)[1:-1] for case in cases}
    return [
        text.encode(encoding) for text in sorted(texts) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")
    ]


def _name(person: Person, guardian: Any) -> None:
    person.surname, person.birth_date = SURNAME, BORN
    person.save()
    user = person.user
    assert user
    user.surname, user.email = SURNAME, f"pupil-{ADDRESS}"
    user.save()
    guardian.surname, guardian.email, guardian.phone = GUARDIAN, ADDRESS, PHONE
    guardian.save()
    guardian.user.surname, guardian.user.email = GUARDIAN, ADDRESS
    guardian.user.save()
    second = GuardianFactory(school=person.school, surname=GUARDIAN, phone=PHONE, email=f"second-{ADDRESS}")
    GuardianshipFactory(minor=person, guardian=second)
    PersonalLinkFactory(person=person, guardian=second)


def _say(part: Any, meeting: Meeting, match: Match) -> None:
    for column in ("request", "wanted_help", "interests", "results"):
        setattr(part, column, f"{SURNAME}: {column} {PHONE}")
    part.available, part.case_url = [116], f"https://school.test/{ADDRESS}"
    part.save()
    part.areas.add(AreaFactory(school=part.person.school))
    meeting.summary = f"{SURNAME} решил задачи, звонить {PHONE}"
    meeting.save()
    match.note = match.decision_note = f"{SURNAME} подходит"
    match.save()
    pair = meeting.mentorship
    pair.end_reason = f"{SURNAME} переезжает"
    pair.save()


def _sign(consent: Consent, school: School) -> None:
    consent.paper = StoredFileFactory(school=school, purpose="consent form", data=f"{SURNAME}".encode())
    consent.reason, consent.original_place = f"{SURNAME}: без даты", f"дело {SURNAME}а"
    consent.original_on = date(2026, 9, 3)
    consent.save()
    ConsentPageFactory(consent=consent, file__data=f"{SURNAME} {PHONE}".encode())
    PilePageFactory(pile__school=school, filed=True, consent=consent, reason=f"{SURNAME}: принято раньше")
    declined = ConsentFactory(person=consent.person, guardian=consent.guardian, publish=True, declined=True)
    declined.paper = StoredFileFactory(school=school, purpose="consent form", data=SURNAME.encode())
    declined.reason = f"{SURNAME} не хочет на сайт"
    declined.save()
    PublishedItemFactory(consent=declined, condition=f"кроме фамилии {SURNAME}")


def _order(school: School, match: Match) -> None:
    for state in ({"in_force": True}, {"state": "cancelled"}):
        order = OrderFactory(school=school, cycle=match.mentor.cycle, familiar=[["ученик", f"{SURNAME} М."]], **state)
        line = OrderLineFactory(order=order, mentees_text=f"{SURNAME} Мирон Захарович, 7 «Б» класс")
        line.matches.add(match)
    Match.objects.filter(pk=match.pk).update(state=MatchState.IN_FORCE)


def _upload(person: Person, school: School) -> None:
    sheet = PeopleSheetFactory(school=school, compared=True)
    SheetRowFactory(sheet=sheet, person=person, cells={"surname": SURNAME, "phone": PHONE})
    SheetRowFactory(
        sheet=sheet,
        status=RowStatus.WRONG,
        cells={"surname": SURNAME.upper(), "given_name": person.given_name},
        errors=[{"column": "birth_date", "text": f"{SURNAME}: не дата"}],
    )
    PeopleSheetFactory(school=school, source=StoredFileFactory(school=school, data=SURNAME.encode()))
    assert SheetRow.objects.filter(sheet=sheet).count() == 2
