"""A stage closes on conditions that are computed, or by hand with a reason; each year has its own end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from core.actors import Actor
from core.models import Event, Role
from roadmap.board.conditions import closing_headline, conditions_of
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.staircase import StageRow, staircase
from roadmap.evidence import Evidence, Proofs, Provider, register_evidence
from roadmap.models import ClosingState, Cycle, EvidenceKind, Stage, StageClosing, Window
from roadmap.services.closings import ClosingRefused, close_stage, reopen_stage
from tests.factories import (
    CycleFactory,
    ProgrammeFactory,
    StageClosingFactory,
    StageFactory,
    WindowFactory,
    actor_of,
    full_programme,
)

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
CONSENTS = EvidenceKind.MENTEE_CONSENTS
DONE = WindowRow(
    1, 1, 9, 2026, 1, "2.1", "", "Собрать согласия", "", "", None, None, date(2026, 10, 1), "", "", "",
    CONSENTS, "done", Standing.DONE,
)  # fmt: skip
OPEN = DONE._replace(key=2, activity=2, number="2.2", text="Составить базу", standing=Standing.NOW, evidence="")
LACKS = Evidence("согласия: 35 из 42", "/consents/", 35, 42, "у 7 из 42 наставляемых нет согласия", "/people/?x=1")


def provider(proof: Evidence) -> Provider:
    return lambda cycles: dict.fromkeys(cycles, proof)


def stage_of(*, done: bool = True, lacks: bool = False) -> tuple[Stage, Cycle, Actor]:
    """A stage with one activity proved by consents, its year and its curator."""
    programme = ProgrammeFactory()
    stage = StageFactory(programme=programme, place=2)
    window = WindowFactory(activity__stage=stage, activity__evidence=CONSENTS, done=done)
    proof = LACKS if lacks else Evidence("согласия: 42 из 42", "/consents/", 42, 42)
    register_evidence(CONSENTS, provider(proof))
    return stage, window.cycle, actor_of(school=programme.school)


# ---------------------------------------------------------------- conditions


def test_the_conditions_are_the_work_and_the_activities_unmet_ones_first() -> None:
    found = conditions_of([DONE, OPEN], {(CONSENTS, 9): LACKS})

    assert [(row.words, row.is_met, row.url) for row in found] == [
        ("у 7 из 42 наставляемых нет согласия", False, "/people/?x=1"),
        ("не выполнено: №\u00a02.2 Составить базу", False, "/activities/2/"),
    ]
    assert closing_headline("2", found) == (
        "Этап 2 закрыть нельзя: у 7 из 42 наставляемых нет согласия и ещё 1 причина"
    )


def test_one_reason_is_told_alone() -> None:
    found = conditions_of([DONE], {(CONSENTS, 9): LACKS})

    assert closing_headline("2", found) == "Этап 2 закрыть нельзя: у 7 из 42 наставляемых нет согласия"
    assert [(row.words, row.is_met) for row in found][1:] == [("выполнено 1 мероприятие", True)]


def test_with_nothing_lacking_the_stage_can_be_closed() -> None:
    found = conditions_of([DONE], {(CONSENTS, 9): Evidence("согласия: 42 из 42", "/consents/", 42, 42)})

    assert [(row.words, row.is_met) for row in found] == [
        ("согласия: 42 из 42", True),
        ("выполнено 1 мероприятие", True),
    ]
    assert closing_headline("2", found) == "Этап 2 можно закрыть"


def test_an_activity_of_several_terms_is_named_once_and_work_nobody_counts_is_no_condition() -> None:
    rows = [OPEN, OPEN._replace(key=3), DONE._replace(evidence="survey")]

    assert [row.words for row in conditions_of(rows, {})] == ["не выполнено: №\u00a02.2 Составить базу"]


# ---------------------------------------------------------------- closing


def test_a_stage_that_lacks_nothing_is_closed_without_a_reason() -> None:
    stage, cycle, by = stage_of()

    with time_machine.travel("2026-11-14 12:00Z"):
        close_stage(stage=stage, cycle=cycle, reason="", by=by)

    row = StageClosing.objects.get()
    assert (row.state, row.closed_on, row.closed_by, row.lacking, row.reason) == (
        ClosingState.CLOSED,
        date(2026, 11, 14),
        by.user,
        [],
        "",
    )
    event = Event.objects.get(verb="close")
    assert (event.thing, event.actor, event.detail) == (
        f"stageclosing:{row.pk}",
        by.pseudonym,
        {"stage": stage.pk, "lacking": 0},
    )


def test_what_is_lacking_needs_a_reason_and_stays_beside_it() -> None:
    stage, cycle, by = stage_of(done=False, lacks=True)

    with pytest.raises(ClosingRefused, match="у 7 из 42 наставляемых нет согласия"):
        close_stage(stage=stage, cycle=cycle, reason="  ", by=by)
    assert StageClosing.objects.count() == 0
    close_stage(stage=stage, cycle=cycle, reason=" Семь семей переехали ", by=by)

    row = StageClosing.objects.get()
    assert (row.lacking[0], len(row.lacking), row.reason) == (
        "у 7 из 42 наставляемых нет согласия",
        2,
        "Семь семей переехали",
    )


def test_closing_twice_is_one_act_and_the_first_word_stands() -> None:
    stage, cycle, by = stage_of(lacks=True)

    for reason in ("Первая", "Вторая"):
        close_stage(stage=stage, cycle=cycle, reason=reason, by=by)

    assert StageClosing.objects.get().reason == "Первая"
    assert Event.objects.filter(verb="close").count() == 1


def test_another_programmes_year_is_refused() -> None:
    stage, _cycle, by = stage_of()

    with pytest.raises(ClosingRefused, match="не из этой программы"):
        close_stage(stage=stage, cycle=CycleFactory(), reason="Так", by=by)


def test_opening_again_takes_a_reason_and_closing_anew_looks_anew() -> None:
    stage, cycle, by = stage_of(lacks=True)
    close_stage(stage=stage, cycle=cycle, reason="Спешим", by=by)

    with pytest.raises(ClosingRefused, match="почему этап открывают снова"):
        reopen_stage(stage=stage, cycle=cycle, reason=" ", by=by)
    for _click in range(2):
        reopen_stage(stage=stage, cycle=cycle, reason="Семьи вернулись", by=by)

    row = StageClosing.objects.get()
    assert (row.state, row.reopened_for) == (ClosingState.REOPENED, "Семьи вернулись")
    register_evidence(CONSENTS, provider(Evidence("согласия: 42 из 42", "/consents/", 42, 42)))
    close_stage(stage=stage, cycle=cycle, reason="", by=by)
    row.refresh_from_db()
    assert (row.state, row.lacking, row.reason, row.reopened_for) == (ClosingState.CLOSED, [], "", "")
    moves = Event.objects.filter(thing=f"stageclosing:{row.pk}").order_by("pk").values_list("verb", "to_state")
    assert list(moves) == [("close", ""), ("move", "reopened"), ("move", "closed")]


def test_what_is_not_closed_is_not_opened() -> None:
    stage, cycle, by = stage_of()

    with pytest.raises(ClosingRefused, match="Этот этап не закрыт"):
        reopen_stage(stage=stage, cycle=cycle, reason="Так", by=by)


def test_each_year_of_a_programme_is_closed_by_itself() -> None:
    stage, cycle, by = stage_of()
    later = CycleFactory(programme=stage.programme, year=2027)
    WindowFactory(activity=Window.objects.get().activity, cycle=later)

    close_stage(stage=stage, cycle=cycle, reason="", by=by)
    with pytest.raises(ClosingRefused, match="не выполнено"):
        close_stage(stage=stage, cycle=later, reason="", by=by)

    assert list(StageClosing.objects.values_list("cycle__year", flat=True)) == [2026]


# ---------------------------------------------------------------- the page of a stage


def test_the_page_names_what_is_lacking_and_leads_to_it(log_in: LogIn) -> None:
    stage, cycle, by = stage_of(done=False, lacks=True)

    page = log_in(by).get(f"/stages/{stage.pk}/closing/?cycle={cycle.pk}").content.decode()

    assert "Этап 2 закрыть нельзя: у 7 из 42 наставляемых нет согласия и ещё 1 причина" in page
    assert 'href="/people/?x=1"' in page
    assert f'href="/activities/{Window.objects.get().activity_id}/"' in page
    assert "Всё равно закрыть" in page
    assert "btn-primary" not in page


def test_a_stage_is_closed_from_its_page_with_a_reason(log_in: LogIn) -> None:
    stage, cycle, by = stage_of(lacks=True)
    browser, url = log_in(by), f"/stages/{stage.pk}/closing/?cycle={cycle.pk}"

    refused = browser.post(f"/stages/{stage.pk}/close/", {"cycle": cycle.pk, "reason": ""})
    closed = browser.post(f"/stages/{stage.pk}/close/", {"cycle": cycle.pk, "reason": "Семьи переехали"})
    page = browser.get(url).content.decode()

    assert refused.status_code == 400
    assert "Напишите, почему этап всё же закрывают." in refused.content.decode()
    assert closed["Location"] == url
    assert "Этап 2 закрыт" in page
    assert "Семьи переехали" in page
    assert by.user is not None
    assert by.user.short_name in page


def test_a_stage_that_lacks_nothing_has_one_main_button(log_in: LogIn) -> None:
    stage, cycle, by = stage_of()
    browser = log_in(by)

    page = browser.get(f"/stages/{stage.pk}/closing/").content.decode()
    browser.post(f"/stages/{stage.pk}/close/", {"cycle": cycle.pk})

    assert (page.count("btn-primary"), "Этап 2 можно закрыть" in page) == (1, True)
    assert StageClosing.objects.get().state == ClosingState.CLOSED


def test_a_closed_stage_is_opened_again_from_its_page(log_in: LogIn) -> None:
    closing = StageClosingFactory(lacking=["нет приказа"], reason="Спешим")
    browser = log_in(actor_of(Role.ADMINISTRATOR, closing.stage.programme.school))
    url = f"/stages/{closing.stage_id}/reopen/"

    empty = browser.post(url, {"cycle": closing.cycle_id})
    browser.post(url, {"cycle": closing.cycle_id, "reason": "Рано закрыли"})
    page = browser.get(f"/stages/{closing.stage_id}/closing/?cycle={closing.cycle_id}").content.decode()

    assert empty.status_code == 400
    assert StageClosing.objects.get().state == ClosingState.REOPENED
    assert "Рано закрыли" in page


def test_readers_see_the_conditions_and_no_buttons(log_in: LogIn) -> None:
    stage, _cycle, by = stage_of(lacks=True)

    page = log_in(actor_of(Role.PSYCHOLOGIST, by.school)).get(f"/stages/{stage.pk}/closing/").content.decode()

    assert "у 7 из 42 наставляемых нет согласия" in page
    assert 'href="/people/?x=1"' not in page
    assert "Всё равно закрыть" not in page


@pytest.mark.parametrize(("page", "methods"), [("closing", "get"), ("close", "post"), ("reopen", "post")])
def test_doors_of_a_stage(log_in: LogIn, page: str, methods: str) -> None:
    stage, _cycle, by = stage_of()
    url = f"/stages/{stage.pk}/{page}/"

    assert getattr(log_in(actor_of()), methods)(url).status_code == 404
    assert getattr(log_in(actor_of(Role.MENTOR, by.school)), methods)(url).status_code == 403
    assert log_in(by).delete(url).status_code == 405
    assert getattr(Client(), methods)(url)["Location"].startswith("/log-in/")
    if methods == "post":
        assert log_in(actor_of(Role.CLASS_TEACHER, by.school)).post(url).status_code == 403


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_a_year_that_is_not_of_the_programme_shows_the_one_under_way(log_in: LogIn, key: str) -> None:
    stage, cycle, by = stage_of()

    assert log_in(by).get(f"/stages/{stage.pk}/closing/?cycle={key}").context["cycle"] == cycle


def test_a_programme_without_years_has_no_page_of_closings_to_break(log_in: LogIn) -> None:
    stage = StageFactory()
    browser = log_in(actor_of(school=stage.programme.school))

    assert browser.get(f"/stages/{stage.pk}/closing/").status_code == 404
    assert browser.get(f"/programmes/{stage.programme_id}/closings/").status_code == 200


# ---------------------------------------------------------------- the page of all stages, the staircase


def test_all_stages_stand_on_one_page_with_what_keeps_them_open(log_in: LogIn) -> None:
    stage, cycle, by = stage_of(lacks=True)
    other = StageFactory(programme=stage.programme, place=3)
    StageClosingFactory(stage=other, cycle=cycle, lacking=["нет приказа"], reason="Так")

    page = log_in(by).get(f"/programmes/{stage.programme_id}/closings/").content.decode()

    assert "у 7 из 42 наставляемых нет согласия" in page
    assert "закрыт 1\u00a0ноября" in page
    assert "не всё было готово" in page
    assert "Мероприятия отмечают только люди" in page


@pytest.mark.parametrize("number", [1, 3])
def test_more_stages_cost_no_more_queries(
    log_in: LogIn, number: int, django_assert_num_queries: Callable[..., object]
) -> None:
    by = actor_of()
    programme = full_programme(by.school, activities=number * 7)
    browser, url = log_in(by), f"/programmes/{programme.pk}/closings/"
    browser.get(url)  # stamps the session

    with django_assert_num_queries(8):  # type: ignore[attr-defined]
        browser.get(url)


def test_the_staircase_says_when_a_stage_was_closed() -> None:
    stage = StageRow(1, "1", "Подготовка", "", "", "", {2026: date(2026, 11, 14), 2027: date(2027, 11, 1)})
    rows = [OPEN, DONE]
    proofs: Proofs = {(CONSENTS, 9): LACKS}

    (now,) = staircase([stage], rows, date(2026, 11, 22), proofs)
    (next_year,) = staircase([stage], [row._replace(year=2028) for row in rows], date(2026, 11, 22), proofs)
    (both,) = staircase([stage], [OPEN, DONE._replace(year=2027)], date(2026, 11, 22), proofs)

    assert (now.when, now.look, now.proofs) == ("закрыт 14\u00a0ноября", "done", ())
    assert [tread.look for tread in (next_year, both)] == ["now", "now"]


def test_the_programme_page_shows_closed_stages_of_its_year_alone(log_in: LogIn) -> None:
    by = actor_of()
    programme = full_programme(by.school, activities=7)
    first, second, *_rest = programme.stages.order_by("place")
    StageClosingFactory(stage=first, cycle=programme.cycles.get())
    StageClosingFactory(stage=second, cycle=programme.cycles.get(), reopened=True)

    page = log_in(by).get(f"/programmes/{programme.pk}/")

    assert [tread.when.startswith("закрыт") for tread in page.context["treads"]][:3] == [True, False, False]
