from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core.leases import LEASE, MOST_TRIES, begin, claim_due, finish, hold, put_back, retry_later
from core.models import Job, JobState, Notice, NoticeState
from tests.factories import JobFactory, NoticeFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def claim_one(model: type[Notice] = Notice) -> Notice:
    (row,) = claim_due(model, most=1)
    return row


def columns(row: Notice | Job) -> dict[str, object]:
    row.refresh_from_db()
    return {name: getattr(row, name) for name in ("state", "lease", "lease_until", "due_at", "tries", "error")}


def test_due_rows_are_claimed_oldest_first_and_no_more_than_asked(clock: Any) -> None:
    late, early, later = (NoticeFactory(due_at=NOON - minutes * MINUTE) for minutes in (1, 9, 5))
    NoticeFactory(due_at=NOON + SECOND)

    assert claim_due(Notice, most=2) == [early, later]
    assert claim_due(Notice, most=2) == [late]
    assert claim_due(Notice, most=2) == []


def test_a_row_due_this_very_moment_is_claimed(clock: Any) -> None:
    notice = NoticeFactory(due_at=NOON)

    assert claim_due(Notice, most=1) == [notice]


def test_finished_rows_are_not_claimed(clock: Any) -> None:
    for state in set(NoticeState) - {NoticeState.WAITING}:
        NoticeFactory(state=state, finished_at=NOON)

    assert claim_due(Notice, most=9) == []


def test_a_claim_writes_a_lease_and_counts_no_try(clock: Any) -> None:
    NoticeFactory()

    notice = claim_one()

    assert (notice.lease_until, notice.tries) == (NOON + LEASE, 0)
    assert len(notice.lease) == 32


def test_a_leased_row_is_claimed_again_only_when_its_lease_ran_out(clock: Any) -> None:
    NoticeFactory()
    first = claim_one()

    clock.move_to(NOON + LEASE)
    assert claim_due(Notice, most=1) == []
    clock.move_to(NOON + LEASE + SECOND)
    second = claim_one()

    assert second == first
    assert second.lease != first.lease


def test_beginning_counts_a_try_renews_the_lease_and_steps_behind_the_others(clock: Any) -> None:
    NoticeFactory(due_at=NOON - MINUTE)
    notice = claim_one()
    clock.shift(SECOND)

    assert begin(notice)

    notice.refresh_from_db()
    assert (notice.tries, notice.lease_until, notice.due_at) == (1, NOON + SECOND + LEASE, NOON + SECOND)


def test_a_hold_renews_the_lease_and_keeps_progress(clock: Any) -> None:
    JobFactory()
    (job,) = claim_due(Job, most=1)
    clock.shift(MINUTE)

    assert hold(job, done=3, total=7)

    job.refresh_from_db()
    assert (job.done, job.total, job.lease_until) == (3, 7, NOON + MINUTE + LEASE)


STEPS: list[Callable[[Notice], bool]] = [
    begin,
    hold,
    lambda notice: finish(notice, NoticeState.SENT),
    lambda notice: retry_later(notice, error="x"),
    lambda notice: put_back(notice, error="x"),
]


@pytest.mark.parametrize("step", STEPS, ids=["begin", "hold", "finish", "retry_later", "put_back"])
def test_who_lost_the_lease_changes_nothing(step: Callable[[Notice], bool], clock: Any) -> None:
    NoticeFactory()
    mine = claim_one()
    clock.shift(LEASE + SECOND)
    theirs = claim_one()
    before = columns(theirs)

    assert not step(mine)

    assert columns(theirs) == before


@pytest.mark.parametrize("step", STEPS, ids=["begin", "hold", "finish", "retry_later", "put_back"])
def test_a_row_that_nobody_claimed_is_not_changed(step: Callable[[Notice], bool], clock: Any) -> None:
    notice = NoticeFactory(tries=1)
    before = columns(notice)

    assert not step(notice)

    assert columns(notice) == before


def test_finishing_closes_the_row_and_gives_the_lease_back(clock: Any) -> None:
    NoticeFactory()
    notice = claim_one()
    clock.shift(MINUTE)

    assert finish(notice, NoticeState.SENT, error="")

    notice.refresh_from_db()
    assert (notice.state, notice.finished_at, notice.lease, notice.lease_until) == (
        NoticeState.SENT,
        NOON + MINUTE,
        "",
        None,
    )


def test_a_row_that_fails_waits_twice_as_long_each_time_and_is_given_up_after_eight_tries(clock: Any) -> None:
    NoticeFactory(secret=b"sealed")
    waits = []

    for _ in range(MOST_TRIES):
        notice = claim_one()
        assert begin(notice)
        assert retry_later(notice, error="SMTPDataError 554")
        notice.refresh_from_db()
        waits.append((notice.due_at - timezone.now()) // MINUTE)
        clock.move_to(max(notice.due_at, timezone.now()))

    assert waits == [1, 2, 4, 8, 16, 32, 64, 0]
    assert (notice.state, notice.tries, notice.error, notice.secret) == (
        NoticeState.FAILED,
        MOST_TRIES,
        "SMTPDataError 554",
        None,
    )
    assert claim_due(Notice, most=1) == []


def test_a_row_that_takes_its_worker_down_is_given_up_after_eight_tries(clock: Any) -> None:
    job = JobFactory()
    begun = 0

    for _ in range(MOST_TRIES + 1):
        (claimed,) = claim_due(Job, most=1)
        begun += begin(claimed)
        clock.shift(LEASE + SECOND)  # its worker is dead

    job.refresh_from_db()
    assert (begun, job.state, job.error) == (MOST_TRIES, JobState.FAILED, "WorkerDied")
    assert claim_due(Job, most=1) == []


def test_a_row_that_takes_its_worker_down_costs_the_others_of_its_batch_no_try(clock: Any) -> None:
    poisoned, good = NoticeFactory(due_at=NOON - MINUTE), NoticeFactory(due_at=NOON - SECOND)

    for _ in range(2):
        batch = claim_due(Notice, most=2)
        begin(batch[0])
        clock.shift(LEASE + SECOND)

    assert batch == [good, poisoned]
    assert {row.pk: row.tries for row in Notice.objects.all()} == {poisoned.pk: 1, good.pk: 1}


def test_a_row_put_back_waits_a_minute_and_loses_no_try(clock: Any) -> None:
    NoticeFactory()
    notice = claim_one()
    begin(notice)

    assert put_back(notice, error="ConnectionRefusedError")

    notice.refresh_from_db()
    assert (notice.tries, notice.due_at, notice.lease, notice.error) == (
        0,
        NOON + MINUTE,
        "",
        "ConnectionRefusedError",
    )


def test_a_long_error_is_cut_to_its_column(clock: Any) -> None:
    for step in (put_back, retry_later):
        NoticeFactory()
        notice = claim_one()
        begin(notice)
        assert step(notice, error="x" * 999)
        notice.refresh_from_db()
        assert notice.error == "x" * 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_share_the_rows_and_wait_for_nobody() -> None:
    NoticeFactory.create_batch(80)
    start = Barrier(4)

    def work() -> list[int]:
        start.wait()
        claimed: list[int] = []
        while batch := claim_due(Notice, most=5):
            claimed += [row.pk for row in batch]
        connection.close()
        return claimed

    with ThreadPoolExecutor(4) as workers:
        claims = [future.result() for future in [workers.submit(work) for _ in range(4)]]

    assert sorted(pk for claim in claims for pk in claim) == sorted(Notice.objects.values_list("pk", flat=True))
