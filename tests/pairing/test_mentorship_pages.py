"""Pairs at work: the list, one pair for those who keep the register, one pair for its own people, the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role, School
from pairing.models import Meeting, Mentorship, MentorshipState, Place
from pairing.services.mentorships import end_mentorship, leave_place
from participants.models import ConsentState, Enrolment
from tests.factories import MatchFactory, MeetingFactory, PlaceFactory, SchoolFactory, actor_of
from tests.families import Family, come_by_link, new_family

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PART = {"HX-Request": "true"}
TODAY = timezone.localdate()


@pytest.fixture
def school() -> School:
    return SchoolFactory()


def pair(school: School, mentor: str = "Наставников", days: int = 3) -> Family:
    """A pair of fifty days whose last meeting was so many days ago."""
    family = new_family(school)
    person = family.mentor
    person.surname = mentor
    person.save()
    Mentorship.objects.filter(pk=family.mentorship.pk).update(
        starts_on=TODAY - timedelta(days=50), ends_on=TODAY + timedelta(days=100)
    )
    Meeting.objects.filter(mentorship=family.mentorship).update(held_at=timezone.now() - timedelta(days=days))
    return Family(Place.objects.get(pk=family.place.pk))


def classmate(family: Family) -> Place:
    match = MatchFactory(school=family.mentorship.school, in_force=True, mentor=family.mentorship.mentor)
    return PlaceFactory(match=match, mentorship=family.mentorship, joined_on=family.place.joined_on)


def heads(page: bytes) -> list[str]:
    """The mentors at the head of the rows."""
    return re.findall(r'<th scope="row">\s*<a [^>]*>\s*(\w+)', page.decode())


def page_of(family: Family, name: str = "") -> str:
    return f"/mentorships/{family.mentorship.pk}/{name}"


def withdraw(enrolment: Enrolment) -> None:
    enrolment.person.consents.update(state=ConsentState.WITHDRAWN, ended_at=timezone.now())


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_pairs(
    log_in: LogIn, school: School, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        pair(school)
    browser = log_in(actor_of(Role.CURATOR, school))
    browser.get("/mentorships/")

    with django_assert_num_queries(12):
        answer = browser.get("/mentorships/", headers=PART)

    assert heads(answer.content) == ["Наставников"] * number


def test_the_silent_pairs_stand_first_and_the_rule_beside_them(log_in: LogIn, school: School) -> None:
    pair(school, "Абрикосов")
    pair(school, "Яблоков", days=21)
    browser = log_in(actor_of(Role.ADMINISTRATOR, school))

    page = browser.get("/mentorships/")
    silent = browser.get("/mentorships/", {"group": "silent"})

    text = page.content.decode()
    assert heads(page.content) == ["Яблоков", "Абрикосов"]
    assert heads(silent.content) == ["Яблоков"]
    assert "2 пары работают, 1 молчит" in text
    assert "21 день без встречи" in text
    assert "Пара молчит, если встреч нет 21 день или дольше" in text


def test_pairs_are_found_by_either_side_and_by_form(log_in: LogIn, school: School) -> None:
    first, second = pair(school, "Абрикосов"), pair(school, "Яблоков")
    browser = log_in(actor_of(Role.CURATOR, school))

    def found(**asked: str | int) -> list[str]:
        return heads(browser.get("/mentorships/", asked, headers=PART).content)

    assert found(q="абрик") == ["Абрикосов"]
    assert found(q=second.mentee.surname) == ["Яблоков"]
    assert found(form=first.mentorship.mentor.form_id) == ["Абрикосов"]
    assert found(form="nonsense", group="nonsense", page="x") == ["Абрикосов", "Яблоков"]
    assert "Такой пары здесь нет." in browser.get("/mentorships/", {"q": "никто"}).content.decode()


def test_pairs_whose_work_has_ended_stand_apart(log_in: LogIn, school: School) -> None:
    family = pair(school, "Абрикосов")
    end_mentorship(mentorship=family.mentorship, finished=True, on=TODAY, by=actor_of(Role.CURATOR, school))
    browser = log_in(actor_of(Role.CURATOR, school))

    page = browser.get("/mentorships/", {"group": "ended"})

    assert heads(page.content) == ["Абрикосов"]
    assert family.mentee.short_name in page.content.decode()
    assert "Сейчас ни одна пара не работает" in page.content.decode()


def test_a_list_shows_nothing_of_another_school(log_in: LogIn, school: School) -> None:
    pair(school)

    answer = log_in(actor_of(Role.CURATOR)).get("/mentorships/")

    assert heads(answer.content) == []
    assert "Когда приказ вступит в силу, здесь будут пары" in answer.content.decode()


def test_a_mentor_finds_his_own_pairs_there(log_in: LogIn, school: School) -> None:
    family, other = pair(school), pair(school)

    text = log_in(family.actor_in(Role.MENTOR)).get("/mentorships/").content.decode()

    assert family.mentee.full_name in text
    assert other.mentee.full_name not in text
    assert page_of(family, "meet/") in text
    nobody = log_in(actor_of(Role.MENTOR, school)).get("/mentorships/").content.decode()
    assert "У вас пока нет наставляемых" in nobody


# ---------------------------------------------------------------- one pair


def test_the_curator_sees_the_pair_its_ground_and_every_meeting(log_in: LogIn, school: School) -> None:
    family = pair(school)
    curator = log_in(family.actor_in(Role.CURATOR))

    text = curator.get(page_of(family)).content.decode()

    for words in (
        family.mentor.full_name,
        family.mentee.full_name,
        family.place.mentee.request,
        family.mentorship.ground,
        family.meeting.summary,
        page_of(family, "meet/"),
        page_of(family, "end/"),
    ):
        assert words in text
    head = log_in(family.actor_in(Role.ADMINISTRATOR)).get(page_of(family)).content.decode()
    assert page_of(family, "end/") in head
    assert page_of(family, "meet/") not in head


def test_after_a_withdrawal_neither_request_nor_text_is_shown(log_in: LogIn, school: School) -> None:
    family = pair(school)
    withdraw(family.place.mentee)

    pages = [
        log_in(family.actor_in(role)).get(page_of(family, name)).content.decode()
        for role, name in ((Role.CURATOR, ""), (Role.MENTOR, "mine/"), (Role.GUARDIAN, "mine/"))
    ]

    for text in pages:
        assert family.meeting.summary not in text
        assert family.place.mentee.request not in text
    assert family.mentee.surname not in pages[1]


def test_after_a_withdrawal_no_button_of_the_mentor_names_the_mentee(log_in: LogIn, school: School) -> None:
    family = pair(school)
    mentor = log_in(family.actor_in(Role.MENTOR))
    withdraw(family.place.mentee)

    at_work = mentor.get("/mentorships/").content.decode()
    Place.objects.update(left_on=TODAY)
    Mentorship.objects.update(state=MentorshipState.STOPPED, ended_on=TODAY)
    ended = mentor.get("/mentorships/").content.decode()

    assert (family.mentee.surname in at_work, family.mentee.surname in ended) == (False, False)


def test_the_mentor_sees_his_mentee_and_what_was_agreed(log_in: LogIn, school: School) -> None:
    family = pair(school)

    text = log_in(family.actor_in(Role.MENTOR)).get(page_of(family, "mine/")).content.decode()

    for words in (
        family.mentee.full_name,
        family.place.mentee.request,
        family.meeting.summary,
        page_of(family, "meet/"),
    ):
        assert words in text


@pytest.mark.parametrize("role", [Role.MENTEE, Role.GUARDIAN])
def test_the_family_sees_who_the_mentor_is_and_what_was_agreed(log_in: LogIn, school: School, role: Role) -> None:
    family = pair(school)
    next_at = timezone.now() + timedelta(days=4)
    Meeting.objects.update(next_at=next_at)

    text = log_in(family.actor_in(role)).get(page_of(family, "mine/")).content.decode()

    assert family.mentor.full_name in text
    assert family.meeting.summary in text
    assert "Следующая:" in text
    assert "/meetings/" not in text


def test_the_holder_of_a_link_sees_the_same(school: School) -> None:
    family, other = pair(school), pair(school)
    browser = come_by_link(Client(), family.link)

    text = browser.get(page_of(family, "mine/")).content.decode()

    assert family.mentor.full_name in text
    assert family.meeting.summary in text
    assert browser.get(page_of(other, "mine/")).status_code == 404
    assert family.mentor.full_name in browser.get("/my/").content.decode()


def test_each_of_a_group_sees_his_own_meetings_alone(log_in: LogIn, school: School) -> None:
    family = pair(school)
    other = classmate(family)
    alone = MeetingFactory(mentorship=family.mentorship, summary="Только с другим")
    alone.attended.set([other])

    text = log_in(family.actor_in(Role.MENTEE)).get(page_of(family, "mine/")).content.decode()

    assert "Только с другим" not in text
    assert other.mentee.person.surname not in text


def test_a_former_mentor_sees_nothing_of_what_came_later(log_in: LogIn, school: School) -> None:
    """His own earlier records and the name stay his; the class, the request and all that follows are not shown."""
    family, successor = pair(school), pair(school, "Преемников")
    mentor = log_in(family.actor_in(Role.MENTOR))
    end_mentorship(
        mentorship=family.mentorship, finished=False, reason="Переезд", on=TODAY, by=family.actor_in(Role.CURATOR)
    )
    enrolment = family.place.mentee
    PlaceFactory(
        match=MatchFactory(school=school, in_force=True, mentor=successor.mentorship.mentor, mentee=enrolment),
        mentorship=successor.mentorship,
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(request="Новый запрос")
    person = family.mentee
    person.class_name = "8 «Г»"
    person.save()
    later = MeetingFactory(mentorship=successor.mentorship, summary="Позже")

    text = mentor.get(page_of(family, "mine/")).content.decode()

    assert "Разобрали задачи на проценты" in text
    for words in ("Новый запрос", "8 «Г»", "Позже", page_of(family, "meet/")):
        assert words not in text
    assert mentor.get(page_of(successor, "mine/")).status_code == 404
    assert mentor.get(f"/meetings/{later.pk}/edit/").status_code == 404
    home = mentor.get("/").content.decode()
    assert person.surname not in home


def test_a_mentor_no_longer_sees_the_class_and_request_of_who_left_the_group(log_in: LogIn, school: School) -> None:
    family = pair(school)
    other = classmate(family)
    Enrolment.objects.filter(pk=other.mentee_id).update(request="Запрос того, кто вышел")
    leave_place(place=other, reason="Переезд", on=TODAY, by=family.actor_in(Role.CURATOR))

    text = log_in(family.actor_in(Role.MENTOR)).get(page_of(family, "mine/")).content.decode()

    assert "Запрос того, кто вышел" not in text
    assert family.place.mentee.request in text


def test_each_page_of_a_pair_leaves_one_line_in_the_journal(log_in: LogIn, school: School) -> None:
    family = pair(school)
    for role, name in ((Role.CURATOR, ""), (Role.CURATOR, "end/"), (Role.MENTOR, "mine/"), (Role.GUARDIAN, "mine/")):
        actor = family.actor_in(role) if name != "end/" else actor_of(role, school)
        browser, before = log_in(actor), Event.objects.count()

        browser.get(page_of(family, name))

        lines = Event.objects.order_by("pk").values_list("verb", "thing", "actor")[before:]
        assert list(lines) == [("view", f"mentorship:{family.mentorship.pk}", actor.pseudonym)]


# ---------------------------------------------------------------- the end


def end(browser: Client, family: Family, **values: object) -> tuple[int, str]:
    answer = browser.post(page_of(family, "end/"), {"how": "finished", "on": TODAY.isoformat(), **values}, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_work_of_a_pair_is_ended_after_asking(log_in: LogIn, school: School) -> None:
    family = pair(school)
    browser = log_in(family.actor_in(Role.ADMINISTRATOR))
    assert "Завершить работу этой пары?" in browser.get(page_of(family, "end/")).content.decode()
    assert family.mentorship.state == MentorshipState.ACTIVE

    status, text = end(browser, family)

    row = Mentorship.objects.get(pk=family.mentorship.pk)
    assert (status, row.state, row.ended_on) == (200, "finished", TODAY)
    assert "Работа пары закончена." in text
    assert "Работа этой пары уже закончилась." in browser.get(page_of(family, "end/"), follow=True).content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"how": "stopped"}, "Напишите, почему работа прекращается раньше срока."),
        ({"on": "2199-01-01"}, "Последний день не может быть в будущем."),
        ({"on": "0001-01-01"}, "Последний день раньше первого"),
        ({"on": ""}, "Последний день работы"),
        ({"how": "never"}, "Как заканчивается"),
    ],
)
def test_an_end_that_can_not_be_is_refused_in_words(
    log_in: LogIn, school: School, values: dict[str, str], words: str
) -> None:
    family = pair(school)

    status, text = end(log_in(family.actor_in(Role.CURATOR)), family, **values)

    assert (status, words in text) == (400, True)
    assert Mentorship.objects.get(pk=family.mentorship.pk).state == MentorshipState.ACTIVE


def test_one_of_a_group_leaves_and_the_others_go_on(log_in: LogIn, school: School) -> None:
    family = pair(school)
    other = classmate(family)
    browser = log_in(family.actor_in(Role.CURATOR))

    completed = end(browser, family, who=other.pk)
    left = end(browser, family, who=other.pk, how="stopped", reason="Переезд")

    assert "Один наставляемый выходит из группы раньше срока" in completed[1]
    assert "Наставляемый вышел из группы." in left[1]
    other.refresh_from_db()
    assert (other.left_on, Place.objects.get(pk=family.place.pk).left_on) == (TODAY, None)


def test_an_end_sent_twice_gets_one_answer(log_in: LogIn, school: School) -> None:
    family = pair(school)
    browser = log_in(family.actor_in(Role.CURATOR))
    values = {"how": "finished", "on": TODAY.isoformat(), "once": "token"}

    answers = [browser.post(page_of(family, "end/"), values) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [page_of(family)] * 2
    assert Event.objects.filter(verb="move", to_state="finished").count() == 1


KEEPERS, OWN = {Role.CURATOR, Role.ADMINISTRATOR}, {Role.MENTOR, Role.MENTEE, Role.GUARDIAN}


@pytest.mark.parametrize(("name", "allowed"), [("", KEEPERS), ("end/", KEEPERS), ("mine/", OWN)])
def test_a_page_of_a_pair_is_open_to_whom_it_is_for(
    log_in: LogIn, school: School, name: str, allowed: set[Role]
) -> None:
    family, other = pair(school), new_family(SchoolFactory())
    browsers = {role: log_in(family.actor_in(role)) for role in Role}

    here = {role for role, browser in browsers.items() if browser.get(page_of(family, name)).status_code == 200}
    there = {browsers[role].get(page_of(other, name)).status_code for role in allowed}
    refused = {browsers[role].get(page_of(family, name)).status_code for role in set(Role) - allowed}

    assert (here, there, refused) == (allowed, {404}, {403})
