"""Who gets what: set by the activity, chosen by the person, put to rest for a while or for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Notice, Role, School
from core.sweep import run_sweep
from roadmap.models import About, Activity, Duty, Programme, Quiet, Reminded, ReminderChoice
from roadmap.services.quiet import NotADayAhead, choose_letters, put_to_rest, set_reminding, wake
from roadmap.services.reminders import plan_digests
from tests.factories import (
    ActivityFactory,
    MembershipFactory,
    ProgrammeFactory,
    QuietFactory,
    ResponsibleFactory,
    actor_of,
)
from tests.post import PostOffice
from tests.roadmap.test_reminders import TODAY, at, curator_of, programme_with, text_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def psychologist_of(school: School) -> Actor:
    return actor_of(Role.PSYCHOLOGIST, school)


def the_activity(programme: Programme) -> Activity:
    return Activity.objects.get(stage__programme=programme)


@pytest.mark.parametrize(
    ("reminded", "psychologist", "curator"),
    [(Reminded.RESPONSIBLE, True, True), (Reminded.CURATOR, False, True), (Reminded.NOBODY, False, False)],
)
def test_an_activity_says_whom_its_letters_go_to(reminded: str, psychologist: bool, curator: bool) -> None:
    programme = programme_with(TODAY, duty=Duty.PSYCHOLOGIST)
    one, other = psychologist_of(programme.school), curator_of(programme)
    set_reminding(activity=the_activity(programme), reminded=reminded, days=None, by=actor_of(school=programme.school))
    Notice.objects.all().delete()

    with at(8, 0):
        plan_digests()

    written_to = set(Notice.objects.values_list("user_id", flat=True))
    assert (one.user_id in written_to, other.user_id in written_to) == (psychologist, curator)


def test_an_activity_says_how_many_days_ahead() -> None:
    programme = programme_with(TODAY + timedelta(days=30))
    curator = curator_of(programme)

    with at(8, 0):
        assert plan_digests() == 0
        set_reminding(activity=the_activity(programme), reminded=Reminded.RESPONSIBLE, days=[30, 4], by=actor_of())
        assert plan_digests() == 1

    assert the_activity(programme).remind_days == [30]
    assert Notice.objects.get().user_id == curator.user_id


@pytest.mark.parametrize(
    ("about", "ahead", "late"),
    [
        (About.EVERYTHING, True, True),
        (About.NAMED, False, True),
        (About.LATE, False, True),
        (About.NOTHING, False, False),
    ],
)
def test_a_curator_chooses_how_much_a_letter_tells(about: str, ahead: bool, late: bool) -> None:
    told = []
    for closing in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        programme = programme_with(closing, duty=Duty.MENTOR)
        curator = actor_of(school=programme.school)
        choose_letters(about=about, by=curator)
        with at(8, 0):
            plan_digests()
        told.append(Notice.objects.filter(user=curator.user).exists())

    assert told == [ahead, late]


def test_who_wants_only_what_names_him_hears_of_that_alone() -> None:
    school = programme_with(TODAY, duty=Duty.PSYCHOLOGIST, text="Для всех психологов").school
    named = programme_with(TODAY, school=school, duty=Duty.PSYCHOLOGIST, text="Для одного")
    one, other = psychologist_of(school), psychologist_of(school)
    the_activity(named).responsible.update(member=one.membership)
    choose_letters(about=About.NAMED, by=one)
    choose_letters(about=About.NAMED, by=other)

    with at(8, 0):
        plan_digests()

    assert list(Notice.objects.values_list("user_id", flat=True)) == [one.user_id]


def test_what_is_put_to_rest_is_named_again_on_its_day_and_to_others_all_along(post_office: PostOffice) -> None:
    programme = programme_with(TODAY + timedelta(days=7), text="Обучение наставников")
    tired, other = curator_of(programme), curator_of(programme)
    QuietFactory(user=tired.user, activity=the_activity(programme), until=TODAY + timedelta(days=6))

    for day in (TODAY, TODAY + timedelta(days=6)):
        with at(8, 0, day=day):
            run_sweep()

    addresses = [str(letter["To"]) for letter in post_office.letters]
    assert sorted(addresses) == sorted([other.user.email, tired.user.email, other.user.email])


def test_what_was_put_to_rest_for_good_is_in_no_letter_though_others_things_are(post_office: PostOffice) -> None:
    programme = programme_with(TODAY, text="Надоевшее")
    curator = curator_of(programme)
    QuietFactory(user=curator.user, activity=the_activity(programme))
    programme_with(TODAY, school=programme.school, text="Нужное")

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    assert ("Нужное" in text_of(letter), "Надоевшее" in text_of(letter)) == (True, False)


def test_a_curator_is_told_of_what_others_left_undone_and_who_answers(post_office: PostOffice) -> None:
    programme = programme_with(TODAY - timedelta(days=1), duty=Duty.PSYCHOLOGIST, text="Анкетирование")
    the_activity(programme).responsible.update(role="Педагог-психолог")
    ResponsibleFactory(
        activity=the_activity(programme),
        place=2,
        duty=Duty.CLASS_TEACHER,
        role="Классные руководители",
        name="Л. Д. Юрьева",
    )
    curator_of(programme)

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    assert (
        "нужно было сделать до 23 октября: Анкетирование (отвечает: Педагог-психолог, Классные руководители)"
        in text_of(letter)
    )
    assert "Юрьева" not in text_of(letter)


@pytest.mark.parametrize(
    ("closing", "told_on"),
    [
        (
            date(2028, 2, 29),
            [date(2028, 2, 15), date(2028, 2, 22), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)],
        ),
        (
            date(2026, 12, 31),
            [date(2026, 12, 17), date(2026, 12, 24), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)],
        ),
        (
            date(2027, 1, 1),
            [date(2026, 12, 18), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)],
        ),
    ],
)
def test_letters_come_on_the_right_days_over_a_leap_day_and_a_new_year(closing: date, told_on: list[date]) -> None:
    programme = programme_with(closing)
    programme.cycles.update(ends_on=date(2029, 8, 31))
    curator_of(programme)

    for offset in range(-16, 3):
        with at(8, 0, day=closing + timedelta(days=offset)):
            plan_digests()

    days = sorted(date.fromisoformat(notice.payload["day"]) for notice in Notice.objects.all())
    assert days == told_on


@pytest.mark.parametrize("schools", [1, 60])
def test_a_region_is_planned_in_batches(schools: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(schools):
        curator_of(programme_with(TODAY))

    with at(8, 0), django_assert_num_queries(1 + 6 * (1 if schools == 1 else 2)):
        assert plan_digests() == schools


def test_choices_are_kept_once_and_journaled() -> None:
    programme = programme_with(TODAY)
    actor, activity = actor_of(school=programme.school), the_activity(programme)

    with at(12):
        for until in (TODAY + timedelta(days=7), None):
            put_to_rest(activity=activity, until=until, by=actor)
        for about in (About.LATE, About.EVERYTHING):
            choose_letters(about=about, by=actor)
        with pytest.raises(NotADayAhead):
            put_to_rest(activity=activity, until=TODAY, by=actor)
    rested = list(Quiet.objects.values_list("until", flat=True))
    wake(activity=activity, by=actor)
    wake(activity=activity, by=actor)

    assert (rested, Quiet.objects.count(), ReminderChoice.objects.get().about) == ([None], 0, About.EVERYTHING)
    verbs = list(Event.objects.filter(actor=actor.pseudonym).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["put_to_rest", "put_to_rest", "choose_letters", "choose_letters", "wake"]


# ---------------------------------------------------------------- the pages


@pytest.mark.parametrize(
    ("sent", "until"),
    [({"do": "week"}, 7), ({"do": "month"}, 30), ({"do": "good"}, None), ({"do": "day", "until": "2026-10-30"}, 6)],
)
def test_an_activity_is_put_to_rest_from_its_page(log_in: LogIn, sent: dict[str, str], until: int | None) -> None:
    programme = programme_with(TODAY)
    activity, actor = the_activity(programme), actor_of(Role.CLASS_TEACHER, programme.school)

    with at(12):
        answer = log_in(actor).post(reverse("roadmap:activity_rest", args=(activity.pk,)), sent)

    assert answer.status_code == 302
    assert Quiet.objects.get().until == (until and TODAY + timedelta(days=until))


@pytest.mark.parametrize("until", ["", "2026-10-24", "завтра"])
def test_a_day_that_makes_no_sense_is_refused_in_words(log_in: LogIn, until: str) -> None:
    programme = programme_with(TODAY)
    address = reverse("roadmap:activity_rest", args=(the_activity(programme).pk,))

    with at(12):
        answer = log_in(actor_of(school=programme.school)).post(address, {"do": "day", "until": until})

    assert (answer.status_code, Quiet.objects.count()) == (400, 0)
    assert "is-invalid" in answer.content.decode()


def test_an_unknown_deed_changes_nothing(log_in: LogIn) -> None:
    programme = programme_with(TODAY)
    address = reverse("roadmap:activity_rest", args=(the_activity(programme).pk,))

    assert log_in(actor_of(school=programme.school)).post(address, {"do": "century"}).status_code == 302
    assert Quiet.objects.count() == 0


def test_a_mentor_reaches_what_is_his_to_see_done_and_nothing_else(log_in: LogIn) -> None:
    programme = programme_with(TODAY, duty=Duty.MENTOR)
    others = ActivityFactory(stage=programme.stages.get(), place=2)
    mentor = log_in(actor_of(Role.MENTOR, programme.school))

    answers = [
        mentor.get(reverse("roadmap:activity_reminders", args=(key,))).status_code
        for key in (the_mentors(programme).pk, others.pk, ActivityFactory().pk)
    ]

    assert answers == [200, 404, 404]


def the_mentors(programme: Programme) -> Activity:
    return Activity.objects.get(stage__programme=programme, responsible__duty=Duty.MENTOR)


def test_the_curator_sets_for_everyone_and_others_do_not(log_in: LogIn) -> None:
    programme = programme_with(TODAY)
    activity = the_activity(programme)
    address = reverse("roadmap:activity_reminding", args=(activity.pk,))
    sent = {"reminded": "curator", "days": ["30", "0"]}

    answers = [
        log_in(actor).post(address, sent).status_code
        for actor in (actor_of(Role.ADMINISTRATOR, programme.school), actor_of(), actor_of(school=programme.school))
    ]
    activity.refresh_from_db()

    assert (answers, activity.reminded, activity.remind_days) == ([403, 404, 302], "curator", [30, 0])
    usual = log_in(actor_of(school=programme.school)).post(
        address, {"reminded": "responsible", "days": ["14", "7", "1", "0"]}
    )
    activity.refresh_from_db()
    assert (usual.status_code, activity.remind_days) == (302, None)
    assert log_in(actor_of(school=programme.school)).post(address, {"reminded": "all"}).status_code == 400


def test_the_page_of_reminders_shows_what_rests_and_takes_the_choice(log_in: LogIn) -> None:
    activity = the_activity(programme_with(TODAY, text="Отложенное"))
    actor = actor_of(school=activity.stage.programme.school)
    QuietFactory(user=actor.user, activity=activity)
    QuietFactory(activity=ActivityFactory(text="Чужое"), user=actor.user)
    browser, address = log_in(actor), reverse("roadmap:reminder_settings")

    page = browser.get(address).content.decode()
    answers = [browser.post(address, {"about": about}).status_code for about in ("late", "gossip")]

    assert ("Отложенное" in page, "Чужое" in page) == (True, False)
    assert (answers, ReminderChoice.objects.get().about) == ([302, 400], "late")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_reminders_asks_the_same_for_few_and_many(
    log_in: LogIn, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = ProgrammeFactory()
    actor = actor_of(school=programme.school)
    for _row in range(rows):
        QuietFactory(user=actor.user, activity=the_activity(programme_with(TODAY, school=programme.school)))
        MembershipFactory(school=programme.school)
    browser = log_in(actor)
    browser.get(reverse("roadmap:reminder_settings"))

    with django_assert_num_queries(7):
        assert browser.get(reverse("roadmap:reminder_settings")).status_code == 200
