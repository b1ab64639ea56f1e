"""The page of a job: how far it is, what became of it, and what to do when nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.actors import SYSTEM, Actor
from core.files import store_file
from core.models import Job, JobState, Role, School
from tests.factories import JobFactory, SchoolFactory, actor_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}
SILENT = "не отвечает уже минуту"


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    """A kind of job for this test alone."""
    before = dict(jobs._kinds)
    jobs.register_job(
        "test",
        lambda job, progress: None,
        label="Важная бумага",
        result_url=lambda job: f"/there/{job.pk}",
        origin_url=lambda job: "/back",
    )
    yield
    jobs._kinds.clear()
    jobs._kinds.update(before)


def job_of(actor: Actor, **fields: object) -> Job:
    return JobFactory(school=actor.school, user=actor.user, **fields)


def finished(state: JobState, **fields: object) -> dict[str, object]:
    return {"state": state, "finished_at": timezone.now(), **fields}


def result_of(school: School) -> object:
    return store_file(school=school, purpose="test", name="a.txt", content_type="text/plain", data=b"a", by=SYSTEM)


def page_of(browser: Client, job: Job, **more: object) -> str:
    answer = browser.get(reverse("core:job_show", args=(job.pk,)), **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_a_waiting_job_shows_its_progress_and_asks_for_itself(log_in: LogIn) -> None:
    actor = actor_of()
    job = job_of(actor, done=2, total=5)

    page = page_of(log_in(actor), job)

    assert '<progress class="w-100" value="2" max="5"' in page
    assert f'hx-get="{reverse("core:job_show", args=(job.pk,))}" hx-trigger="every 1s"' in page
    assert (SILENT in page, "Важная бумага" in page) == (False, True)


def test_the_part_that_asks_for_itself_is_that_part_alone(log_in: LogIn) -> None:
    actor = actor_of()

    part = page_of(log_in(actor), job_of(actor), headers=HTMX)

    assert part.startswith('<div class="stack" id="progress"')
    assert "<html" not in part


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_when_all_is_over_the_part_has_the_page_load_anew(state: JobState, log_in: LogIn) -> None:
    actor = actor_of()
    job = job_of(actor, **finished(state))

    answer = log_in(actor).get(reverse("core:job_show", args=(job.pk,)), headers=HTMX)

    assert (answer["HX-Refresh"], answer.content) == ("true", b"")


def test_a_job_that_is_done_offers_its_file_and_the_way_back(log_in: LogIn) -> None:
    actor = actor_of()
    assert actor.school is not None
    job = job_of(actor, **finished(JobState.DONE, result=result_of(actor.school)))

    page = page_of(log_in(actor), job)

    assert (f'href="/there/{job.pk}"' in page, 'href="/back"' in page, "hx-trigger" in page) == (True, True, False)


def test_a_job_that_failed_says_so_and_is_tried_again_on_demand(log_in: LogIn) -> None:
    actor = actor_of()
    job = job_of(actor, **finished(JobState.FAILED, tries=8, error="OSError"))
    browser = log_in(actor)

    page = page_of(browser, job)
    answer = browser.post(reverse("core:job_show", args=(job.pk,)), {"acting_as": actor.membership.pk})  # type: ignore[union-attr]

    job.refresh_from_db()
    assert ("OSError" in page, "Попробовать ещё раз" in page) == (True, True)
    assert answer.status_code == 302
    assert (job.state, job.tries, job.error, job.finished_at) == (JobState.WAITING, 0, "", None)


def test_trying_again_leaves_alone_what_is_done_and_what_is_at_work(log_in: LogIn) -> None:
    actor = actor_of()
    done = job_of(actor, **finished(JobState.DONE))
    at_work = job_of(actor, lease="x", lease_until=timezone.now() + timedelta(minutes=1), tries=1, done=1, total=2)
    browser = log_in(actor)

    for job in (done, at_work):
        browser.post(reverse("core:job_show", args=(job.pk,)))
        before = job.state, job.tries, job.lease, job.due_at
        job.refresh_from_db()
        assert (job.state, job.tries, job.lease, job.due_at) == before


@pytest.mark.parametrize(
    ("seconds", "leased", "silent"), [(50, None, False), (70, None, True), (70, 60, False), (200, -5, True)]
)
def test_a_job_nobody_has_taken_for_a_minute_says_so(
    seconds: int, leased: int | None, silent: bool, log_in: LogIn
) -> None:
    actor, now = actor_of(), timezone.now()
    lease = {} if leased is None else {"lease": "x", "lease_until": now + timedelta(seconds=leased)}
    job = job_of(actor, due_at=now - timedelta(seconds=seconds), **lease)

    assert (SILENT in page_of(log_in(actor), job)) is silent


def test_a_job_that_will_be_tried_again_says_when_by_the_clock_of_the_school(log_in: LogIn) -> None:
    actor = actor_of(school=SchoolFactory(time_zone="Asia/Kamchatka"))
    assert actor.school is not None
    due = timezone.now() + timedelta(hours=1)
    job = job_of(actor, due_at=due, tries=3, error="OSError")

    assert f"В {due.astimezone(actor.school.zone):%H:%M} попробуем" in page_of(log_in(actor), job)


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CURATOR, 200), (Role.ADMINISTRATOR, 200), (Role.MENTOR, 404), (Role.OBSERVER, 404)]
)
def test_those_who_answer_for_the_school_see_its_jobs_and_others_their_own(
    role: Role, status: int, log_in: LogIn
) -> None:
    owner = actor_of(Role.CLASS_TEACHER)
    other = actor_of(role, owner.school)
    job = job_of(owner)

    assert log_in(other).get(reverse("core:job_show", args=(job.pk,))).status_code == status
    assert log_in(owner).get(reverse("core:job_show", args=(job.pk,))).status_code == 200


def test_another_schools_job_is_not_there(log_in: LogIn) -> None:
    job = job_of(actor_of())
    stranger = log_in(actor_of())

    assert stranger.get(reverse("core:job_show", args=(job.pk,))).status_code == 404
    assert stranger.post(reverse("core:job_show", args=(job.pk,))).status_code == 404


def test_a_job_is_only_looked_at_or_tried_again(log_in: LogIn) -> None:
    actor = actor_of()

    assert log_in(actor).put(reverse("core:job_show", args=(job_of(actor).pk,))).status_code == 405
