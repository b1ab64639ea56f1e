"""Campaigns: who is asked and who is left out, opening and closing by hand and by themselves, copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core.actors import user_actor
from core.errors import DomainError
from core.models import Event, Role
from core.sweep import run_sweep
from participants.models import EnrolmentState
from participants.register.standing import Standing
from surveys.models import Campaign, CampaignState, Respondent, Wave
from surveys.services.audience import chosen_of, left_out_by_reason
from surveys.services.campaigns import (
    Plan,
    begin_campaign,
    change_campaign,
    copy_campaign,
    excuse_people,
    plan_campaign,
    remove_campaign,
)
from surveys.services.opening import close_campaign, open_campaign, reopen_campaign, tend_campaigns
from tests.factories import (
    ActivityFactory,
    ConsentFactory,
    CycleFactory,
    EnrolmentFactory,
    MembershipFactory,
    QuestionnaireVersionFactory,
    WindowFactory,
    actor_of,
    cleared_enrolment,
)
from tests.surveys.asking import AUDIENCE, FIRST, LAST, mentee, mentor, opened, prepared, year

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def content(**question: Any) -> dict[str, Any]:
    asked = {"key": "q1", "kind": "short", "text": "Что важно?", "longest": 100} | question
    return {"sections": [{"key": "s1", "title": "", "questions": [asked]}]}


def plan_of(**columns: Any) -> Plan:
    named: dict[str, Any] = {
        "title": "Опрос",
        "wave": Wave.NONE,
        "is_anonymous": False,
        "audience": AUDIENCE,
        "opens_on": FIRST,
        "closes_on": LAST,
    }
    return Plan(**named | columns)


def asked_people(campaign: Campaign) -> set[int]:
    return set(Respondent.objects.asked().filter(campaign=campaign).values_list("enrolment", flat=True))


# ---------------------------------------------------------------- who is asked


def test_those_are_asked_who_fit_and_whose_consents_are_in_force() -> None:
    cycle = year()
    wanted = [mentee(cycle), mentee(cycle)]
    EnrolmentFactory(cycle=cycle, person__school=cycle.programme.school)
    mentor(cycle)
    cleared_enrolment(cycle=cycle, person__school=cycle.programme.school, left=True)
    mentee(year())

    campaign = opened(prepared(cycle))

    assert asked_people(campaign) == {row.pk for row in wanted}


def test_the_audience_is_narrowed_by_form_class_and_standing() -> None:
    cycle = year()
    seventh, eighth = mentee(cycle), mentee(cycle, class_name="8 «А»")
    paused = mentee(cycle, class_name="8 «А»")
    paused.state = EnrolmentState.PAUSED
    paused.save()

    def number(**named: Any) -> set[int]:
        campaign = prepared(cycle, audience=AUDIENCE | named)
        return {row.pk for row in chosen_of(campaign, TODAY).parts}

    assert number(classes=["8 «А»"]) == {eighth.pk}
    assert number(classes=["8 «А»"], states=["paused"]) == {paused.pk}
    assert number(forms=[seventh.form_id]) == {seventh.pk}
    assert number(forms=[seventh.form_id], classes=["8 «А»"]) == set()


def test_who_is_left_out_for_want_of_a_consent_is_counted_by_reason() -> None:
    cycle = year()
    mentee(cycle)
    rows = [EnrolmentFactory(cycle=cycle, person__school=cycle.programme.school) for _ in range(3)]
    ConsentFactory(person=rows[0].person, withdrawn=True)
    ConsentFactory(person=rows[1].person)

    found = left_out_by_reason(prepared(cycle), TODAY)

    assert found == {str(one.label): 1 for one in (Standing.WITHDRAWN, Standing.ASKED, Standing.NONE)}


def test_single_people_are_left_out_before_the_opening_and_only_then() -> None:
    cycle = year()
    keep, skip = mentee(cycle), mentee(cycle)
    campaign, by = prepared(cycle), actor_of(school=cycle.programme.school)

    excuse_people(campaign=campaign, enrolments=[skip.pk, mentee(year()).pk], by=by)
    chosen = chosen_of(campaign, TODAY)
    opened(campaign)

    assert ([row.pk for row in chosen.parts], chosen.excused) == ([keep.pk], 1)
    assert asked_people(campaign) == {keep.pk}
    with pytest.raises(DomainError):
        excuse_people(campaign=campaign, enrolments=[keep.pk], by=by)


def test_the_staff_is_asked_by_role_and_each_once() -> None:
    cycle = year()
    school = cycle.programme.school
    curator = MembershipFactory(school=school, role=Role.CURATOR)
    MembershipFactory(school=school, role=Role.PSYCHOLOGIST, user=curator.user)
    MembershipFactory(school=school, role=Role.ADMINISTRATOR)
    campaign = prepared(cycle, "staff", audience=AUDIENCE | {"roles": ["curator", "psychologist"]})

    open_campaign(campaign=campaign, by=user_actor(curator.user, [curator]))

    users = Respondent.objects.filter(campaign=campaign).values_list("membership__user", flat=True)
    assert list(users) == [curator.user_id]


def test_without_names_someone_with_two_parts_is_asked_once() -> None:
    cycle = year()
    part = mentee(cycle)
    cleared_enrolment(person=part.person, cycle=cycle)

    named, anonymous = prepared(cycle), prepared(cycle, is_anonymous=True)
    opened(named)
    opened(anonymous)
    tend_campaigns()

    assert [Respondent.objects.filter(campaign=row).count() for row in (named, anonymous)] == [2, 1]


# ---------------------------------------------------------------- opening and closing


def test_opened_twice_it_asks_each_once() -> None:
    cycle = year()
    mentee(cycle)
    campaign, by = prepared(cycle), actor_of(school=cycle.programme.school)

    asked = [open_campaign(campaign=campaign, by=by), open_campaign(campaign=campaign, by=by)]

    assert (asked, Respondent.objects.count()) == ([1, 0], 1)
    assert Event.objects.filter(verb="move", thing=f"campaign:{campaign.pk}").count() == 1


def test_it_opens_and_closes_by_itself_on_its_days(clock: Any) -> None:
    campaign = prepared(year())
    clock.move_to(NOON - timedelta(days=1))
    plan_campaign(campaign=campaign, by=actor_of(school=campaign.cycle.programme.school))

    seen = []
    for day in range(-1, 13):
        clock.move_to(NOON + timedelta(days=day))
        tend_campaigns()
        seen.append(Campaign.objects.get().state)

    assert seen == ["planned", *["open"] * 12, "closed"]


def test_the_sweep_of_the_worker_tends_campaigns() -> None:
    campaign = prepared(year(), planned=True)

    run_sweep()

    campaign.refresh_from_db()
    assert campaign.state == CampaignState.OPEN


def test_it_follows_the_days_of_the_activity_when_they_move() -> None:
    cycle = year()
    window = WindowFactory(activity=ActivityFactory(), cycle=cycle, starts_on=FIRST, ends_on=LAST)
    campaign = prepared(cycle, window=window, planned=True)
    window.starts_on, window.ends_on = FIRST + timedelta(days=7), LAST + timedelta(days=7)
    window.save()

    tend_campaigns()
    campaign.refresh_from_db()

    assert (campaign.state, campaign.opens_on, campaign.closes_on) == ("planned", window.starts_on, window.ends_on)


def test_an_open_one_follows_the_last_day_alone() -> None:
    cycle = year()
    window = WindowFactory(activity=ActivityFactory(), cycle=cycle, starts_on=FIRST, ends_on=LAST)
    campaign = opened(prepared(cycle, window=window))
    window.starts_on, window.ends_on = FIRST + timedelta(days=7), LAST + timedelta(days=7)
    window.save()

    tend_campaigns()
    campaign.refresh_from_db()

    assert (campaign.opens_on, campaign.closes_on) == (FIRST, LAST + timedelta(days=7))


def test_whoever_joins_while_it_is_open_is_asked_too() -> None:
    cycle = year()
    campaign = opened(prepared(cycle))
    late = mentee(cycle)

    tend_campaigns()
    close_campaign(campaign=campaign, by=actor_of(school=cycle.programme.school))
    mentee(cycle)
    tend_campaigns()

    assert asked_people(campaign) == {late.pk}


def test_a_planned_one_whose_days_have_passed_asks_nobody(clock: Any) -> None:
    campaign = prepared(year(), planned=True)
    clock.move_to(NOON + timedelta(days=30))

    tend_campaigns()

    campaign.refresh_from_db()
    assert campaign.state == CampaignState.PLANNED
    with pytest.raises(DomainError):
        open_campaign(campaign=campaign, by=actor_of(school=campaign.cycle.programme.school))


def test_one_with_names_is_opened_again_and_one_without_is_not() -> None:
    cycle = year()
    by = actor_of(school=cycle.programme.school)
    named, anonymous = opened(prepared(cycle)), opened(prepared(cycle, is_anonymous=True))
    for campaign in (named, anonymous):
        close_campaign(campaign=campaign, by=by)

    for campaign in (named, anonymous):
        with pytest.raises(DomainError):
            open_campaign(campaign=campaign, by=by)
    with pytest.raises(DomainError):
        reopen_campaign(campaign=named, closes_on=TODAY - timedelta(days=1), by=by)
    reopen_campaign(campaign=named, closes_on=LAST, by=by)
    with pytest.raises(DomainError):
        reopen_campaign(campaign=anonymous, closes_on=LAST, by=by)

    with pytest.raises(DomainError):
        reopen_campaign(campaign=prepared(cycle), closes_on=LAST, by=by)
    assert list(Campaign.objects.order_by("pk").values_list("state", flat=True)) == ["open", "closed", "draft"]


# ---------------------------------------------------------------- preparing and copying


@pytest.mark.parametrize(
    ("question", "wave"),
    [
        ({"kind": "file", "kinds": ["image"]}, ""),
        ({"kind": "people", "side": "mentor", "most": 3}, ""),
        ({"kind": "long", "longest": 500, "fills": "request"}, ""),
        ({"kind": "scale", "low": 1, "high": 10, "measure": "comfort"}, "entry"),
    ],
)
def test_what_needs_a_name_is_not_asked_without(question: dict[str, Any], wave: str) -> None:
    cycle = year()
    version = prepared(cycle, content=content(**question)).version
    by = actor_of(school=cycle.programme.school)

    with pytest.raises(DomainError):
        begin_campaign(cycle=cycle, version=version, plan=plan_of(is_anonymous=True, wave=wave), by=by)
    begin_campaign(cycle=cycle, version=version, plan=plan_of(wave=wave), by=by)


def test_an_open_one_keeps_whom_it_asks_and_how() -> None:
    campaign = opened(prepared(year()))
    by = actor_of(school=campaign.cycle.programme.school)
    wanted = plan_of(title="Иначе", is_anonymous=True, audience={}, opens_on=LAST, closes_on=LAST + timedelta(days=3))

    change_campaign(campaign=campaign, plan=wanted, by=by)
    campaign.refresh_from_db()

    now = (campaign.title, campaign.is_anonymous, campaign.audience, campaign.opens_on, campaign.closes_on)
    assert now == ("Иначе", False, AUDIENCE, FIRST, LAST + timedelta(days=3))


def test_only_one_of_which_nobody_was_asked_is_removed() -> None:
    cycle = year()
    by = actor_of(school=cycle.programme.school)
    gone, kept = prepared(cycle), opened(prepared(cycle))

    remove_campaign(campaign=gone, by=by)
    with pytest.raises(DomainError):
        remove_campaign(campaign=kept, by=by)

    assert list(Campaign.objects.all()) == [kept]


def test_a_copy_has_the_newest_version_and_the_days_of_the_other_year() -> None:
    cycle = year()
    following = CycleFactory(
        programme=cycle.programme, year=2027, starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31)
    )
    campaign = opened(prepared(cycle, is_anonymous=True))
    newer = QuestionnaireVersionFactory(questionnaire=campaign.version.questionnaire, number=2, published=True)
    QuestionnaireVersionFactory(questionnaire=campaign.version.questionnaire, number=3)

    made = copy_campaign(campaign=campaign, cycle=following, by=actor_of(school=cycle.programme.school))

    assert (made.state, made.version, made.opens_on, made.closes_on) == (
        "draft",
        newer,
        date(2027, 10, 5),
        date(2027, 10, 16),
    )
    assert (made.is_anonymous, made.audience, made.respondents.count()) == (True, AUDIENCE, 0)


def test_one_that_fails_does_not_stop_the_others() -> None:
    broken, sound = prepared(year(), planned=True), prepared(year(), planned=True)
    Campaign.objects.filter(pk=broken.pk).update(audience={"forms": ["no key"]})

    tend_campaigns()

    assert [Campaign.objects.get(pk=row.pk).state for row in (broken, sound)] == ["planned", "open"]


def test_a_tended_one_to_which_nobody_comes_is_left_alone() -> None:
    cycle = year()
    mentee(cycle)
    opened(prepared(cycle))
    before = Event.objects.count()

    assert (tend_campaigns(), Event.objects.count()) == (0, before)
