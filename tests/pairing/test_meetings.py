"""Recording a meeting, changing the record and removing it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.actors import Actor, user_actor
from core.errors import DomainError
from core.models import Event, Membership, Role
from pairing.models import Meeting, Mentorship, Place
from pairing.services.meetings import (
    RecordedThatDay,
    change_meeting,
    kind_after,
    record_meeting,
    remove_meeting,
    why_not_changed,
    why_not_recorded,
)
from pairing.services.mentorships import end_mentorship, leave_place
from participants.models import ConsentState, Enrolment
from tests.factories import MatchFactory, MeetingFactory, MentorshipFactory, PlaceFactory, SchoolFactory, actor_of
from tests.families import Family, new_family

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate()


@pytest.fixture
def family() -> Family:
    """A pair that works since fifty days, without a meeting."""
    family = new_family(SchoolFactory())
    starts_on = TODAY - timedelta(days=50)
    Mentorship.objects.update(starts_on=starts_on, ends_on=TODAY + timedelta(days=100))
    Place.objects.update(joined_on=starts_on)
    for row in Meeting.objects.all():
        row.attended.clear()
        row.delete()
    return family


def mentor_of(family: Family) -> Actor:
    user = family.mentor.user
    assert user
    found = list(Membership.objects.filter(user=user).select_related("school"))
    return user_actor(user, found) if found else family.actor_in(Role.MENTOR)


def record(family: Family, by: Actor | None = None, **columns: Any) -> Meeting:
    mentorship = Mentorship.objects.get(pk=family.mentorship.pk)
    given: dict[str, Any] = {
        "kind": "regular",
        "held_at": NOW - timedelta(hours=1),
        "minutes": 45,
        "attended": [family.place],
    }
    return record_meeting(mentorship=mentorship, by=by or mentor_of(family), **given | columns)


def classmate(family: Family, **columns: object) -> Place:
    match = MatchFactory(school=family.mentorship.school, in_force=True, mentor=family.mentorship.mentor)
    given = {"joined_on": TODAY - timedelta(days=50)} | columns
    return PlaceFactory(match=match, mentorship=family.mentorship, **given)


def refusal_of(deed: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        deed()
    return str(refused.value)


def withdraw(enrolment: Enrolment) -> None:
    enrolment.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())


def verbs() -> list[str]:
    return list(Event.objects.filter(thing__startswith="meeting:").order_by("number").values_list("verb", flat=True))


def test_a_mentor_records_a_meeting_and_the_journal_has_one_line(family: Family) -> None:
    next_at = NOW + timedelta(days=7)

    meeting = record(family, kind="first", summary=" Познакомились. ", next_at=next_at)

    assert (meeting.kind, meeting.summary, meeting.next_at, meeting.minutes) == ("first", "Познакомились.", next_at, 45)
    assert list(meeting.attended.all()) == [family.place]
    assert meeting.recorded_by == family.mentor.user
    line = Event.objects.get(thing=f"meeting:{meeting.pk}")
    assert (line.verb, line.detail) == ("record", {"mentorship": family.mentorship.pk})


def test_a_curator_records_it_on_the_mentors_behalf_in_his_own_name(family: Family) -> None:
    curator = family.actor_in(Role.CURATOR)

    assert record(family, by=curator).recorded_by == curator.user


def strangers(family: Family) -> list[Actor]:
    school = family.mentorship.school
    return [
        new_family(school).actor_in(Role.MENTOR),
        actor_of(Role.CURATOR),
        *(family.actor_in(role) for role in (Role.MENTEE, Role.GUARDIAN, Role.ADMINISTRATOR, Role.PSYCHOLOGIST)),
        family.holder,
    ]


def test_nobody_else_records_changes_or_removes_one(family: Family) -> None:
    meeting = record(family)
    words = "Встречу записывает наставник пары или куратор с его слов."

    for actor in strangers(family):
        assert refusal_of(lambda actor=actor: record(family, by=actor)) == words  # type: ignore[misc]
        assert refusal_of(lambda actor=actor: remove_meeting(meeting=meeting, by=actor)) == words  # type: ignore[misc]
        assert why_not_changed(meeting, actor) == words
    assert Meeting.objects.filter(mentorship=family.mentorship).count() == 1


def test_no_meeting_without_an_order_in_force(family: Family) -> None:
    row = Mentorship.objects.get(pk=family.mentorship.pk)
    end_mentorship(mentorship=row, finished=True, on=TODAY, by=family.actor_in(Role.ADMINISTRATOR))
    row.refresh_from_db()

    assert refusal_of(lambda: record(family)).startswith("Работа этой пары закончилась ")
    assert why_not_recorded(row).startswith("Работа этой пары закончилась ")


def test_no_meeting_before_the_first_day_of_the_order(family: Family) -> None:
    Mentorship.objects.update(starts_on=TODAY + timedelta(days=2))

    assert refusal_of(lambda: record(family)).startswith("По приказу эта пара начинает работу ")


def test_nothing_is_recorded_of_a_withdrawn_person(family: Family) -> None:
    withdraw(family.place.mentee)
    assert refusal_of(lambda: record(family)) == ("Кто-то из отмеченных уже не в этой паре. Посмотрите список ещё раз.")
    assert why_not_recorded(Mentorship.objects.get(pk=family.mentorship.pk)) == (
        "Ни у кого из наставляемых согласие не действует, поэтому новое не записывается."
    )

    withdraw(family.mentorship.mentor)
    assert refusal_of(lambda: record(family)) == "Согласие наставника не действует, поэтому новое не записывается."


VALUES: list[tuple[dict[str, Any], str]] = [
    ({"held_at": NOW + timedelta(hours=1)}, "Это время ещё не наступило."),
    ({"held_at": NOW - timedelta(days=51)}, "По приказу эта пара работает с "),
    ({"held_at": datetime(1, 1, 1, tzinfo=NOW.tzinfo)}, "По приказу эта пара работает с "),
    ({"kind": "secret"}, "Выберите, какая это была встреча."),
    ({"minutes": 4}, "Встреча длится от 5 минут до 10 часов."),
    ({"minutes": 601}, "Встреча длится от 5 минут до 10 часов."),
    ({"next_at": NOW - timedelta(hours=1)}, "Следующая встреча должна быть позже этой."),
    ({"next_at": NOW + timedelta(days=102)}, "По приказу эта пара работает до "),
    ({"attended": []}, "Отметьте, кто пришёл."),
]


@pytest.mark.parametrize(("columns", "words"), VALUES)
def test_what_can_not_be_is_refused_in_words(family: Family, columns: dict[str, Any], words: str) -> None:
    assert refusal_of(lambda: record(family, **columns)).startswith(words)
    assert not Meeting.objects.exists()


def test_a_meeting_after_the_last_day_of_the_order_is_refused(family: Family) -> None:
    Mentorship.objects.update(ends_on=TODAY - timedelta(days=3))

    assert refusal_of(lambda: record(family)).startswith("По приказу эта пара работает до ")
    assert record(family, held_at=NOW - timedelta(days=4)).pk


def test_those_who_came_are_of_this_pair_and_were_in_it_then(family: Family) -> None:
    stranger, late = PlaceFactory(), classmate(family, joined_on=TODAY)
    gone = classmate(family, left_on=TODAY)

    for place in (stranger, gone):
        words = refusal_of(lambda place=place: record(family, attended=[place]))  # type: ignore[misc]
        assert words == "Кто-то из отмеченных уже не в этой паре. Посмотрите список ещё раз."
    words = refusal_of(lambda: record(family, attended=[late], held_at=NOW - timedelta(days=2)))
    assert words.startswith(f"{late.mentee.person.short_name} в группе с ")


def test_a_second_meeting_on_one_day_is_asked_about(family: Family) -> None:
    first = record(family, held_at=NOW - timedelta(days=2))

    with pytest.raises(RecordedThatDay):
        record(family, held_at=NOW - timedelta(days=2))
    second = record(family, held_at=NOW - timedelta(days=2), is_another=True)
    record(family, held_at=NOW - timedelta(days=3))

    assert Meeting.objects.count() == 3
    assert first.held_at == second.held_at


def test_two_of_a_group_may_each_meet_the_mentor_on_one_day(family: Family) -> None:
    other = classmate(family)

    record(family)
    record(family, attended=[other])

    with pytest.raises(RecordedThatDay):
        record(family, attended=[other, family.place])


def change(meeting: Meeting, by: Actor, **columns: Any) -> Meeting:
    given = {"kind": meeting.kind, "held_at": meeting.held_at, "minutes": meeting.minutes, "summary": meeting.summary}
    places = list(meeting.attended.filter(left_on=None))
    return change_meeting(meeting=meeting, by=by, **{**given, "attended": places, **columns})


def test_a_record_is_changed_and_the_day_of_it_may_stay(family: Family) -> None:
    meeting = record(family)

    change(meeting, mentor_of(family), summary="Иначе", minutes=20)

    meeting.refresh_from_db()
    assert (meeting.summary, meeting.minutes) == ("Иначе", 20)
    assert verbs() == ["record", "change"]


def test_a_record_moved_onto_a_day_that_has_one_is_asked_about(family: Family) -> None:
    record(family, held_at=NOW - timedelta(days=2))
    meeting = record(family)

    with pytest.raises(RecordedThatDay):
        change(meeting, mentor_of(family), held_at=NOW - timedelta(days=2))

    change(meeting, mentor_of(family), held_at=NOW - timedelta(days=2), is_another=True)


def test_who_came_and_left_since_stays_in_the_record(family: Family) -> None:
    other = classmate(family)
    meeting = record(family, attended=[family.place, other], held_at=NOW - timedelta(days=2))
    leave_place(place=other, reason="Переезд", on=TODAY, by=family.actor_in(Role.CURATOR))

    change(meeting, mentor_of(family), summary="Иначе")

    assert set(meeting.attended.all()) == {family.place, other}


def test_a_mentor_changes_his_record_for_14_days_and_the_curator_after_that(family: Family) -> None:
    meeting = record(family)
    Meeting.objects.update(recorded_at=NOW - timedelta(days=14, minutes=1))
    meeting.refresh_from_db()
    words = "Записи больше 14 дней. Попросите куратора изменить её."

    assert refusal_of(lambda: change(meeting, mentor_of(family))) == words
    assert refusal_of(lambda: remove_meeting(meeting=meeting, by=mentor_of(family))) == words

    change(meeting, family.actor_in(Role.CURATOR), summary="Иначе")
    Meeting.objects.update(recorded_at=NOW - timedelta(days=13))
    meeting.refresh_from_db()
    remove_meeting(meeting=meeting, by=mentor_of(family))
    assert not Meeting.objects.exists()


def test_a_removed_record_leaves_its_line_and_is_removed_once(family: Family) -> None:
    meeting = record(family)
    key = meeting.pk

    remove_meeting(meeting=Meeting.objects.get(pk=key), by=mentor_of(family))

    assert verbs() == ["record", "remove"]
    assert refusal_of(
        lambda: remove_meeting(meeting=Meeting(pk=key, mentorship=family.mentorship), by=mentor_of(family))
    ) == ("Эту запись тем временем удалили.")


def test_nothing_is_changed_once_the_work_has_ended(family: Family) -> None:
    meeting = MeetingFactory(mentorship=MentorshipFactory(school=family.mentorship.school, finished=True))

    assert why_not_changed(meeting, family.actor_in(Role.CURATOR)).startswith("Работа этой пары закончилась ")


def test_the_first_three_meetings_have_names_of_their_own() -> None:
    assert [kind_after(number).value for number in range(5)] == ["first", "trial", "planning", "regular", "regular"]
