"""The pages of campaigns: the list of a year, making one, one of them, its deeds, who has answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor, user_actor
from core.models import Event, Notice, Role
from participants.services.cycles import today_in
from roadmap.board.offers import offer_of
from roadmap.board.rows import window_rows
from roadmap.day import panels_for, waiting_for
from roadmap.evidence import evidence_of
from roadmap.models import Cycle, EvidenceKind, Window
from surveys.models import Campaign, CampaignState, Respondent
from tests.factories import (
    ActivityFactory,
    ChargeFactory,
    CycleFactory,
    StageFactory,
    UserFactory,
    WindowFactory,
    actor_of,
)
from tests.surveys.asking import FIRST, LAST, mentee, opened, prepared, year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cycle() -> Cycle:
    return year()


@pytest.fixture
def browser(cycle: Cycle, log_in: LogIn) -> Client:
    return log_in(actor_of(Role.CURATOR, cycle.programme.school))


def filled(**named: Any) -> dict[str, Any]:
    return {
        "title": "Опрос осенью",
        "names": "named",
        "wave": "",
        "states": ["enrolled"],
        "opens_on": FIRST.isoformat(),
        "closes_on": LAST.isoformat(),
        "remind_after": "3, 6",
    } | named


# ---------------------------------------------------------------- the list


def test_without_a_survey_the_list_offers_the_first_step(browser: Client) -> None:
    page = browser.get("/surveys/").content.decode()

    assert 'href="/surveys/campaigns/new/"' in page


def test_the_list_takes_the_same_queries_for_one_and_for_three(
    browser: Client, cycle: Cycle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    opened(prepared(cycle))
    browser.get("/surveys/")
    with django_assert_num_queries(11):
        browser.get("/surveys/")
    for _ in range(2):
        opened(prepared(cycle))
    browser.get("/surveys/")

    with django_assert_num_queries(11):
        browser.get("/surveys/")


def test_the_list_is_narrowed_to_a_year_and_a_state(browser: Client, cycle: Cycle) -> None:
    other = CycleFactory(programme=cycle.programme, year=2027)
    prepared(cycle, title="Осень")
    opened(prepared(cycle, title="Зима"))
    prepared(other, title="Весна")

    def titles(query: str) -> list[str]:
        page = browser.get(f"/surveys/?{query}").content.decode()
        return [title for title in ("Осень", "Зима", "Весна") if title in page]

    assert titles(f"cycle={cycle.pk}") == ["Осень", "Зима"]
    assert titles(f"cycle={cycle.pk}&state=open") == ["Зима"]
    assert titles(f"cycle={other.pk}") == ["Весна"]


# ---------------------------------------------------------------- making one


def test_a_survey_is_made_in_two_steps_and_asks_nobody_yet(browser: Client, cycle: Cycle) -> None:
    mentee(cycle)
    version = prepared(cycle).version
    Campaign.objects.all().delete()

    choice = browser.get("/surveys/campaigns/new/").content.decode()
    made = browser.post(f"/surveys/campaigns/new/?version={version.pk}", filled(wave="entry"))

    campaign = Campaign.objects.get()
    assert f"?version={version.pk}" in choice
    assert made["Location"] == f"/surveys/campaigns/{campaign.pk}/"
    assert (campaign.state, campaign.wave, campaign.remind_after) == ("draft", "entry", [3, 6])
    assert (Respondent.objects.count(), Notice.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("states", []),
        ("opens_on", ""),
        ("closes_on", "2026-10-01"),
        ("closes_on", "завтра"),
        ("remind_after", "три"),
        ("remind_after", "0, 3"),
        ("remind_after", "1,2,3,4,5,6"),
        ("names", "nobody"),
        ("window", "999"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_nothing_typed_is_lost(
    browser: Client, cycle: Cycle, field: str, value: Any
) -> None:
    version = prepared(cycle).version

    answer = browser.post(f"/surveys/campaigns/new/?version={version.pk}", filled(**{field: value}))

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), Campaign.objects.count()) == (400, [field], 1)
    assert field == "title" or "Опрос осенью" in answer.content.decode()


def test_a_survey_follows_the_activity_it_was_begun_from(browser: Client, cycle: Cycle) -> None:
    version = prepared(cycle).version
    window = WindowFactory(activity=ActivityFactory(), cycle=cycle, starts_on=FIRST, ends_on=LAST)

    page = browser.get(f"/surveys/campaigns/new/?version={version.pk}&window={window.pk}").content.decode()
    browser.post(
        f"/surveys/campaigns/new/?version={version.pk}&window={window.pk}",
        filled(window=str(window.pk), opens_on="", closes_on=""),
    )

    campaign = Campaign.objects.latest("pk")
    assert f'value="{window.pk}" selected' in page
    assert (campaign.window, campaign.opens_on, campaign.closes_on) == (window, FIRST, LAST)


def test_an_activity_of_another_school_is_not_there(browser: Client, cycle: Cycle) -> None:
    version = prepared(cycle).version
    other = year()
    window = WindowFactory(activity=ActivityFactory(), cycle=other, starts_on=FIRST, ends_on=LAST)

    by_address = browser.get(f"/surveys/campaigns/new/?version={version.pk}&window={window.pk}").status_code
    by_form = browser.post(f"/surveys/campaigns/new/?version={version.pk}", filled(window=str(window.pk)))

    assert (by_address, list(by_form.context["form"].errors)) == (404, ["window"])


# ---------------------------------------------------------------- one of them


def test_before_the_opening_it_says_how_many_it_asks_and_who_is_left_out(browser: Client, cycle: Cycle) -> None:
    mentee(cycle)
    without = mentee(cycle)
    without.person.consents.update(state="declined", ended_at=NOON)
    campaign = prepared(cycle)

    page = browser.get(f"/surveys/campaigns/{campaign.pk}/").context
    names = browser.get(f"/surveys/campaigns/{campaign.pk}/audience/").content.decode()

    assert (page["chosen"].number, list(page["reasons"].values())) == (1, [1])
    assert without.person.full_name in names


def test_it_is_opened_reminded_closed_and_opened_again(browser: Client, cycle: Cycle, clock: Any) -> None:
    mentee(cycle)
    campaign = prepared(cycle)
    page = f"/surveys/campaigns/{campaign.pk}/"

    def state() -> str:
        campaign.refresh_from_db()
        return campaign.state

    seen = []
    for deed in ("plan", "hold", "open", "close"):
        browser.post(f"{page}{deed}/")
        seen.append(state())
    asked = browser.get(f"{page}reopen/").status_code
    past = browser.post(f"{page}reopen/", {"closes_on": "2026-10-04"})
    browser.post(f"{page}reopen/", {"closes_on": LAST.isoformat()})

    assert seen == ["planned", "draft", "open", "closed"]
    assert (asked, past.status_code, list(past.context["form"].errors)) == (200, 400, ["closes_on"])
    assert state() == CampaignState.OPEN


def test_the_end_is_asked_about_before_it_is_made(browser: Client, cycle: Cycle) -> None:
    campaign = opened(prepared(cycle, is_anonymous=True))

    page = browser.get(f"/surveys/campaigns/{campaign.pk}/close/")

    campaign.refresh_from_db()
    assert (page.status_code, campaign.state) == (200, CampaignState.OPEN)


def test_single_people_are_left_out_on_a_page(browser: Client, cycle: Cycle) -> None:
    keep, skip = mentee(cycle), mentee(cycle)
    campaign = prepared(cycle)

    browser.post(f"/surveys/campaigns/{campaign.pk}/audience/", {"part": [str(keep.pk)]})
    opened(campaign)

    asked = Respondent.objects.asked().values_list("enrolment", flat=True)
    assert (list(asked), Respondent.objects.get(enrolment=skip).is_excused) == ([keep.pk], True)


def test_progress_by_class_is_fetched_without_the_page(browser: Client, cycle: Cycle) -> None:
    mentee(cycle)
    mentee(cycle, class_name="8 «А»")
    campaign = opened(prepared(cycle, is_anonymous=True))
    Respondent.objects.filter(enrolment__person__class_name="8 «А»").update(has_answered=True)

    part = browser.get(f"/surveys/campaigns/{campaign.pk}/", headers={"HX-Request": "true"})

    lines = [(line.class_name, line.asked, line.answered) for line in part.context["lines"]]
    assert lines == [("7 «Б»", 1, 0), ("8 «А»", 1, 1)]
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("deed", ["open", "plan", "hold", "close", "remind", "remove", "print", "copy", "edit"])
def test_the_administrator_reads_and_another_school_finds_nothing(cycle: Cycle, log_in: LogIn, deed: str) -> None:
    campaign = prepared(cycle)
    reader = log_in(actor_of(Role.ADMINISTRATOR, cycle.programme.school))
    stranger = log_in(actor_of(Role.CURATOR))
    page = f"/surveys/campaigns/{campaign.pk}/"

    assert (reader.get(page).status_code, reader.post(f"{page}{deed}/").status_code) == (200, 403)
    assert (stranger.get(page).status_code, stranger.post(f"{page}{deed}/").status_code) == (404, 404)


# ---------------------------------------------------------------- who has answered


def test_the_keepers_see_who_has_answered_and_the_look_is_journaled(browser: Client, cycle: Cycle) -> None:
    silent, answered = mentee(cycle), mentee(cycle)
    campaign = opened(prepared(cycle))
    Respondent.objects.filter(enrolment=answered).update(has_answered=True)

    page = browser.get(f"/surveys/progress/{campaign.pk}/?part=silent").content.decode()

    assert [row.person.full_name in page for row in (silent, answered)] == [True, False]
    assert Event.objects.filter(verb="list", thing=f"campaign:{campaign.pk}").count() == 1


def test_a_class_teacher_sees_his_own_pupils_alone(cycle: Cycle, log_in: LogIn) -> None:
    mine, other = mentee(cycle), mentee(cycle, class_name="8 «А»")
    campaign = opened(prepared(cycle))
    strange = opened(prepared(year()))
    charge = ChargeFactory(membership__school=cycle.programme.school, class_name="7 «Б»")
    actor = user_actor(charge.membership.user, [charge.membership])
    browser = log_in(actor)

    page = browser.get(f"/surveys/progress/{campaign.pk}/").content.decode()
    own = browser.get("/surveys/progress/").context["lines"]

    assert [row.person.full_name in page for row in (mine, other)] == [True, False]
    assert [(row.pk, progress.asked) for row, progress in own] == [(campaign.pk, 1)]
    assert browser.get(f"/surveys/progress/{strange.pk}/").status_code == 404
    assert browser.get(f"/surveys/campaigns/{campaign.pk}/").status_code == 403
    assert "surveys/campaign_panel.html" in [panel.template for panel in panels_for(actor, NOON.date())]
    assert campaign.title in browser.get("/").content.decode()


def test_a_class_teacher_without_pupils_in_it_does_not_find_a_survey(cycle: Cycle, log_in: LogIn) -> None:
    mentee(cycle)
    campaign = opened(prepared(cycle))
    browser = log_in(actor_of(Role.CLASS_TEACHER, cycle.programme.school))

    assert browser.get(f"/surveys/progress/{campaign.pk}/").status_code == 404


# ---------------------------------------------------------------- home pages and the roadmap


def test_whoever_has_an_account_finds_his_survey_on_his_first_page(cycle: Cycle) -> None:
    part = mentee(cycle)
    part.person.user = UserFactory()
    part.person.save()
    opened(prepared(cycle, title="Опрос осенью"))
    actor = actor_of(Role.MENTEE, cycle.programme.school, part.person.user)
    respondent = Respondent.objects.get()

    before = [(row.text, row.url) for row in waiting_for(actor, NOON.date())]
    Respondent.objects.update(has_answered=True)

    assert before == [("Опрос осенью", f"/a/{respondent.pk}/")]
    assert waiting_for(actor, NOON.date()) == []


def test_a_guardian_begins_the_survey_of_his_child_from_his_own_page(cycle: Cycle, log_in: LogIn) -> None:
    part, other = mentee(cycle), mentee(cycle)
    opened(prepared(cycle, title="Опрос осенью"))
    guardian = part.person.guardianships.get().guardian
    guardian.user = UserFactory()
    guardian.save()
    browser = log_in(actor_of(Role.GUARDIAN, cycle.programme.school, guardian.user))
    mine, strange = (Respondent.objects.get(enrolment=row) for row in (part, other))

    page = browser.get("/my/").content.decode()
    begun = browser.post(f"/surveys/wards/{mine.pk}/")

    assert "Опрос осенью" in page
    assert (begun["Location"], browser.get(begun["Location"]).status_code) == (f"/a/{mine.pk}/", 200)
    assert browser.post(f"/surveys/wards/{strange.pk}/").status_code == 404


def test_the_roadmap_is_told_how_many_have_answered(cycle: Cycle) -> None:
    mentee(cycle)
    mentee(cycle)
    empty = year()
    opened(prepared(cycle))
    Respondent.objects.filter(pk=Respondent.objects.first().pk).update(has_answered=True)  # type: ignore[union-attr]

    found = evidence_of([EvidenceKind.SURVEY], [cycle.pk, empty.pk])

    here, there = found["survey", cycle.pk], found["survey", empty.pk]
    assert (here.done, here.total, here.url) == (1, 2, f"/surveys/?cycle={cycle.pk}")
    assert (there.done, there.total, there.is_complete) == (0, 0, False)


def test_the_curator_is_told_of_what_should_have_been_opened(cycle: Cycle) -> None:
    campaign = prepared(cycle, title="Опрос осенью")
    curator = actor_of(Role.CURATOR, cycle.programme.school)

    found = [row.url for row in waiting_for(curator, today_in(cycle.programme.school))]

    assert f"/surveys/campaigns/{campaign.pk}/" in found


@pytest.mark.parametrize(
    ("role", "is_offered"), [(Role.CURATOR, True), (Role.PSYCHOLOGIST, True), (Role.ADMINISTRATOR, False)]
)
def test_an_activity_leads_to_its_survey(cycle: Cycle, log_in: LogIn, role: Role, is_offered: bool) -> None:
    stage = StageFactory(programme=cycle.programme)
    activity = ActivityFactory(stage=stage, evidence=EvidenceKind.SURVEY)
    window = WindowFactory(activity=activity, cycle=cycle, starts_on=FIRST, ends_on=LAST)

    page = log_in(actor_of(role, cycle.programme.school)).get(f"/activities/{activity.pk}/")

    link = f"/surveys/campaigns/new/?window={window.pk}"
    assert (page.status_code, link in page.content.decode()) == (200, is_offered)


def test_that_everyone_answered_one_survey_marks_no_other_activity(cycle: Cycle) -> None:
    mentee(cycle)
    opened(prepared(cycle))
    Respondent.objects.update(has_answered=True)
    window = WindowFactory(
        activity__stage__programme=cycle.programme,
        activity__evidence=EvidenceKind.SURVEY,
        cycle=cycle,
        starts_on=FIRST,
        ends_on=LAST,
    )
    (row,) = window_rows(Window.objects.filter(pk=window.pk), NOON.date())
    proofs = evidence_of([EvidenceKind.SURVEY], [cycle.pk])

    assert (proofs["survey", cycle.pk].is_complete, offer_of(row, proofs, NOON.date())) == (True, None)


def test_removed_twice_by_a_double_click_it_leads_to_the_same_list(browser: Client, cycle: Cycle) -> None:
    campaign = prepared(cycle)
    page = f"/surveys/campaigns/{campaign.pk}/remove/"

    answers = [browser.post(page, {"once": "same"}) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/surveys/?cycle={cycle.pk}")
    ] * 2
    assert Campaign.objects.count() == 0
