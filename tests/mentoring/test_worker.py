from __future__ import annotations

import time

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from mentoring import celery_settings
from mentoring.celery import app


def test_the_schedule_has_one_entry_and_it_is_a_task_that_exists() -> None:
    app.loader.import_default_modules()

    assert {(entry["task"], entry["schedule"]) for entry in app.conf.beat_schedule.values()} == {
        ("core.tasks.sweep", 30.0)
    }
    assert "core.tasks.sweep" in app.tasks


def test_what_is_sent_can_only_be_json_and_a_lost_worker_gives_its_task_back() -> None:
    assert app.conf.accept_content == ["json"]
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost) == (True, True)
    assert celery_settings.broker_transport_options["visibility_timeout"] > 2 * app.conf.task_time_limit


def test_a_redis_that_is_not_there_is_noticed_at_once_rather_than_waited_for() -> None:
    """The time is a limit against hanging: with Celery's own settings this takes half a minute or for ever."""
    alone = Celery("alone", broker="redis+socket:///nowhere/redis.sock", set_as_current=False)
    alone.conf.update(broker_transport_options=celery_settings.broker_transport_options, task_publish_retry=False)

    began = time.monotonic()
    with pytest.raises(OperationalError):
        alone.send_task("core.tasks.sweep")

    assert time.monotonic() - began < 5
