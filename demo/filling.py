"""Filling an empty installation with the demo, through the services that people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone, translation

from accounts.calendar import academic_year, usual_periods
from accounts.services.invitations import Invitee, invite_person
from accounts.services.schools import open_school
from core.actors import SYSTEM, Actor, user_actor
from core.journal import record_event
from core.models import Membership, Role, School, User
from core.models.user import new_login
from demo.askings import SURVEYS
from demo.cast import INVITED, KEEPER, MAIN, PEOPLE, SCHOOLS, DemoSchool, Person
from demo.dates import written_for
from demo.names import names
from demo.plans import PLANS, Plans, Year
from demo.progress import bring_to_today
from demo.scenarios import worked_out
from demo.surveys import hold_surveys
from demo.years import Cast, Filling, cycle_of
from participants.services.charges import set_classes
from roadmap.models import Draft, Programme
from roadmap.services.drafts import open_draft
from roadmap.services.programmes import make_programme

DOCUMENTS = Path(__file__).parent / "documents"
NEXT_YEAR = "next_year.txt"


@dataclass(frozen=True, slots=True)
class Login:
    """A way into the demo, as it is printed on the console and stands in `demo-logins.json`."""

    role: str
    school: str
    name: str
    login: str
    email: str
    password: str


def fill_demo(plans: Plans = PLANS) -> list[dict[str, str]]:
    """Five schools with their people and programmes as of today; how to log in as each of them.

    All or nothing. The names are the same every time, the password is a new one.
    """
    password = new_login()
    hashed = make_password(password)
    today = timezone.localdate()
    with translation.override("ru"), transaction.atomic():
        keeper = _person(KEEPER, hashed, is_installation_admin=True)
        by = user_actor(keeper, ())
        schools = {row.key: _school(row, today, by) for row in SCHOOLS}
        for person in PEOPLE:
            _join(_person(person, hashed), person, schools)
        for row in SCHOOLS:
            programme = _programme(row, _curator(schools[row.key]), today)
            _live(row, programme, plans[row.key], today)
            _survey(row, programme, today)
            if row.key == MAIN:
                worked_out(cycle_of(programme, today, last_year=False), today, _curator(schools[MAIN]))
        curator = _curator(schools[MAIN])
        _draft(NEXT_YEAR, today, curator)
        _invite(INVITED, schools[MAIN], curator)
        return [asdict(_login(person, schools, password)) for person in (*PEOPLE, KEEPER)]


def _school(row: DemoSchool, today: date, by: Actor) -> School:
    periods = usual_periods(academic_year(today))
    school, _invited = open_school(requisites=row.requisites, periods=periods, invitees=(), by=by)
    return school


def _person(person: Person, hashed: str, *, is_installation_admin: bool = False) -> User:
    return User.objects.create(
        login=person.login,
        email=person.email,
        surname=person.surname,
        given_name=person.given_name,
        patronymic=person.patronymic,
        password=hashed,
        is_installation_admin=is_installation_admin,
    )


def _join(user: User, person: Person, schools: dict[str, School]) -> None:
    for part in person.parts:
        school = schools[part.school]
        membership = Membership.objects.create(user=user, school=school, role=part.role, post=part.post)
        record_event(verb="join", thing=membership, school=school, by=SYSTEM)
        if part.classes:
            set_classes(membership=membership, classes=part.classes, by=SYSTEM)


def _curator(school: School) -> Actor:
    return _acting(school, Role.CURATOR)


def _acting(school: School, role: Role) -> Actor:
    membership = Membership.objects.select_related("user", "school").get(school=school, role=role)
    return user_actor(membership.user, (membership,))


def _draft(document: str, today: date, curator: Actor) -> Draft:
    text = written_for((DOCUMENTS / document).read_text(), today)
    return open_draft(data=text.encode(), name="Дорожная карта.txt", by=curator)


def _programme(row: DemoSchool, curator: Actor, today: date) -> Programme:
    programme = make_programme(draft=_draft(row.course.document, today, curator), by=curator)
    bring_to_today(programme=programme, course=row.course, today=today, by=curator)
    return programme


def _live(row: DemoSchool, programme: Programme, years: Sequence[Year], today: date) -> None:
    """The people of the school, their pairs and meetings, as `demo.plans` says."""
    school = programme.school
    head = _acting(school, Role.ADMINISTRATOR)
    start = 23 * [one.key for one in SCHOOLS].index(row.key)
    filling = Filling(programme, _curator(school), head, today, names(start), _cast() if row.key == MAIN else None)
    for year in years:
        filling.live_through(year)


def _survey(row: DemoSchool, programme: Programme, today: date) -> None:
    """What the school asked and measured, as `demo.askings` says."""
    if row.key in SURVEYS:
        head = _acting(programme.school, Role.ADMINISTRATOR)
        hold_surveys(SURVEYS[row.key], programme=programme, today=today, curator=_curator(programme.school), head=head)


def _cast() -> Cast:
    users = User.objects.in_bulk(["nastavnik", "nastavlyaemy", "roditel"], field_name="login")
    return Cast(users["nastavnik"], users["nastavlyaemy"], users["roditel"])


def _invite(person: Person, school: School, by: Actor) -> None:
    [part] = person.parts
    invitee = Invitee(part.role, person.email, person.surname, person.given_name, person.patronymic, part.post)
    invite_person(school=school, invitee=invitee, by=by)


def _login(person: Person, schools: dict[str, School], password: str) -> Login:
    return Login(
        role=", ".join(dict.fromkeys(str(part.role.label) for part in person.parts)) or "администратор установки",
        school=", ".join(dict.fromkeys(schools[part.school].short_name for part in person.parts)),
        name=f"{person.surname} {person.given_name} {person.patronymic}",
        login=person.login,
        email=person.email,
        password=password,
    )
