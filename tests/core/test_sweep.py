from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from core import sweep
from core.models import Notice, NoticeState
from core.notices import Letter, _writers
from core.sweep import register_step, run_sweep
from core.tasks import sweep as sweep_task
from tests.factories import NoticeFactory
from tests.post import PostOffice


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """No steps but those the test registers."""
    monkeypatch.setattr(sweep, "_planners", {})
    monkeypatch.setattr(sweep, "_steps", {})


def test_planners_come_before_those_that_work_off(steps: None) -> None:
    done: list[str] = []
    register_step("send", lambda: done.append("send"))
    register_step("plan", lambda: done.append("plan"), plans=True)

    run_sweep()

    assert done == ["plan", "send"]


def test_a_step_that_fails_is_named_and_the_others_go_on(steps: None) -> None:
    register_step("broken", lambda: 1 / 0)
    register_step("good", lambda: 7)

    assert run_sweep() == {"broken": "failed", "good": 7}


@pytest.mark.django_db
def test_the_command_and_the_task_send_what_is_due(post_office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_writers, "test", lambda notice, secret: Letter("a@school.test", "Тема", "Текст"))
    first, out = NoticeFactory(), StringIO()

    call_command("sweep", stdout=out)
    second = NoticeFactory()
    sweep_task()

    assert "notices sent: 1" in out.getvalue().splitlines()
    assert dict(Notice.objects.values_list("pk", "state")) == dict.fromkeys((first.pk, second.pk), NoticeState.SENT)
    assert len(post_office.letters) == 2


def test_the_ground_floor_sends_letters_before_it_does_long_work() -> None:
    own = [name for name in sweep._steps if name in {"notices sent", "jobs done", "housekeeping"}]

    assert own == ["notices sent", "jobs done", "housekeeping"]
