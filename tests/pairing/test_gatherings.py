"""Group meetings: planned, marked, seated, printed; and how pairs fall by class, sex and form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError
from core.models import Role
from pairing.models import Gathering, Guest, Seat
from pairing.services.gatherings import mark_guests, remove_gathering, seat_guests
from participants.models import ConsentState
from tests.factories import EnrolmentFactory, GatheringFactory, MatchFactory, actor_of
from tests.pairing.school_of_pairs import administrator_of, people

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR)


def planned(curator: Actor, **sizes: int) -> Gathering:
    """A meeting of everybody of such a school."""
    mentees, mentors = people(curator, **sizes)
    row: Gathering = GatheringFactory(school=curator.school, cycle=mentees[0].cycle, form=mentees[0].form, talks=2)
    Guest.objects.bulk_create([Guest(gathering=row, enrolment=one) for one in (*mentees, *mentors)])
    return row


def test_who_has_a_consent_in_force_is_asked_and_nobody_else(log_in: LogIn, curator: Actor) -> None:
    mentees, mentors = people(curator)
    EnrolmentFactory(person__school=curator.school, cycle=mentees[0].cycle, form=mentees[0].form)
    given = {"form": mentees[0].form_id, "held_on": "08.10.2026", "held_time": "15:00", "talks": 3, "minutes": 5}
    browser = log_in(curator)

    answer = browser.post(f"/pairs/gatherings/new/?cycle={mentees[0].cycle_id}", given | {"once": "a"}, follow=True)

    row = Gathering.objects.get()
    assert {guest.enrolment_id for guest in row.guests.all()} == {one.pk for one in (*mentees, *mentors)}
    assert timezone.localtime(row.held_at, row.school.zone).strftime("%d.%m.%Y %H:%M") == "08.10.2026 15:00"
    assert "Групповая встреча сохранена." in answer.content.decode()


def test_bad_figures_are_told_at_their_fields_and_kept(log_in: LogIn, curator: Actor) -> None:
    mentees, _mentors = people(curator)
    given = {"form": mentees[0].form_id, "held_on": "вчера", "held_time": "15:00", "talks": 0, "minutes": 5}

    answer = log_in(curator).post(f"/pairs/gatherings/new/?cycle={mentees[0].cycle_id}", given)

    assert answer.status_code == 400
    assert {"held_on", "talks"} == set(answer.context["form"].errors)
    assert 'value="вчера"' in answer.content.decode()
    assert not Gathering.objects.exists()


def test_marks_are_saved_and_read_by_the_administrator(log_in: LogIn, curator: Actor) -> None:
    row = planned(curator)
    first, second, *_rest = row.guests.order_by("pk")
    page = f"/pairs/gatherings/{row.pk}/"

    log_in(curator).post(page, {f"guest_{first.pk}": "yes", f"guest_{second.pk}": "no", "once": "a"})
    head = log_in(administrator_of(curator))

    assert dict(row.guests.exclude(has_come=None).values_list("pk", "has_come")) == {first.pk: True, second.pk: False}
    assert "пришёл 1 человек" in head.get(page).content.decode()
    head.post(page, {f"guest_{second.pk}": "yes"})
    second.refresh_from_db()
    assert second.has_come is False


def test_talks_seat_everybody_who_may_come_once_a_round(curator: Actor) -> None:
    row = planned(curator, mentees=5, mentors=3)
    absent = row.guests.filter(enrolment__side="mentee").first()
    assert absent
    mark_guests(gathering=row, came={absent.pk: False}, by=curator)

    rounds = seat_guests(gathering=row, by=curator)

    seats = list(Seat.objects.filter(gathering=row).values_list("round", "mentee", "mentor"))
    assert rounds == 2
    for number in (1, 2):
        here = [(mentee, mentor) for one, mentee, mentor in seats if one == number]
        assert len(here) == len({mentee for mentee, _mentor in here}) == 4
        assert len({mentor for _mentee, mentor in here}) == 3
    assert absent.enrolment_id not in {mentee for _round, mentee, _mentor in seats}


def test_a_meeting_of_mentees_alone_is_not_seated(log_in: LogIn, curator: Actor) -> None:
    row = planned(curator, mentors=0)

    answer = log_in(curator).post(f"/pairs/gatherings/{row.pk}/seat/", follow=True)

    assert "Некого рассаживать" in answer.content.decode()
    assert not Seat.objects.exists()


def test_the_plan_leaves_out_who_has_withdrawn(log_in: LogIn, curator: Actor) -> None:
    row = planned(curator)
    seat_guests(gathering=row, by=curator)
    seat = Seat.objects.filter(gathering=row).select_related("mentee__person").first()
    assert seat
    gone = seat.mentee.person
    gone.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())

    told = log_in(curator).get(f"/pairs/gatherings/{row.pk}/plan/").content.decode()

    assert gone.short_name not in told
    assert "2 круга бесед" in told


def test_a_meeting_with_marks_stays_and_one_without_goes(curator: Actor) -> None:
    row = planned(curator)
    guest = row.guests.first()
    assert guest
    mark_guests(gathering=row, came={guest.pk: True}, by=curator)

    with pytest.raises(DomainError, match="отмечены пришедшие"):
        remove_gathering(gathering=row, by=curator)
    mark_guests(gathering=row, came={guest.pk: None}, by=curator)
    remove_gathering(gathering=row, by=curator)

    assert not Gathering.objects.exists()


def test_counts_fall_by_class_sex_and_form_and_name_nobody(log_in: LogIn, curator: Actor) -> None:
    mentees, mentors = people(curator, mentees=3)
    mentees[0].person.sex = "f"
    mentees[0].person.save()
    MatchFactory(school=curator.school, mentor=mentors[0], mentee=mentees[0], approved=True)
    MatchFactory(school=curator.school, mentor=mentors[0], mentee=mentees[1])

    answer = log_in(curator).get("/pairs/fairness/")

    tables = dict(answer.context["tables"])
    [everybody] = tables["Все наставляемые"]
    assert (everybody.total, everybody.paired, everybody.proposed, everybody.alone) == (3, 1, 1, 1)
    assert [(row.name, row.total) for row in tables["По классам"]] == [("7 «Б»", 3)]
    assert {(row.name, row.paired) for row in tables["По полу"]} >= {("Женский", 1)}
    assert mentees[0].person.surname not in answer.content.decode()
    assert log_in(administrator_of(curator)).get("/pairs/fairness/").status_code == 403
