"""Live evidence: what other apps count, under the activities it proves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.actors import SYSTEM, Actor
from core.journal import record_event
from core.models import Event, Role, School
from roadmap.evidence import Evidence, evidence_of, register_evidence
from roadmap.models import Activity, Change, EvidenceKind, Programme
from roadmap.models.programme import ROADMAP_READERS
from roadmap.services.programmes import make_programme
from tests.factories import WindowFactory, actor_of, full_programme
from tests.registries import always
from tests.roadmap.samples import opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
PAIRS = EvidenceKind.PAIRS


def proved(school: School | None, activities: int = 3) -> Programme:
    """A programme under way whose activities are proved by pairs."""
    programme = full_programme(school, activities=activities, starts_on=timezone.localdate() - timedelta(days=40))
    Activity.objects.filter(stage__programme=programme).update(evidence=PAIRS)
    return programme


def test_each_kind_is_asked_once_for_all_cycles_and_others_are_passed_over() -> None:
    asked: list[Sequence[int]] = []

    def provider(cycles: Sequence[int]) -> dict[int, Evidence]:
        asked.append(cycles)
        return {7: Evidence("3 из 4 в парах", "/people/", 3, 4)}

    register_evidence(PAIRS, provider)

    found = evidence_of(["pairs", "pairs", "survey", ""], [7, 8])

    assert asked == [[7, 8]]
    assert found == {("pairs", 7): Evidence("3 из 4 в парах", "/people/", 3, 4)}


def test_the_words_stand_under_the_activity_and_lead_to_the_work(log_in: LogIn) -> None:
    by = actor_of()
    programme = proved(by.school, activities=1)
    register_evidence(PAIRS, always("3 из 4 <в парах>", "/people/?q=а&b"))

    page = log_in(by).get(f"/programmes/{programme.pk}/").content.decode()

    assert page.count('<a class="proof" href="/people/?q=а&amp;b" hx-boost="false">3 из 4 &lt;в парах&gt;</a>') >= 1


def test_nobody_is_led_to_a_page_that_would_not_let_him_in(log_in: LogIn) -> None:
    by = actor_of()
    programme = proved(by.school, activities=1)
    register_evidence(PAIRS, always("3 из 4 в парах"))

    pages = {
        role: log_in(actor_of(role, by.school)).get(f"/programmes/{programme.pk}/").content.decode()
        for role in sorted(ROADMAP_READERS)
    }

    assert {role for role, page in pages.items() if '<a class="proof"' in page} == {Role.CURATOR, Role.ADMINISTRATOR}
    assert all("3 из 4 в парах" in page for page in pages.values())


def test_without_a_provider_nothing_is_shown(log_in: LogIn) -> None:
    by = actor_of()
    programme = proved(by.school)

    assert 'class="proof"' not in log_in(by).get(f"/programmes/{programme.pk}/").content.decode()


def test_a_stage_says_what_was_counted_for_it(log_in: LogIn) -> None:
    by = actor_of(Role.OBSERVER)
    proved(by.school, activities=1)
    register_evidence(PAIRS, always("3 из 4 в парах"))

    page = log_in(by).get("/").content.decode()

    assert page.count("3 из 4 в парах") == 2
    assert "/people/" not in page


@pytest.mark.parametrize("role", [Role.MENTEE, Role.GUARDIAN])
def test_counts_are_not_for_mentees_and_parents(log_in: LogIn, role: Role) -> None:
    by = actor_of(role)
    proved(by.school)
    register_evidence(PAIRS, always("3 из 4 в парах"))

    assert "3 из 4" not in log_in(by).get("/").content.decode()


def test_a_programme_is_made_with_what_its_wording_names() -> None:
    draft, by = opened()

    programme = make_programme(draft=draft, by=by)

    kinds = Activity.objects.filter(stage__programme=programme).values_list("evidence", flat=True)
    assert {*kinds} <= {"", *EvidenceKind.values}
    assert "event" in kinds


def test_programmes_made_before_are_told_what_proves_their_activities() -> None:
    known = WindowFactory(activity__text="Формирование базы наставников").activity
    chosen = WindowFactory(activity__text="Формирование базы наставников", activity__evidence="survey").activity
    unknown = WindowFactory(activity__text="Посадка аллеи").activity

    import_module("roadmap.migrations.0003_evidence_of_wordings").guess_evidence(apps, None)

    kinds = dict(Activity.objects.values_list("pk", "evidence"))
    assert (kinds[known.pk], kinds[chosen.pk], kinds[unknown.pk]) == ("mentors", "survey", "")


# ---------------------------------------------------------------- saying otherwise


@pytest.fixture
def activity() -> Activity:
    return WindowFactory(activity__evidence=PAIRS).activity


def curator_of(activity: Activity) -> Actor:
    return actor_of(school=activity.stage.programme.school)


def test_the_curator_says_otherwise_and_the_history_knows(log_in: LogIn, activity: Activity) -> None:
    by = curator_of(activity)
    url = f"/activities/{activity.pk}/evidence/"

    shown = log_in(by).get(url, {"next": "/programmes/1/?stage=2"})
    response = log_in(by).post(url, {"kind": "order", "next": shown.context["next"]})

    activity.refresh_from_db()
    change = Change.objects.get()
    assert shown.context["form"].initial == {"kind": "pairs"}
    assert (activity.evidence, response["Location"]) == ("order", "/programmes/1/?stage=2")
    key = f"activity:{activity.pk}"
    assert (change.activity, change.made_by) == (activity, by.user)
    assert (change.before[key], change.after[key]) == ({"evidence": "pairs"}, {"evidence": "order"})
    assert Event.objects.filter(verb="change", actor=by.pseudonym).count() == 1


def test_the_same_again_is_no_act_and_nothing_is_a_choice(log_in: LogIn, activity: Activity) -> None:
    browser = log_in(curator_of(activity))
    url = f"/activities/{activity.pk}/evidence/"

    browser.post(url, {"kind": "pairs"})
    assert Change.objects.count() == 0

    browser.post(url, {"kind": ""})
    activity.refresh_from_db()
    assert activity.evidence == ""


def test_an_unknown_kind_is_refused(log_in: LogIn, activity: Activity) -> None:
    response = log_in(curator_of(activity)).post(f"/activities/{activity.pk}/evidence/", {"kind": "miracle"})

    activity.refresh_from_db()
    assert (response.status_code, activity.evidence) == (400, "pairs")


def test_only_the_schools_curator_may(log_in: LogIn, activity: Activity) -> None:
    url = f"/activities/{activity.pk}/evidence/"
    school = activity.stage.programme.school

    statuses = [log_in(by).get(url).status_code for by in (actor_of(), actor_of(Role.ADMINISTRATOR, school))]

    assert statuses == [404, 403]


def test_the_way_there_stands_where_the_activity_is_marked(log_in: LogIn, activity: Activity) -> None:
    window = activity.windows.get()
    school = activity.stage.programme.school

    pages = [
        log_in(actor_of(role, school)).get(f"/windows/{window.pk}/{page}/").content.decode()
        for role in (Role.CURATOR, Role.ADMINISTRATOR)
        for page in ("done", "days")
    ]

    assert [f"/activities/{activity.pk}/evidence/" in page for page in pages] == [True, True, False, False]


# ---------------------------------------------------------------- asking no more often than needed


@pytest.mark.django_db(transaction=True)
def test_what_was_counted_is_kept_until_something_changes_in_the_school(log_in: LogIn) -> None:
    by = actor_of()
    programme = proved(by.school)
    asked: list[int] = []

    def provider(cycles: Sequence[int]) -> dict[int, Evidence]:
        asked.append(len(asked) + 1)
        return {cycle: Evidence(f"по счёту {asked[-1]}", "", 1, 2) for cycle in cycles}

    register_evidence(PAIRS, provider)
    browser = log_in(by)

    def words() -> str:
        return str(browser.get(f"/programmes/{programme.pk}/").context["late"][0].proof)

    assert [words(), words()] == ["по счёту 1", "по счёту 1"]
    record_event(verb="view", school=by.school, by=SYSTEM)
    record_event(verb="change", school=actor_of().school, by=SYSTEM)
    assert words() == "по счёту 1"
    record_event(verb="change", school=by.school, by=SYSTEM)
    assert words() == "по счёту 2"


@pytest.mark.parametrize("activities", [1, 3, 50])
def test_evidence_costs_no_query_of_its_own(log_in: LogIn, activities: int) -> None:
    by = actor_of()
    programme = proved(by.school, activities)
    register_evidence(PAIRS, always("3 из 4 в парах"))
    browser = log_in(by)

    browser.get(f"/programmes/{programme.pk}/")  # stamps the session
    with CaptureQueriesContext(connection) as queries:
        browser.get(f"/programmes/{programme.pk}/")

    assert len(queries) == 9
