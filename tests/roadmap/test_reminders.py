"""The letter of the day from planning to a real mail server, under clocks of our own."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import Membership, Notice, NoticeState, Role, School
from core.models.school import RUSSIAN_ZONES
from core.notices import send_due_notices
from core.sweep import run_sweep
from roadmap.letters import write_digest
from roadmap.models import Duty, Programme, Window, WindowState
from roadmap.services.reminders import plan_digests
from tests.factories import (
    ActivityFactory,
    CycleFactory,
    MembershipFactory,
    ProgrammeFactory,
    ResponsibleFactory,
    SchoolFactory,
    StageFactory,
    UserFactory,
    WindowFactory,
    actor_of,
)
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 24)
ZONES = [zone for zone, _label in RUSSIAN_ZONES]


def at(hour: int, minute: int = 0, *, zone: str = "Europe/Moscow", day: date = TODAY) -> time_machine.travel:
    """The clock stands at this time of this zone."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)), tick=False)


def programme_with(
    *closings: date, school: School | None = None, duty: str = Duty.CURATOR, text: str = "Обучение наставников"
) -> Programme:
    """A running programme with one activity, and a window that closes on each of these days."""
    programme = ProgrammeFactory(**({"school": school} if school else {}))
    cycle = CycleFactory(programme=programme)
    activity = ActivityFactory(stage=StageFactory(programme=programme, place=1), place=1, text=text)
    ResponsibleFactory(activity=activity, duty=duty, place=1)
    for closing in closings:
        WindowFactory(activity=activity, cycle=cycle, starts_on=closing - timedelta(days=40), ends_on=closing)
    return programme


def curator_of(programme: Programme, **fields: object) -> Membership:
    return MembershipFactory(school=programme.school, role=Role.CURATOR, **fields)


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content())


def subject_of(letter: EmailMessage) -> str:
    """A long subject is folded after its name, and the parser keeps that space."""
    return str(letter["Subject"]).strip()


def states() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("state", flat=True))


def test_a_curator_gets_one_letter_by_smtp_with_the_day_in_front(post_office: PostOffice) -> None:
    programme = programme_with(TODAY + timedelta(days=7), text="Закрепление пар приказом")
    curator = curator_of(programme, user=UserFactory(email="a@school.test", given_name="Зоя", patronymic="Ильинична"))

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    link = f"{settings.SITE_URL}/as/{curator.pk}/?next=/programmes/{programme.pk}/"
    assert (letter["To"], subject_of(letter)) == ("a@school.test", "31 октября: закрепление пар приказом")
    assert text_of(letter).splitlines() == [
        "Здравствуйте, Зоя Ильинична!",
        "",
        str(programme.school),
        "",
        "Через 7 дней, 31 октября",
        "– последний день: Закрепление пар приказом",
        "",
        "Посмотреть и отметить сделанное:",
        link,
        "",
        (
            "Письмо приходит не чаще раза в день, когда у дела начинается или кончается срок. "
            "О том, что отмечено сделанным, больше не напоминаем."
        ),
        "",
        f"Получать меньше писем: {settings.SITE_URL}/as/{curator.pk}/?next=/reminders/",
        "",
        "Ступени",
    ]
    [notice] = Notice.objects.all()
    assert (notice.key, notice.state, notice.school_id) == (
        f"digest:{curator.user_id}:2026-10-24",
        NoticeState.SENT,
        programme.school_id,
    )


@pytest.mark.parametrize("zone", ZONES)
def test_the_letter_waits_for_eight_in_the_morning_of_the_school_in_every_zone(
    zone: str, post_office: PostOffice
) -> None:
    curator_of(programme_with(TODAY, school=SchoolFactory(time_zone=zone)))
    counts = []

    for hour, minute in ((0, 0), (7, 59), (8, 0), (20, 59)):
        with at(hour, minute, zone=zone):
            run_sweep()
            counts.append(len(post_office.letters))

    assert counts == [0, 0, 1, 1]
    assert Notice.objects.get().due_at == datetime(2026, 10, 24, 8, tzinfo=ZoneInfo(zone))


def test_through_three_days_each_zone_is_written_to_once_and_by_daylight(post_office: PostOffice) -> None:
    for zone in ZONES:
        programme = programme_with(TODAY + timedelta(days=14), school=SchoolFactory(time_zone=zone, short_name=zone))
        curator_of(programme, user=UserFactory(email=f"{zone.split('/')[1].lower()}@school.test"))
    hours: dict[str, int] = {}

    for step in range(3 * 48):
        moment = datetime(2026, 10, 23, tzinfo=UTC) + timedelta(minutes=30 * step)
        with time_machine.travel(moment, tick=False):
            before = len(post_office.letters)
            run_sweep()
            for letter in post_office.letters[before:]:
                zone = next(zone for zone in ZONES if zone in text_of(letter))
                assert zone not in hours
                hours[zone] = moment.astimezone(ZoneInfo(zone)).hour

    assert hours == dict.fromkeys(ZONES, 8)


def test_nothing_is_planned_or_sent_at_night(post_office: PostOffice) -> None:
    curator_of(programme_with(TODAY))

    with at(21, 0):
        run_sweep()

    assert (states(), post_office.letters) == ([], [])


def test_a_letter_that_could_not_go_by_day_does_not_go_at_night(post_office: PostOffice) -> None:
    curator_of(programme_with(TODAY))
    with at(20, 59):
        plan_digests()

    with at(21, 0):
        assert send_due_notices() == 0

    assert (states(), post_office.letters) == ([NoticeState.NEEDLESS], [])


def test_planning_and_sending_twice_sends_once(post_office: PostOffice) -> None:
    curator_of(programme_with(TODAY))

    with at(8, 0):
        assert (plan_digests(), plan_digests()) == (1, 0)
        run_sweep()
        run_sweep()
    with at(15, 0):
        run_sweep()

    assert (states(), len(post_office.letters)) == ([NoticeState.SENT], 1)


@pytest.mark.postgres
def test_two_planners_at_once_queue_one_letter_each(transactional_db: None) -> None:
    programme = programme_with(TODAY)
    people = [curator_of(programme).user_id for _ in range(20)]
    start = threading.Barrier(2)

    def plan() -> None:
        start.wait()
        try:
            plan_digests()
        finally:
            connection.close()

    with at(8, 0):
        planners = [threading.Thread(target=plan) for _ in range(2)]
        for planner in planners:
            planner.start()
        for planner in planners:
            planner.join()

    assert sorted(Notice.objects.values_list("user_id", flat=True)) == people


def test_after_three_days_of_standstill_only_todays_letter_goes_out(post_office: PostOffice) -> None:
    programme = programme_with(*(TODAY + timedelta(days=days) for days in range(5)))
    curator_of(programme)
    post_office.close()
    for days in range(3):
        with at(9, 0, day=TODAY + timedelta(days=days)):
            run_sweep()
    post_office.open()

    with at(9, 0, day=TODAY + timedelta(days=3)):
        run_sweep()

    assert [subject_of(letter)[:11] for letter in post_office.letters] == ["27 октября:"]
    assert states() == [NoticeState.NEEDLESS] * 3 + [NoticeState.SENT]


def test_what_was_done_after_planning_is_not_in_the_letter(post_office: PostOffice) -> None:
    programme = programme_with(TODAY, text="Сделанное")
    other = programme_with(TODAY + timedelta(days=1), school=programme.school, text="Оставшееся")
    curator = curator_of(programme)
    with at(8, 0):
        plan_digests()
        Window.objects.filter(cycle__programme=programme).update(
            state=WindowState.DONE, done_on=TODAY, done_by=curator.user
        )
        send_due_notices()

    [letter] = post_office.letters
    assert ("Сделанное" in text_of(letter), "Оставшееся" in text_of(letter)) == (False, True)
    assert f"/programmes/{other.pk}/" in text_of(letter)


def test_when_everything_was_done_meanwhile_no_letter_goes(post_office: PostOffice) -> None:
    curator = curator_of(programme_with(TODAY))
    with at(8, 0):
        plan_digests()
        Window.objects.update(state=WindowState.DONE, done_on=TODAY, done_by=curator.user)
        send_due_notices()

    assert (states(), post_office.letters) == ([NoticeState.NEEDLESS], [])


def test_roles_in_several_schools_make_one_letter_by_the_clock_of_the_first(post_office: PostOffice) -> None:
    user = UserFactory(email="both@school.test")
    first = programme_with(TODAY, school=SchoolFactory(short_name="Первая", time_zone="Asia/Omsk"))
    second = programme_with(TODAY, school=SchoolFactory(short_name="Вторая", time_zone="Asia/Kamchatka"))
    old = curator_of(first, user=user)
    new = curator_of(second, user=user, created_at=old.created_at + timedelta(days=1))

    with at(8, 0, zone="Asia/Kamchatka"):
        run_sweep()
        assert post_office.letters == []
    with at(8, 0, zone="Asia/Omsk"):
        run_sweep()

    [letter] = post_office.letters
    lines = text_of(letter).splitlines()
    assert subject_of(letter) == "24 октября: обучение наставников и ещё 1 дело"
    assert lines.index("Первая") < lines.index("Вторая")
    assert [line for line in lines if line.startswith("http")] == [
        f"{settings.SITE_URL}/as/{old.pk}/?next=/programmes/{first.pk}/",
        f"{settings.SITE_URL}/as/{new.pk}/?next=/programmes/{second.pk}/",
    ]
    assert Notice.objects.get().school_id is None


def test_two_roles_in_one_school_make_one_letter_with_each_line_once(post_office: PostOffice) -> None:
    programme = programme_with(TODAY, duty=Duty.PSYCHOLOGIST)
    curator = curator_of(programme)
    MembershipFactory(user=curator.user, school=programme.school, role=Role.PSYCHOLOGIST)

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    assert text_of(letter).count("Обучение наставников") == 1


@pytest.mark.parametrize(
    ("role", "duty", "told"),
    [
        (Role.ADMINISTRATOR, Duty.HEAD, True),
        (Role.ADMINISTRATOR, Duty.DEPUTY, True),
        (Role.ADMINISTRATOR, Duty.CURATOR, False),
        (Role.PSYCHOLOGIST, Duty.PSYCHOLOGIST, True),
        (Role.PSYCHOLOGIST, Duty.CLASS_TEACHER, False),
        (Role.CLASS_TEACHER, Duty.CLASS_TEACHER, True),
        (Role.MENTOR, Duty.MENTOR, True),
        (Role.MENTEE, Duty.MENTOR, False),
        (Role.GUARDIAN, Duty.OTHER, False),
        (Role.OBSERVER, Duty.OTHER, False),
        (Role.CURATOR, Duty.MENTOR, True),
    ],
)
def test_others_than_the_curator_are_told_of_their_own_duties(
    role: Role, duty: Duty, told: bool, post_office: PostOffice
) -> None:
    programme = programme_with(TODAY, duty=duty)
    MembershipFactory(school=programme.school, role=role)

    with at(8, 0):
        run_sweep()

    assert len(post_office.letters) == told


def test_a_duty_given_to_a_person_concerns_that_person_alone(post_office: PostOffice) -> None:
    programme = programme_with(TODAY, duty=Duty.CLASS_TEACHER)
    named = MembershipFactory(school=programme.school, role=Role.MENTOR, user__email="named@school.test")
    MembershipFactory(school=programme.school, role=Role.CLASS_TEACHER)
    programme.stages.get().activities.get().responsible.update(member=named)

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    assert letter["To"] == "named@school.test"


def test_a_mentor_is_led_to_his_own_page_as_he_may_not_open_the_roadmap(
    post_office: PostOffice,
) -> None:
    programme = programme_with(TODAY, duty=Duty.MENTOR)
    mentor = MembershipFactory(school=programme.school, role=Role.MENTOR)

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    assert [line for line in text_of(letter).splitlines() if line.startswith("http")] == [
        settings.SITE_URL + reverse("accounts:enter", args=(mentor.pk,))
    ]


def test_nobody_without_an_address_a_role_or_an_account_is_planned_for() -> None:
    programme = programme_with(TODAY)
    curator_of(programme, user=UserFactory(email=""))
    curator_of(programme, user=UserFactory(is_active=False))
    curator_of(programme, ended_at=datetime(2026, 9, 1, tzinfo=UTC))

    with at(8, 0):
        assert plan_digests() == 0

    assert Notice.objects.count() == 0


@pytest.mark.parametrize("change", ["address gone", "role ended", "account closed"])
def test_a_person_who_left_after_planning_is_not_written_to(change: str, post_office: PostOffice) -> None:
    curator = curator_of(programme_with(TODAY))
    with at(8, 0):
        plan_digests()
        if change == "role ended":
            Membership.objects.update(ended_at=datetime(2026, 10, 24, tzinfo=UTC))
        else:
            curator.user.email = "" if change == "address gone" else curator.user.email
            curator.user.is_active = change != "account closed"
            curator.user.save()
        send_due_notices()

    assert (states(), post_office.letters) == ([NoticeState.NEEDLESS], [])


def test_another_schools_matters_are_in_nobodys_letter(post_office: PostOffice) -> None:
    programme = programme_with(TODAY, text="Своё")
    programme_with(TODAY, text="Чужое")
    curator_of(programme)

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    assert ("Своё" in text_of(letter), "Чужое" in text_of(letter)) == (True, False)


def test_what_a_past_year_left_undone_is_not_told_for_ever(post_office: PostOffice) -> None:
    programme = programme_with(TODAY)
    last_year = CycleFactory(programme=programme, year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    WindowFactory(
        activity=ActivityFactory(stage=programme.stages.get(), place=2, text="Прошлогоднее"),
        cycle=last_year,
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 31),
    )
    curator_of(programme)

    with at(8, 0):
        run_sweep()

    [letter] = post_office.letters
    assert "Прошлогоднее" not in text_of(letter)


@pytest.mark.parametrize("people", [1, 30])
def test_planning_asks_the_same_few_questions_for_few_and_many(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_with(*(TODAY + timedelta(days=days) for days in range(people)))
    for _ in range(people):
        curator_of(programme)

    with at(8, 0), django_assert_num_queries(7):
        assert plan_digests() == people


@pytest.mark.parametrize("lines", [1, 30])
def test_a_letter_asks_the_same_few_questions_for_few_and_many_lines(
    lines: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_with(*[TODAY] * lines)
    curator = curator_of(programme)
    notice = Notice(user=curator.user, payload={"day": "2026-10-24"})

    with at(8, 0), django_assert_num_queries(6):
        letter = write_digest(notice, {})

    assert letter is not None
    assert letter.body.count("последний день") == lines


def test_a_letter_that_cannot_be_written_stops_no_other(post_office: PostOffice) -> None:
    programme = programme_with(TODAY)
    curators = [curator_of(programme, user__email=f"c{number}@school.test") for number in range(5)]
    with at(8, 0):
        plan_digests()
        Notice.objects.filter(user=curators[0].user).update(payload={})
        send_due_notices()

    assert sorted(letter["To"] for letter in post_office.letters) == [
        f"c{number}@school.test" for number in range(1, 5)
    ]
    assert Notice.objects.get(user=curators[0].user).error == "KeyError"


def test_an_actor_reads_the_letters_of_his_school() -> None:
    programme = programme_with(TODAY)
    curator = curator_of(programme)
    with at(8, 0):
        plan_digests()

    own = actor_of(Role.ADMINISTRATOR, programme.school)

    assert [row.user_id for row in Notice.objects.visible_to(own)] == [curator.user_id]
    assert list(Notice.objects.visible_to(actor_of(Role.CURATOR))) == []
