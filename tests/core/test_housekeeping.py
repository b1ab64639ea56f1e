from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from core import housekeeping
from core.housekeeping import JOBS_KEPT, NOTICES_KEPT, keep_house, register_daily, remove_old_rows
from core.models import Event, Job, JobState, Notice, NoticeState, StoredFile
from tests.factories import JobFactory, NoticeFactory, StoredFileFactory

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def daily(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The day's steps, none to begin with."""
    steps: dict[str, Any] = {}
    monkeypatch.setattr(housekeeping, "_daily", steps)
    return steps


@pytest.mark.django_db
def test_the_house_is_kept_once_a_day(clock: Any, daily: dict[str, Any]) -> None:
    register_daily("swept", lambda: 3)

    assert keep_house() == {"swept": 3}
    assert keep_house() == {}
    clock.move_to(NOON + timedelta(hours=11, minutes=59))
    assert keep_house() == {}
    clock.move_to(NOON + timedelta(hours=12))
    assert keep_house() == {"swept": 3}
    cache.clear()


@pytest.mark.django_db
def test_a_step_that_fails_does_not_stop_the_others(clock: Any, daily: dict[str, Any]) -> None:
    register_daily("broken", lambda: 1 / 0)
    register_daily("good", lambda: "done")

    assert keep_house() == {"broken": "failed", "good": "done"}
    cache.clear()


@pytest.mark.django_db(transaction=True)
def test_finished_letters_and_jobs_go_when_their_time_is_over_and_take_their_files_along(
    clock: Any, data_folder: Path
) -> None:
    NoticeFactory(state=NoticeState.SENT, finished_at=NOON - NOTICES_KEPT - SECOND)
    young_letter = NoticeFactory(state=NoticeState.SENT, finished_at=NOON - NOTICES_KEPT)
    waiting_letter = NoticeFactory(created_at=NOON - 2 * NOTICES_KEPT)
    old_job, young_job = (
        JobFactory(state=JobState.DONE, result=StoredFileFactory(), finished_at=NOON - JOBS_KEPT - past)
        for past in (SECOND, 0 * SECOND)
    )
    waiting_job = JobFactory(created_at=NOON - 2 * JOBS_KEPT)
    JobFactory(state=JobState.FAILED, finished_at=NOON - JOBS_KEPT - SECOND)

    assert remove_old_rows() == 3

    assert set(Notice.objects.all()) == {young_letter, waiting_letter}
    assert set(Job.objects.all()) == {young_job, waiting_job}
    assert list(StoredFile.objects.all()) == [young_job.result]
    assert Event.objects.filter(verb="delete", thing=f"storedfile:{old_job.result_id}").count() == 1
    assert len([path for path in (data_folder / "files").rglob("*") if path.is_file()]) == 1
