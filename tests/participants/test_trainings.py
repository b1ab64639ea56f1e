"""Trainings of the mentors: put in the year, marked for many at once."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role, School
from participants.models import Attendance, Training
from participants.register.marks import Mark
from participants.services.trainings import mark_training, remove_training, save_training
from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    MentoringFormFactory,
    TrainingFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
TODAY = timezone.localdate()


@pytest.fixture
def by() -> Actor:
    return actor_of()


@pytest.fixture
def school(by: Actor) -> School:
    assert by.school
    return by.school


def saved(by: Actor, **columns: Any) -> Training:
    given: dict[str, Any] = {
        "training": None,
        "title": " Как   слушать ",
        "held_on": TODAY - timedelta(days=1),
        "hours": Decimal("1.5"),
        "place": "Актовый зал",
    }
    return save_training(**(given | columns), by=by)


def test_the_mentors_of_the_forms_are_put_down_once_their_consents_are_in_force(by: Actor, school: School) -> None:
    cycle = this_year(school)
    form, other = MentoringFormFactory.create_batch(2, school=school)
    mentor = cleared_enrolment(person__school=school, cycle=cycle, form=form, mentor=True)
    cleared_enrolment(person__school=school, cycle=cycle, form=other, mentor=True)
    cleared_enrolment(person__school=school, cycle=cycle, form=form)
    EnrolmentFactory(person__school=school, cycle=cycle, form=form, mentor=True)

    training = saved(by, cycle=cycle, forms=[form.pk])
    saved(by, cycle=cycle, training=training, forms=[form.pk])

    assert (training.title, training.hours) == ("Как слушать", Decimal("1.5"))
    assert list(training.attendances.values_list("enrolment", "has_come")) == [(mentor.pk, None)]


@pytest.mark.parametrize("hours", ["0", "-1", "100.5"])
def test_hours_that_make_no_sense_are_refused(by: Actor, school: School, hours: str) -> None:
    with pytest.raises(DomainError, match="от 0,5 до 100"):
        saved(by, cycle=this_year(school), hours=Decimal(hours))

    assert Training.objects.count() == 0


def test_marks_are_written_for_many_and_taken_away_again(by: Actor, school: School) -> None:
    cycle = this_year(school)
    mentors = [cleared_enrolment(person__school=school, cycle=cycle, mentor=True) for _ in range(5)]
    training = saved(by, cycle=cycle)
    keys = [row.pk for row in mentors]
    marks = dict(zip(keys, (Mark.CAME, Mark.PASSED, Mark.FAILED, Mark.ABSENT, Mark.AWAITED), strict=True))

    counts = [mark_training(training=training, marks=marks, by=by) for _ in range(2)]
    rows = {row.enrolment_id: (row.has_come, row.has_passed) for row in training.attendances.all()}
    counts.append(mark_training(training=training, marks=dict.fromkeys(keys, Mark.APART), by=by))

    known = [(True, None), (True, True), (True, False), (False, None), (None, None)]
    assert (counts, [rows[key] for key in keys], Attendance.objects.count()) == ([5, 0, 5], known, 0)
    assert [event.detail for event in Event.objects.filter(verb="mark").order_by("pk")] == [{"count": 5}] * 2


def test_nobody_without_a_consent_of_another_year_or_school_is_marked(by: Actor, school: School) -> None:
    cycle = this_year(school)
    others = [
        EnrolmentFactory(person__school=school, cycle=cycle, mentor=True),
        cleared_enrolment(person__school=school, mentor=True),
        cleared_enrolment(mentor=True),
        cleared_enrolment(person__school=school, cycle=cycle),
    ]

    count = mark_training(training=saved(by, cycle=cycle), marks={row.pk: Mark.CAME for row in others}, by=by)

    assert (count, Attendance.objects.count()) == (0, 0)


def test_before_its_day_one_is_put_down_and_not_marked(by: Actor, school: School) -> None:
    cycle = this_year(school)
    mentor = cleared_enrolment(person__school=school, cycle=cycle, mentor=True)
    training = saved(by, cycle=cycle, held_on=TODAY + timedelta(days=2))

    put_down = mark_training(training=training, marks={mentor.pk: Mark.AWAITED}, by=by)
    with pytest.raises(DomainError, match="ещё впереди"):
        mark_training(training=training, marks={mentor.pk: Mark.CAME}, by=by)

    assert (put_down, Attendance.objects.get().has_come) == (1, None)


def test_a_training_goes_while_nobody_is_marked(by: Actor) -> None:
    marked = AttendanceFactory(came=True).training
    awaited = AttendanceFactory().training

    with pytest.raises(DomainError, match="Сначала снимите"):
        remove_training(training=marked, by=by)
    remove_training(training=awaited, by=by)

    assert list(Training.objects.all()) == [marked]


# ---------------------------------------------------------------- pages


def test_a_training_is_added_once_and_leads_to_its_marks(log_in: LogIn, by: Actor, school: School) -> None:
    mentor = cleared_enrolment(person__school=school, cycle=this_year(school), mentor=True)
    browser = log_in(by)
    sent = {"title": "Как слушать", "held_on": TODAY.isoformat(), "hours": "2", "forms_": [mentor.form_id]}

    empty = browser.get("/participants/trainings/").content.decode()
    answers = [browser.post("/participants/trainings/new/", sent | {"once": "one"}) for _ in range(2)]
    wrong = browser.post("/participants/trainings/new/", {"title": "Без дня"})

    training = Training.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/participants/trainings/{training.pk}/"] * 2
    assert ("Занятий с наставниками пока нет" in empty, wrong.status_code) == (True, 400)
    assert training.attendances.count() == 1


def test_marks_are_set_on_one_page_and_the_rest_with_one_button(log_in: LogIn, by: Actor, school: School) -> None:
    cycle = this_year(school)
    mentors = [cleared_enrolment(person__school=school, cycle=cycle, mentor=True) for _ in range(3)]
    EnrolmentFactory(person__school=school, cycle=cycle, mentor=True)
    training = TrainingFactory(cycle=cycle, held_on=TODAY)
    for mentor in mentors:
        AttendanceFactory(training=training, enrolment=mentor)
    browser, page = log_in(by), f"/participants/trainings/{training.pk}/"
    sent = {f"mark_{row.pk}": "awaited" for row in mentors} | {f"mark_{mentors[0].pk}": "absent"}

    shown = browser.get(page).content.decode()
    browser.post(page, sent | {"rest": "came"})
    wrong = browser.post(page, sent | {f"mark_{mentors[0].pk}": "nowhere"})

    assert [mentor.person.full_name in shown for mentor in mentors] == [True] * 3
    assert "Ещё у 1 наставника согласие не действует" in shown
    marks = training.attendances.order_by("enrolment").values_list("has_come", flat=True)
    assert (wrong.status_code, list(marks)) == (400, [False, True, True])


def test_the_administrator_reads_the_marks_and_changes_none(log_in: LogIn, school: School) -> None:
    row = AttendanceFactory(enrolment=cleared_enrolment(person__school=school, mentor=True), training__held_on=TODAY)
    browser = log_in(actor_of(Role.ADMINISTRATOR, school))
    page = f"/participants/trainings/{row.training_id}/"

    shown = browser.get(page).content.decode()
    browser.post(page, {f"mark_{row.enrolment_id}": "came"})

    row.refresh_from_db()
    assert (row.enrolment.person.full_name in shown, "Сохранить отметки" in shown, row.has_come) == (True, False, None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_marks_asks_the_same_however_many_mentors(
    log_in: LogIn, by: Actor, school: School, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    training = TrainingFactory(cycle=this_year(school), held_on=TODAY)
    for _ in range(number):
        enrolment = cleared_enrolment(person__school=school, cycle=training.cycle, mentor=True)
        AttendanceFactory(training=training, enrolment=enrolment)
    browser = log_in(by)
    browser.get(f"/participants/trainings/{training.pk}/")

    with django_assert_num_queries(13):
        browser.get(f"/participants/trainings/{training.pk}/")
