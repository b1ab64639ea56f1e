"""Class teachers and psychologists: who is in charge of whom, and that they see those and nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Membership, Role
from participants.models import Charge, Person
from participants.services.charges import put_in_charge, release_charge, set_classes
from tests.factories import (
    ChargeFactory,
    ConsentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonFactory,
    ThirdPartyNoteFactory,
    actor_of,
)
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
TEACHER = Role.CLASS_TEACHER


def member_of(actor: Actor) -> Membership:
    return Membership.objects.get(user=actor.user, school=actor.school, role=actor.role)


def in_charge(actor: Actor, class_name: str = "7 «Б»") -> Charge:
    return ChargeFactory(membership=member_of(actor), class_name=class_name)


# ---------------------------------------------------------------- services


def test_classes_are_set_as_a_whole_and_however_they_are_spelt() -> None:
    member = MembershipFactory(role=TEACHER)
    by = actor_of(school=member.school)

    set_classes(membership=member, classes=["7 «Б»", " 8  «А» ", ""], by=by)
    set_classes(membership=member, classes=['7 "Б"', "9 «В»"], by=by)
    set_classes(membership=member, classes=["7 «Б»", "9 «В»"], by=by)

    assert list(Charge.objects.values_list("class_name", flat=True)) == ["7 «Б»", "9 «В»"]
    details = Event.objects.filter(verb="charge").order_by("pk").values_list("detail", flat=True)
    assert list(details) == [{"begun": 2, "ended": 0}, {"begun": 1, "ended": 1}]


def test_a_single_person_is_put_in_charge_once_and_released() -> None:
    member = MembershipFactory(role=Role.PSYCHOLOGIST)
    person, by = PersonFactory(school=member.school), actor_of(school=member.school)

    rows = [put_in_charge(membership=member, person=person, by=by) for _ in range(2)]
    release_charge(membership=member, person=person, by=by)
    release_charge(membership=member, person=person, by=by)

    assert (rows[0], Charge.objects.count()) == (rows[1], 0)
    assert list(Event.objects.filter(thing=f"person:{person.pk}").order_by("pk").values_list("verb", flat=True)) == [
        "charge",
        "release",
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in {TEACHER, Role.PSYCHOLOGIST}])
def test_nobody_else_is_in_charge_of_pupils(role: Role) -> None:
    member = MembershipFactory(role=role)

    with pytest.raises(DomainError, match="классными руководителями"):
        set_classes(membership=member, classes=["7 «Б»"], by=actor_of(school=member.school))

    assert Charge.objects.count() == 0


def test_a_person_of_another_school_is_in_nobodys_charge_here() -> None:
    member = MembershipFactory(role=TEACHER)

    with pytest.raises(DomainError, match="из этой школы"):
        put_in_charge(membership=member, person=PersonFactory(), by=actor_of(school=member.school))


# ---------------------------------------------------------------- who sees whom


@pytest.mark.parametrize("role", [TEACHER, Role.PSYCHOLOGIST])
def test_they_see_their_classes_and_single_pupils_and_nobody_else(role: Role) -> None:
    actor = actor_of(role)
    in_charge(actor)
    own = PersonFactory(school=actor.school, class_name='7 "Б"')
    single = PersonFactory(school=actor.school, class_name="11 «А»")
    ChargeFactory(membership=member_of(actor), person=single, class_name="")
    PersonFactory(school=actor.school, class_name="8 «А»")
    PersonFactory(school=actor.school, teacher=True)
    PersonFactory(class_name="7 «Б»")

    assert set(Person.objects.visible_to(actor)) == {own, single}


def test_an_ended_role_and_another_school_show_nobody() -> None:
    actor = actor_of(TEACHER)
    row = in_charge(actor)
    PersonFactory(school=actor.school)
    Membership.objects.filter(pk=row.membership_id).update(ended_at=row.membership.created_at)

    assert list(Person.objects.visible_to(actor)) == []


# ---------------------------------------------------------------- the curator's pages


def test_the_curator_ticks_classes_and_finds_single_pupils(log_in: LogIn) -> None:
    by = actor_of()
    member = MembershipFactory(school=by.school, role=TEACHER, user__surname="Тополева")
    PersonFactory(school=by.school, class_name="7 «Б»")
    single = PersonFactory(school=by.school, surname="Жуков", class_name="9 «В»")
    browser, page = log_in(by), f"/participants/charges/{member.pk}/"

    empty = browser.get("/participants/charges/").content.decode()
    browser.post(page, {"classes": "7 «Б»", "another": "10 «А»"})
    found = browser.get(page, {"q": "жук"}).content.decode()
    browser.post(f"{page}add/", {"person": single.pk})
    shown = browser.get("/participants/charges/").content.decode()
    card = browser.get(f"/participants/{single.pk}/").content.decode()
    browser.post(f"{page}remove/", {"person": single.pk})

    assert "1 сотрудник пока ни за кого не отвечает" in empty
    assert ("Жуков" in found, "7 «Б», 10 «А»" in shown, "Жуков" in shown, "Тополева" in card) == (True,) * 4
    assert list(Charge.objects.values_list("class_name", flat=True)) == ["7 «Б»", "10 «А»"]


def test_the_administrator_reads_who_is_in_charge_and_changes_nothing(log_in: LogIn) -> None:
    by = actor_of(Role.ADMINISTRATOR)
    row = ChargeFactory(membership__school=by.school)
    browser = log_in(by)

    shown = browser.get("/participants/charges/")

    assert (shown.status_code, f"/charges/{row.membership_id}/" in shown.content.decode()) == (200, False)
    assert browser.get(f"/participants/charges/{row.membership_id}/").status_code == 403


def test_another_schools_staff_is_not_found(log_in: LogIn) -> None:
    row = ChargeFactory()

    assert log_in(actor_of()).get(f"/participants/charges/{row.membership_id}/").status_code == 404


# ---------------------------------------------------------------- their own pages


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_for_the_pupils_does_not_grow(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = actor_of(TEACHER)
    in_charge(actor)
    cycle = this_year(actor.school)  # type: ignore[arg-type]
    for _ in range(number):
        row = EnrolmentFactory(person__school=actor.school, person__surname="Белых", cycle=cycle)
        ConsentFactory(person=row.person, in_force=True)
        ThirdPartyNoteFactory(enrolment=row)
    browser = log_in(actor)
    browser.get("/pupils/")

    with django_assert_num_queries(10):
        page = browser.get("/pupils/").content.decode()

    assert page.count(">Белых ") == number


def test_the_pupils_page_says_how_the_consent_stands_and_nothing_more(log_in: LogIn) -> None:
    actor = actor_of(TEACHER)
    in_charge(actor)
    cycle = this_year(actor.school)  # type: ignore[arg-type]
    row = EnrolmentFactory(person__school=actor.school, cycle=cycle, request="хочет в хор")
    ConsentFactory(person=row.person, in_force=True)
    ThirdPartyNoteFactory(enrolment=row, text="стесняется")
    ThirdPartyNoteFactory(enrolment=row, text="тайна", is_sensitive=True)
    browser = log_in(actor)

    page = browser.get(f"/pupils/{row.person_id}/").content.decode()
    home = browser.get("/").content.decode()

    assert ("стесняется" in page, "согласие: действует" in page) == (True, True)
    assert [word for word in ("тайна", "хочет в хор", "2014", "@home.test") if word in page] == []
    assert "За вами закреплён 1 ученик, согласие действует: 1." in home
    views = Event.objects.filter(actor=actor.pseudonym, thing=f"person:{row.person_id}", verb="view")
    assert views.count() == 1


def test_a_pupil_of_another_class_and_the_register_are_closed(log_in: LogIn) -> None:
    actor = actor_of(TEACHER)
    in_charge(actor)
    own = PersonFactory(school=actor.school)
    other = PersonFactory(school=actor.school, class_name="8 «А»")
    browser = log_in(actor)

    codes = [browser.get(page).status_code for page in (f"/pupils/{own.pk}/", f"/pupils/{other.pk}/")]
    closed = [browser.get(page).status_code for page in ("/participants/", f"/participants/{own.pk}/")]

    assert (codes, closed) == ([200, 404], [403, 403])


def test_who_has_nobody_in_charge_is_told_so(log_in: LogIn) -> None:
    browser = log_in(actor_of(Role.PSYCHOLOGIST))

    assert "За вами пока никто не закреплён" in browser.get("/pupils/").content.decode()
    assert "За вами пока никто не закреплён" in browser.get("/").content.decode()
