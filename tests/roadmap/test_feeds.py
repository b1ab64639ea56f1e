"""Calendars at secret addresses, read by a calendar library that did not write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.actors import Actor
from core.models import Event, Role
from roadmap.almanac import Entry, write_calendar
from roadmap.models import CalendarFeed, Duty, Programme
from roadmap.services.feeds import renew_feed, revoke_feed
from tests.factories import ActivityFactory, ProgrammeFactory, ResponsibleFactory, WindowFactory, actor_of
from tests.roadmap.test_reminders import TODAY, programme_with

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def shown(address: str) -> list[Any]:
    """What stands in the calendar at this address, for anybody."""
    assert address.startswith(settings.SITE_URL)
    answer = Client().get(address.removeprefix(settings.SITE_URL))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(vobject.readOne(answer.content.decode()).contents.get("vevent", []))


def titles(address: str) -> list[str]:
    return [event.summary.value for event in shown(address)]


def test_whole_days_are_read_as_they_were_meant_over_leap_days_and_new_years() -> None:
    days = [
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2026, 9, 1), date(2027, 5, 31)),
    ]
    entries = [
        Entry(f"window-{first}", "Встреча; «пары», и\nгруппы", "", first, last, False, "") for first, last in days
    ]

    read = vobject.readOne(write_calendar("Дорожная карта", entries, host="school.test").decode())

    assert [(event.dtstart.value, event.dtend.value - timedelta(days=1)) for event in read.vevent_list] == days
    assert {event.summary.value for event in read.vevent_list} == {"Встреча; «пары», и группы"}
    assert {event.uid.value for event in read.vevent_list} == {f"window-{first}@school.test" for first, _last in days}


def test_lines_are_folded_as_the_standard_asks_and_the_same_plan_gives_the_same_bytes() -> None:
    entry = Entry("window-1", "Очень длинное мероприятие " * 20, "Этап", TODAY, TODAY, True, "https://school.test/")

    written = write_calendar("Карта", [entry], host="school.test")

    assert written == write_calendar("Карта", [entry], host="school.test")
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert vobject.readOne(written.decode()).vevent.summary.value.startswith("Сделано: Очень длинное")


def test_a_curator_sees_everything_and_others_what_is_theirs() -> None:
    programme = programme_with(TODAY, duty=Duty.PSYCHOLOGIST, text="Для психолога")
    other = ActivityFactory(stage=programme.stages.get(), place=2, text="Для наставников")
    ResponsibleFactory(activity=other, duty=Duty.MENTOR)
    WindowFactory(activity=other, cycle=programme.cycles.get())
    WindowFactory(activity=other, cycle=programme.cycles.get(), starts_on=None, ends_on=None)
    programme_with(TODAY, text="Чужое")
    people = {role: actor_of(role, programme.school) for role in (Role.CURATOR, Role.PSYCHOLOGIST, Role.MENTOR)}

    seen = {role: titles(renew_feed(programme=None, by=actor)) for role, actor in people.items()}

    assert {role: {title.partition(" ")[2] for title in found} for role, found in seen.items()} == {
        Role.CURATOR: {"Для наставников", "Для психолога"},
        Role.PSYCHOLOGIST: {"Для психолога"},
        Role.MENTOR: {"Для наставников"},
    }


def test_a_calendar_of_a_programme_holds_that_programme() -> None:
    programme = programme_with(TODAY, text="Это")
    programme_with(TODAY, school=programme.school, text="Другое")
    reader = actor_of(Role.CLASS_TEACHER, programme.school)

    [event] = shown(renew_feed(programme=programme, by=reader))

    assert event.summary.value.endswith("Это")
    assert event.url.value == f"{settings.SITE_URL}/programmes/{programme.pk}/"
    assert (event.dtstart.value, event.dtend.value) == (TODAY - timedelta(days=40), TODAY + timedelta(days=1))


def dead_addresses() -> dict[str, str]:
    """Addresses that show nothing, by why."""
    programme = programme_with(TODAY)
    curator = actor_of(school=programme.school)
    renewed = renew_feed(programme=None, by=curator)
    altered = renew_feed(programme=None, by=curator)[:-5] + "x.ics"
    revoked = renew_feed(programme=programme, by=curator)
    revoke_feed(feed=CalendarFeed.objects.get(programme=programme), by=curator)
    left = actor_of(Role.PSYCHOLOGIST, programme.school)
    of_who_left = renew_feed(programme=None, by=left)
    assert left.membership
    left.membership.ended_at = timezone.now()
    left.membership.save()
    locked = actor_of(Role.PSYCHOLOGIST, programme.school)
    of_locked = renew_feed(programme=None, by=locked)
    assert locked.user
    locked.user.is_active = False
    locked.user.save()
    unknown = re.sub(r"calendars/.*", "calendars/unknown.ics", renewed)
    return {
        "renewed": renewed,
        "altered": altered,
        "revoked": revoked,
        "left": of_who_left,
        "locked": of_locked,
        "unknown": unknown,
    }


def test_dead_addresses_answer_alike() -> None:
    answers = [Client().get(address.removeprefix(settings.SITE_URL)) for address in dead_addresses().values()]

    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_a_mentor_who_may_not_read_the_roadmap_gets_no_calendar_of_it(log_in: LogIn) -> None:
    programme = programme_with(TODAY, duty=Duty.MENTOR)
    mentor = log_in(actor_of(Role.MENTOR, programme.school))

    answer = mentor.post(reverse("roadmap:feed_renew"), {"programme": programme.pk})

    assert (answer.status_code, CalendarFeed.objects.count()) == (404, 0)


def test_the_address_is_shown_once_and_kept_as_a_digest(log_in: LogIn) -> None:
    programme = programme_with(TODAY)
    curator = actor_of(school=programme.school)
    browser = log_in(curator)

    page = browser.post(reverse("roadmap:feed_renew")).content.decode()
    found = re.search(r'value="(\S+/calendars/(\S+)\.ics)"', page)

    assert found
    assert len(shown(found[1])) == 1
    assert found[2] not in browser.get(reverse("roadmap:reminder_settings")).content.decode()
    assert found[2] not in str(CalendarFeed.objects.values()) + str(Event.objects.values())
    assert "Новый адрес" in browser.get(reverse("roadmap:reminder_settings")).content.decode()


def test_only_ones_own_address_is_taken_back(log_in: LogIn) -> None:
    programme = programme_with(TODAY)
    curator = actor_of(school=programme.school)
    address = renew_feed(programme=None, by=curator)
    revoke = reverse("roadmap:feed_revoke", args=(CalendarFeed.objects.get().pk,))

    stranger = log_in(actor_of(school=programme.school)).post(revoke).status_code
    alive = len(titles(address))
    own = log_in(curator).post(revoke).status_code

    assert (stranger, alive, own, CalendarFeed.objects.count()) == (404, 1, 302, 0)


def test_another_schools_programme_gives_no_address(log_in: LogIn) -> None:
    theirs: Programme = ProgrammeFactory()

    answer = log_in(actor_of()).post(reverse("roadmap:feed_renew"), {"programme": theirs.pk})

    assert (answer.status_code, CalendarFeed.objects.count()) == (404, 0)
