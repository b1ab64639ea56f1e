from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.actors import SYSTEM
from core.files import store_file
from core.jobs import Progress, run_due_jobs, start_job
from core.models import Job, JobState, School, StoredFile
from tests.factories import StoredFileFactory, actor_of

pytestmark = pytest.mark.django_db
Registrar = Callable[..., None]


@pytest.fixture
def register() -> Iterator[Registrar]:
    """Registers a runner for this test alone."""
    before = dict(jobs._kinds)
    yield jobs.register_job
    jobs._kinds.clear()
    jobs._kinds.update(before)


def result_file(school: School) -> StoredFile:
    return store_file(
        school=school, purpose="test", name="Итог.txt", content_type="text/plain", data=b"done", by=SYSTEM
    )


def test_a_job_is_done_and_keeps_its_file(register: Registrar) -> None:
    actor = actor_of()

    def work(job: Job, progress: Progress) -> StoredFile:
        for step in range(int(job.payload["steps"])):
            progress(step + 1, job.payload["steps"])
        return result_file(job.school)

    register("pdf", work)
    job = start_job(key="pdf:1", kind="pdf", payload={"steps": 3}, by=actor)

    assert run_due_jobs() == 1

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.school_id, job.user_id) == (
        JobState.DONE,
        3,
        3,
        actor.school_id,
        actor.user_id,
    )
    assert job.result is not None
    assert run_due_jobs() == 0


def test_a_job_without_a_file_is_done_as_well(register: Registrar) -> None:
    register("plan", lambda job, progress: None)
    job = start_job(key="plan:1", kind="plan", payload={}, by=actor_of())

    assert run_due_jobs() == 1

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, None)


def test_the_same_work_asked_for_twice_is_one_job(register: Registrar) -> None:
    register("plan", lambda job, progress: None)
    actor = actor_of()

    first, second = (start_job(key="plan:1", kind="plan", payload={}, by=actor) for _ in range(2))

    assert first == second
    assert run_due_jobs() == 1
    assert start_job(key="plan:1", kind="plan", payload={}, by=actor).state == JobState.DONE
    assert run_due_jobs() == 0


def test_a_job_that_raises_waits_and_does_not_stop_the_others(register: Registrar) -> None:
    register("broken", lambda job, progress: job.payload["absent"])
    register("good", lambda job, progress: None)
    actor = actor_of()
    for key, kind in (("a", "broken"), ("b", "good"), ("c", "unheard of"), ("d", "good")):
        start_job(key=key, kind=kind, payload={}, by=actor)

    assert run_due_jobs() == 2

    assert {job.key: (job.state, job.tries, job.error) for job in Job.objects.all()} == {
        "a": (JobState.WAITING, 1, "KeyError"),
        "b": (JobState.DONE, 1, ""),
        "c": (JobState.WAITING, 1, "KeyError"),
        "d": (JobState.DONE, 1, ""),
    }


def test_a_job_that_was_given_up_is_tried_anew_when_asked_for_again(register: Registrar) -> None:
    register("broken", lambda job, progress: job.payload["absent"])
    actor = actor_of()
    start_job(key="a", kind="broken", payload={}, by=actor)
    for _ in range(8):
        run_due_jobs()
        Job.objects.update(due_at=timezone.now())
    given_up = Job.objects.get()

    register("broken", lambda job, progress: None)
    again = start_job(key="a", kind="broken", payload={}, by=actor)

    assert (given_up.state, given_up.tries, given_up.finished_at is None) == (JobState.FAILED, 8, False)
    assert (again.pk, again.state, again.tries, again.error, again.finished_at) == (
        given_up.pk,
        JobState.WAITING,
        0,
        "",
        None,
    )
    assert run_due_jobs() == 1


def test_a_worker_that_lost_its_job_stops_at_its_next_step_and_changes_nothing(register: Registrar) -> None:
    steps = []

    def work(job: Job, progress: Progress) -> None:
        steps.append("begun")
        Job.objects.filter(pk=job.pk).update(lease="f" * 32)  # another worker took it over
        progress(1, 2)
        steps.append("went on")

    register("slow", work)
    job = start_job(key="slow:1", kind="slow", payload={}, by=actor_of())

    assert run_due_jobs() == 0

    job.refresh_from_db()
    assert (steps, job.state, job.done, job.error, job.lease) == (["begun"], JobState.WAITING, 0, "", "f" * 32)


def test_a_worker_that_lost_its_job_at_the_end_does_not_close_it(register: Registrar) -> None:
    def work(job: Job, progress: Progress) -> StoredFile:
        Job.objects.filter(pk=job.pk).update(lease="f" * 32)
        return StoredFileFactory(school=job.school)

    register("slow", work)
    job = start_job(key="slow:1", kind="slow", payload={}, by=actor_of())

    assert run_due_jobs() == 0

    job.refresh_from_db()
    assert (job.state, job.finished_at, StoredFile.objects.count()) == (JobState.WAITING, None, 0)


def test_progress_renews_the_lease(register: Registrar) -> None:
    seen: list[datetime | None] = []

    def work(job: Job, progress: Progress) -> None:
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())
        progress(1, 2)
        seen.append(Job.objects.get(pk=job.pk).lease_until)

    register("slow", work)
    start_job(key="slow:1", kind="slow", payload={}, by=actor_of())
    run_due_jobs()

    assert seen[0] is not None
    assert seen[0] > timezone.now() + timedelta(seconds=60)


def test_no_more_jobs_are_done_than_asked(register: Registrar) -> None:
    register("good", lambda job, progress: None)
    for number in range(3):
        start_job(key=f"good:{number}", kind="good", payload={}, by=actor_of())

    assert [run_due_jobs(most=2), run_due_jobs(most=2), run_due_jobs(most=2)] == [2, 1, 0]


def tidy(job: Job, progress: Progress) -> None:
    """A runner named by its dotted path."""
    progress(1, 1)


def test_a_runner_may_be_named_by_its_path(register: Registrar) -> None:
    register("tidy", f"{__name__}.tidy")
    job = start_job(key="tidy:1", kind="tidy", payload={}, by=actor_of())

    assert run_due_jobs() == 1

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 1)


def test_a_job_that_is_being_done_is_not_begun_anew(register: Registrar) -> None:
    actor, again = actor_of(), []

    def work(job: Job, progress: Progress) -> None:
        again.append(start_job(key="slow:1", kind="slow", payload={}, by=actor).tries)

    register("slow", work)
    start_job(key="slow:1", kind="slow", payload={}, by=actor)

    assert (run_due_jobs(), again, run_due_jobs()) == (1, [1], 0)
