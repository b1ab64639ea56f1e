"""What the list of people keeps between two looks is made anew after each kind of change, and only then."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from core.actors import Actor
from core.models import School
from participants.models import Area, Consent, Enrolment, MentoringForm, PeopleSheet, Person, SheetSide
from participants.register.merging import state_of
from participants.register.sheet import sheet_of
from participants.services.areas import AreaLine, merge_areas, save_areas
from participants.services.cycles import today_in
from participants.services.enrolments import end_enrolment, enrol_people, enrol_person, return_enrolment
from participants.services.finishing import finish_enrolment
from participants.services.forms import save_form
from participants.services.merging import merge_people
from participants.services.people import add_person, change_person, remove_person
from participants.services.sheet_steps import import_at_once, read_people
from participants.services.sheet_undo import take_back
from participants.services.withdrawal import withdraw_consent
from roadmap.models import Cycle
from tests.factories import ConsentFactory, EnrolmentFactory, MentoringFormFactory, actor_of
from tests.participants.spreadsheets import HEAD, ROW, xlsx
from tests.participants.test_person_list import PAGE, this_year

pytestmark = pytest.mark.django_db(transaction=True)
LogIn = Callable[[Actor], Client]
ONCE = re.compile(r'<input[^>]*name="(csrfmiddlewaretoken|once)"[^>]*>|"X-CSRFToken": "\w+"')
"""What is another on each page that is sent."""
NOW = Enrolment.objects.enrolled
NEW: dict[str, Any] = {
    "kind": "pupil", "surname": "Новых", "given_name": "Ян", "patronymic": "", "birth_date": None,
    "class_name": "9 «В»", "post": "", "email": "", "phone": "",
}  # fmt: skip


class Register:
    """A school with one mentee whose consent is in force, and everything that is done to it below."""

    def __init__(self) -> None:
        self.by = actor_of()
        assert self.by.school
        self.school: School = self.by.school
        self.cycle: Cycle = this_year(self.school)
        self.form: MentoringForm = MentoringFormFactory(school=self.school, mentee_kind="", name="Ученик – ученик")
        self.part: Enrolment = EnrolmentFactory(person__school=self.school, cycle=self.cycle, form=self.form)
        self.person: Person = self.part.person
        self.consent: Consent = ConsentFactory(person=self.person, in_force=True)

    def newest(self) -> Person:
        return Person.objects.latest("pk")

    def change(self) -> object:
        columns = {name: getattr(sheet_of(self.person), name) for name in sheet_of(self.person).__slots__}
        return change_person(person=self.person, **columns | {"class_name": "11 «Ы»"}, by=self.by)

    def enrol(self) -> object:
        return enrol_person(person=self.newest(), cycle=self.cycle, side="mentee", form=self.form, by=self.by)

    def enrol_many(self) -> object:
        people = list(Person.objects.order_by("pk"))
        return enrol_people(people=people, cycle=self.cycle, side="mentor", form=self.form, by=self.by)

    def bring(self) -> object:
        _book, table = read_people(xlsx([HEAD, ROW]), school=self.school, side=SheetSide.PERSON)
        about: dict[str, Any] = {
            "school": self.school,
            "side": SheetSide.PERSON,
            "cycle": self.cycle,
            "form": None,
            "name": "a.xlsx",
        }
        return import_at_once(**about, table=table, writes=True, whole=False, by=self.by)

    def rename_form(self, name: str, *, is_used: bool = True) -> object:
        told: dict[str, Any] = {
            "model": self.form.model,
            "mentor_kind": "",
            "mentee_kind": "",
            "is_of_employees": False,
        }
        return save_form(
            school=self.school, form=self.form, name=name, is_used=is_used, role_models=(), **told, by=self.by
        )

    def write_areas(self, *names: str) -> None:
        save_areas(school=self.school, lines=[AreaLine(None, name, True) for name in names], by=self.by)

    def merge_areas(self) -> object:
        one, other = Area.objects.order_by("pk")[:2]
        return merge_areas(area=one, into=other, by=self.by)

    def merge(self) -> object:
        kept, gone = Person.objects.get(pk=self.person.pk), self.newest()
        return merge_people(kept=kept, gone=gone, taken={}, seen=state_of(kept, gone), by=self.by)


DEEDS: dict[str, Callable[[Register], object]] = {
    "a person is added": lambda it: add_person(school=it.school, by=it.by, **NEW),
    "a person is changed": lambda it: it.change(),
    "a person is enrolled": lambda it: it.enrol(),
    "a part ends": lambda it: end_enrolment(enrolment=NOW().latest("pk"), by=it.by),
    "a part is taken up again": lambda it: return_enrolment(enrolment=Enrolment.objects.latest("pk"), by=it.by),
    "many are enrolled": lambda it: it.enrol_many(),
    "a year ends": lambda it: finish_enrolment(enrolment=NOW().latest("pk"), on=today_in(it.school), by=it.by),
    "a form has another name": lambda it: it.rename_form("Клуб"),
    "a form is used no more": lambda it: it.rename_form("Клуб", is_used=False),
    "areas are written down": lambda it: it.write_areas("Математика", "Музыка"),
    "areas become one": lambda it: it.merge_areas(),
    "a sheet is written": lambda it: it.bring(),
    "a sheet is taken back": lambda it: take_back(sheet=PeopleSheet.objects.get(), by=it.by),
    "two become one": lambda it: it.merge(),
    "a person goes": lambda it: remove_person(person=add_person(school=it.school, by=it.by, **NEW), by=it.by),
    "a consent is withdrawn": lambda it: withdraw_consent(consent=it.consent, by=it.by),
}


def look(browser: Client) -> str:
    return ONCE.sub("", browser.get(PAGE).content.decode())


def test_after_each_kind_of_change_the_list_is_as_if_nothing_were_kept(log_in: LogIn) -> None:
    register = Register()
    browser = log_in(register.by)
    seen, stale, unseen = look(browser), [], []

    for name, do in DEEDS.items():
        do(register)
        kept = look(browser)
        with transaction.atomic():
            anew = look(browser)
        stale += [name] * (kept != anew)
        unseen += [name] * (kept == seen)
        seen = kept

    assert stale == []
    assert unseen == ["a person goes"]
