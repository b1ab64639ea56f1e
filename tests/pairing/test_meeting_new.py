"""The one screen on which a meeting is recorded, and the change and the removal of a record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.models import Event, Role
from pairing.models import Meeting, Mentorship, Place
from tests.factories import MatchFactory, PlaceFactory, SchoolFactory
from tests.families import Family, new_family
from tests.pairing.test_sendings import SENDINGS, at_once

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def new_pair() -> Family:
    """A pair that works since fifty days and had no meeting yet."""
    family = new_family(SchoolFactory())
    starts_on = timezone.localdate() - timedelta(days=50)
    Mentorship.objects.update(starts_on=starts_on, ends_on=starts_on + timedelta(days=200))
    Place.objects.update(joined_on=starts_on)
    family.meeting.attended.clear()
    Meeting.objects.all().delete()
    return family


def meet(family: Family) -> str:
    return f"/mentorships/{family.mentorship.pk}/meet/"


def mine(family: Family) -> str:
    return f"/mentorships/{family.mentorship.pk}/mine/"


def now(family: Family) -> datetime:
    return timezone.localtime(timezone=family.mentorship.school.zone)


def sent(family: Family, **values: Any) -> dict[str, Any]:
    moment = now(family) - timedelta(hours=1)
    proposed = (moment + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    return {
        "kind": "first",
        "day": moment.strftime("%Y-%m-%d"),
        "time": moment.strftime("%H:%M"),
        "minutes": "45",
        "summary": "Познакомились",
        "proposed": proposed,
        "next": proposed,
        **values,
    }


def test_a_next_meeting_in_a_year_of_three_digits_is_refused_in_words(log_in: LogIn) -> None:
    family = new_pair()
    values = sent(family, proposed="0999-01-01T00:00", next="0999-01-01T00:00")

    answer = log_in(family.actor_in(Role.MENTOR)).post(meet(family), values)

    assert (answer.status_code, Meeting.objects.count()) == (400, 0)


def test_everything_is_filled_in_but_what_was_agreed(log_in: LogIn) -> None:
    family = new_pair()

    page = log_in(family.actor_in(Role.MENTOR)).get(meet(family))

    form = page.context["form"]
    text = page.content.decode()
    assert (form["kind"].value(), form["minutes"].value()) == ("first", "45")
    assert (form["day"].value(), form.when.startswith("сегодня, ")) == (now(family).date(), True)
    assert form.proposed.date() == now(family).date() + timedelta(days=7)
    assert "Как прошла встреча?" in text
    assert "встреча 1" in text
    assert f"{family.mentee.surname} {family.mentee.given_name}, {family.mentee.class_name}" in text
    assert 'name="attended"' not in text


def test_a_mentor_records_a_meeting_by_one_button(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))

    answer = browser.post(meet(family), sent(family), follow=True)

    (meeting,) = Meeting.objects.all()
    assert answer.redirect_chain == [(mine(family), 302)]
    assert (meeting.kind, meeting.minutes, meeting.summary) == ("first", 45, "Познакомились")
    assert meeting.next_at == (meeting.held_at + timedelta(days=7))
    assert list(meeting.attended.all()) == [family.place]
    assert "Встреча записана. Следующая: " in answer.content.decode()


def test_another_length_and_another_day_are_taken(log_in: LogIn) -> None:
    family = new_pair()
    day = now(family).date() + timedelta(days=10)
    values = sent(
        family, minutes="other", other_minutes="33", next="choose", next_day=day.isoformat(), next_time="16:10"
    )

    log_in(family.actor_in(Role.MENTOR)).post(meet(family), values)

    (meeting,) = Meeting.objects.all()
    next_at = meeting.next_at
    assert meeting.minutes == 33
    assert next_at
    assert next_at.astimezone(family.mentorship.school.zone).strftime("%Y-%m-%d %H:%M") == f"{day} 16:10"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"minutes": "other"}, "Напишите, сколько минут длилась встреча."),
    ({"minutes": ""}, "Выберите, сколько длилась встреча."),
    ({"next": "choose"}, "Выберите день следующей встречи или отметьте, что он пока неизвестен."),
    ({"day": "2199-01-01"}, "Это время ещё не наступило."),
    ({"day": "0001-01-01"}, "По приказу эта пара работает с "),
    ({"day": "вчера"}, "День встречи"),
    ({"next": "choose", "next_day": "9999-12-31"}, "По приказу эта пара работает до "),
    ({"proposed": "9999-12-31T23:59", "next": "9999-12-31T23:59"}, "По приказу эта пара работает до "),
    ({"proposed": "<b>", "next": "<b>"}, "Когда следующая"),
    ({"kind": "secret"}, "Какая это встреча"),
    ({"summary": "я" * 4001, "note": "kept"}, "О чём договорились"),
]


@pytest.mark.parametrize(("values", "words"), WRONG)
def test_what_is_wrong_is_said_in_words_and_what_was_typed_is_kept(
    log_in: LogIn, values: dict[str, Any], words: str
) -> None:
    family = new_pair()
    given = sent(family, **values)

    answer = log_in(family.actor_in(Role.MENTOR)).post(meet(family), given)

    text = answer.content.decode()
    assert (answer.status_code, Meeting.objects.count()) == (400, 0)
    assert words in text
    assert given["summary"] in text


def test_a_second_meeting_on_one_day_is_asked_about_and_nothing_is_lost(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))
    assert "is_another" not in browser.get(meet(family)).content.decode()
    browser.post(meet(family), sent(family))

    answer = browser.post(meet(family), sent(family, summary="Ещё раз"))

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "уже записана. Если это была ещё одна, отметьте это и запишите снова." in text
    assert "Ещё раз" in text
    assert 'name="is_another"' in text
    assert browser.post(meet(family), sent(family, summary="Ещё раз", is_another="on")).status_code == 302
    assert Meeting.objects.count() == 2


def test_a_group_says_who_came(log_in: LogIn) -> None:
    family = new_pair()
    other = PlaceFactory(
        match=MatchFactory(school=family.mentorship.school, in_force=True, mentor=family.mentorship.mentor),
        mentorship=family.mentorship,
    )
    browser = log_in(family.actor_in(Role.MENTOR))

    page = browser.get(meet(family))
    nobody = browser.post(meet(family), sent(family))
    one = browser.post(meet(family), sent(family, attended=[other.pk]))

    assert page.context["form"]["attended"].value() == sorted([family.place.pk, other.pk], key=order)
    assert "Отметьте, кто пришёл." in nobody.content.decode()
    assert one.status_code == 302
    assert list(Meeting.objects.get().attended.all()) == [other]


def order(key: int) -> str:
    return str(Place.objects.get(pk=key).mentee.person.sort_key)


def test_the_planned_meeting_that_passed_is_proposed(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))
    browser.post(meet(family), sent(family))
    planned = timezone.now() - timedelta(minutes=5)
    Meeting.objects.update(next_at=planned)

    form = browser.get(meet(family) + "?planned").context["form"]

    assert form["kind"].value() == "trial"
    assert form["time"].value().strftime("%H:%M") == timezone.localtime(
        planned, family.mentorship.school.zone
    ).strftime("%H:%M")


def test_where_no_meeting_can_be_recorded_the_page_says_why_and_leads_back(log_in: LogIn) -> None:
    family = new_pair()
    Mentorship.objects.update(state="stopped", ended_on=timezone.localdate())

    answer = log_in(family.actor_in(Role.MENTOR)).get(meet(family), follow=True)

    assert answer.redirect_chain == [(mine(family), 302)]
    assert "Встречи записывают, пока действует приказ." in answer.content.decode()


def test_a_curator_records_it_for_the_mentor_and_the_record_says_so(log_in: LogIn) -> None:
    family = new_pair()
    curator = family.actor_in(Role.CURATOR)
    browser = log_in(curator)

    assert "Вы записываете встречу за наставника" in browser.get(meet(family)).content.decode()
    answer = browser.post(meet(family), sent(family), follow=True)

    assert curator.user
    assert answer.redirect_chain == [(f"/mentorships/{family.mentorship.pk}/", 302)]
    assert f"внесено куратором ({curator.user.short_name})" in answer.content.decode()


def test_others_are_kept_out(log_in: LogIn) -> None:
    family, stranger = new_pair(), new_family(SchoolFactory())

    answers = {role: log_in(family.actor_in(role)).get(meet(family)).status_code for role in Role}

    assert {role for role, status in answers.items() if status == 200} == {Role.MENTOR, Role.CURATOR}
    assert {status for status in answers.values() if status != 200} == {403}
    assert log_in(stranger.actor_in(Role.MENTOR)).get(meet(family)).status_code == 404
    assert log_in(stranger.actor_in(Role.CURATOR)).post(meet(family), sent(family)).status_code == 404
    assert not Meeting.objects.filter(mentorship=family.mentorship).exists()


def test_looking_and_recording_leave_one_line_each(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))
    before = Event.objects.count()

    browser.get(meet(family))
    browser.post(meet(family), sent(family))

    lines = Event.objects.order_by("pk").values_list("verb", "thing")[before:]
    assert list(lines) == [
        ("view", f"mentorship:{family.mentorship.pk}"),
        ("record", f"meeting:{Meeting.objects.get().pk}"),
    ]


def recorded(family: Family, browser: Client) -> Meeting:
    browser.post(meet(family), sent(family))
    return Meeting.objects.get()


def test_a_record_is_changed_on_the_same_screen(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))
    meeting = recorded(family, browser)
    address = f"/meetings/{meeting.pk}/edit/"

    form = browser.get(address).context["form"]
    answer = browser.post(address, sent(family, summary="Иначе", minutes="20", next="none"))

    meeting.refresh_from_db()
    assert (form["summary"].value(), form["minutes"].value()) == ("Познакомились", "45")
    assert answer["Location"] == mine(family)
    assert (meeting.summary, meeting.minutes, meeting.next_at) == ("Иначе", 20, None)


def test_a_record_is_removed_after_asking_once_more_and_sent_twice_gets_one_answer(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))
    address = f"/meetings/{recorded(family, browser).pk}/remove/"

    assert "Удалить эту запись?" in browser.get(address).content.decode()
    assert Meeting.objects.count() == 1
    answers = [browser.post(address, {"once": "token"}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [mine(family)] * 2
    assert (Meeting.objects.count(), Event.objects.filter(verb="remove").count()) == (0, 1)


def test_a_mentor_is_told_when_two_weeks_are_over(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))
    meeting = recorded(family, browser)
    Meeting.objects.update(recorded_at=timezone.now() - timedelta(days=15))

    for deed in ("edit", "remove"):
        answer = browser.get(f"/meetings/{meeting.pk}/{deed}/", follow=True)
        assert answer.redirect_chain == [(mine(family), 302)]
        assert "Записи больше 14 дней. Попросите куратора изменить её." in answer.content.decode()
    assert f"/meetings/{meeting.pk}/edit/" not in browser.get(mine(family)).content.decode()
    assert browser.post(f"/meetings/{meeting.pk}/remove/", {"once": "t"}).status_code == 302
    assert Meeting.objects.count() == 1


def test_a_record_sent_fifty_times_is_one(log_in: LogIn) -> None:
    family = new_pair()
    browser = log_in(family.actor_in(Role.MENTOR))
    values = sent(family, once="token")

    answers = [browser.post(meet(family), values) for _ in range(SENDINGS)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, mine(family))}
    assert Meeting.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_sendings_at_once_are_one_meeting(log_in: LogIn) -> None:
    family = new_pair()

    answers = at_once(log_in, family.actor_in(Role.MENTOR), meet(family), sent(family, once="token"))

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, mine(family))}
    assert (Meeting.objects.count(), Event.objects.filter(verb="record").count()) == (1, 1)
    print(f"sendings: {SENDINGS} of one meeting at once, {Meeting.objects.count()} meeting")
