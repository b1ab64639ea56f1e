"""Complete work is offered to be marked, with one press; where the school says so, it marks itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.models import Event, Role, School
from roadmap.board.lines import lines_of
from roadmap.board.offers import offer_of
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.waiting import wait_list
from roadmap.evidence import Evidence, register_evidence
from roadmap.models import EvidenceKind, Programme, Window, WindowState
from roadmap.services.progress import undo_done
from roadmap.services.selfmarking import (
    NotComplete,
    complete_window,
    mark_complete,
    mark_in_turn,
    switch_self_marking,
)
from tests.factories import WindowFactory, actor_of
from tests.registries import always

LogIn = Callable[[Actor], Client]
PAIRS = EvidenceKind.PAIRS
TODAY = date(2026, 11, 22)
FULL, PART = Evidence("согласия: 40 из 40", "/people/", 40, 40), Evidence("согласия: 39 из 40", "/people/", 39, 40)
EMPTY = WindowRow(
    1,
    1,
    9,
    2026,
    1,
    "19",
    "",
    "Дело",
    "",
    "",
    None,
    None,
    None,
    "",
    "дело",
    "дело",
    "pairs",
    "planned",
    Standing.UNDATED,
)
NOW = EMPTY._replace(standing=Standing.NOW, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))


# ---------------------------------------------------------------- what is offered


@pytest.mark.parametrize(
    ("row", "proof", "is_offered"),
    [
        (NOW, FULL, True),
        (NOW._replace(standing=Standing.LATE), FULL, True),
        (EMPTY, FULL, True),
        (NOW._replace(standing=Standing.COMING), FULL, False),
        (NOW._replace(standing=Standing.DONE), FULL, False),
        (NOW, PART, False),
        (NOW, Evidence("0 из 0", "", 0, 0), False),
        (NOW._replace(evidence="survey"), FULL, False),
    ],
)
def test_complete_work_of_what_has_begun_is_offered(row: WindowRow, proof: Evidence, is_offered: bool) -> None:
    assert (offer_of(row, {("pairs", 9): proof}, TODAY) is not None) == is_offered


@pytest.mark.parametrize(("ends_on", "is_offered"), [(TODAY, True), (TODAY + timedelta(days=1), False), (None, False)])
def test_regular_meetings_are_offered_from_their_last_day_on(ends_on: date | None, is_offered: bool) -> None:
    row = NOW._replace(evidence="meetings", ends_on=ends_on)

    assert (offer_of(row, {("meetings", 9): FULL}, TODAY) is not None) == is_offered


def test_a_row_offers_to_mark_with_one_press() -> None:
    ready, working = lines_of([NOW, NOW._replace(cycle=8)], TODAY, {("pairs", 9): FULL, ("pairs", 8): PART})

    assert (ready.verb, ready.deed, ready.look) == ("complete", "Отметить", "now")
    assert (working.verb, working.deed) == ("done", "Выполнено")


def test_what_is_complete_waits_for_the_curator_after_what_is_overdue() -> None:
    late = NOW._replace(standing=Standing.LATE, ends_on=date(2026, 10, 31), evidence="")

    waits = wait_list([], [EMPTY, NOW, late], {("pairs", 9): FULL}, "/programmes/1/", TODAY)

    assert [(row.text, row.proof, row.at_once, row.day) for row in waits.rows] == [
        ("Дело", "", False, "31\u00a0октября"),
        ("Дело", "Готово – согласия: 40 из 40", True, ""),
        ("Дело", "Готово – согласия: 40 из 40", True, "30\u00a0ноября"),
    ]
    assert {row.url for row in waits.rows[1:]} == {"/windows/1/complete/"}
    assert (waits.count, waits.late) == (3, 1)


# ---------------------------------------------------------------- with one press


def window_of(**columns: object) -> tuple[Window, Actor]:
    """A window under way, proved by pairs, and its curator."""
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=5), "ends_on": today + timedelta(days=5)}
    window = WindowFactory(activity__evidence=PAIRS, **(days | columns))
    return window, actor_of(school=window.cycle.programme.school)


def complete(words: str = "пары: 4 из 4") -> None:
    register_evidence(PAIRS, always(words, done=4, total=4))


@pytest.mark.django_db
def test_one_press_marks_with_what_was_counted(log_in: LogIn) -> None:
    window, by = window_of()
    complete()

    response = log_in(by).post(f"/windows/{window.pk}/complete/", {"next": "/"})

    window.refresh_from_db()
    assert (response["Location"], window.state, window.done_by) == ("/", WindowState.DONE, by.user)
    assert (window.done_on, window.note) == (
        timezone.localdate(timezone=window.cycle.programme.school.zone),
        "пары: 4 из 4",
    )


@pytest.mark.django_db
def test_a_note_that_is_there_stays() -> None:
    window, by = window_of(note="Ждём отца")
    complete()

    complete_window(window=window, by=by)
    complete_window(window=window, by=by)

    window.refresh_from_db()
    assert window.note == "Ждём отца"
    assert Event.objects.filter(verb="move").count() == 1


@pytest.mark.django_db
def test_what_is_not_complete_any_more_is_refused(log_in: LogIn) -> None:
    window, by = window_of()
    register_evidence(PAIRS, always("пары: 3 из 4"))

    with pytest.raises(NotComplete):
        complete_window(window=window, by=by)
    response = log_in(by).post(f"/windows/{window.pk}/complete/", follow=True)

    assert "Работа уже не завершена целиком" in response.content.decode()
    assert Window.objects.get().state == WindowState.PLANNED


@pytest.mark.django_db
def test_doors_of_the_press(log_in: LogIn) -> None:
    window, by = window_of()
    url = f"/windows/{window.pk}/complete/"

    assert log_in(actor_of()).post(url).status_code == 404
    assert log_in(actor_of(Role.CLASS_TEACHER, by.school)).post(url).status_code == 403
    assert log_in(by).get(url).status_code == 405


@pytest.mark.django_db
def test_the_button_stands_on_the_first_page_and_in_the_list(log_in: LogIn) -> None:
    window, by = window_of()
    complete()
    browser = log_in(by)

    pages = [browser.get(address).content.decode() for address in ("/", f"/programmes/{window.cycle.programme_id}/")]

    assert all(f'formaction="/windows/{window.pk}/complete/"' in page for page in pages)
    assert all(page.count('<form id="undo"') == 1 for page in pages)
    assert pages[0].count("btn-primary") == 1


# ---------------------------------------------------------------- by itself


def let(window: Window, by: Actor, is_on: bool = True) -> None:
    switch_self_marking(programme=window.cycle.programme, is_on=is_on, by=by)


@pytest.mark.django_db
def test_nothing_marks_itself_unless_the_school_says_so() -> None:
    window_of()
    complete()

    assert mark_complete() == 0


@pytest.mark.django_db
def test_complete_activities_mark_themselves_once(log_in: LogIn) -> None:
    window, by = window_of()
    let(window, by)
    complete("согласия: 40 из 40")

    assert [mark_complete(), mark_complete()] == [1, 0]

    window.refresh_from_db()
    assert (window.state, window.done_by, window.note) == (
        WindowState.DONE,
        by.user,
        "отмечено само – согласия: 40 из 40",
    )
    event = Event.objects.get(verb="move", thing=f"window:{window.pk}")
    assert (event.actor, event.to_state) == ("system", "done")


@pytest.mark.django_db
def test_the_day_is_that_of_the_school() -> None:
    window, by = window_of(starts_on=date(2026, 10, 21), ends_on=date(2026, 10, 30))
    School.objects.update(time_zone="Asia/Kamchatka")
    let(window, by)
    complete()

    with time_machine.travel(datetime(2026, 10, 20, 11, tzinfo=UTC)):
        assert mark_complete() == 0
    with time_machine.travel(datetime(2026, 10, 20, 13, tzinfo=UTC)):  # the 21st has begun there
        assert mark_complete() == 1

    assert Window.objects.get().done_on == date(2026, 10, 21)


@pytest.mark.django_db
def test_what_a_person_took_back_stays_with_people() -> None:
    window, by = window_of()
    let(window, by)
    complete()
    mark_complete()
    window.refresh_from_db()

    undo_done(window=window, by=by)

    assert mark_complete() == 0
    complete_window(window=window, by=by)
    assert Window.objects.get().state == WindowState.DONE


@pytest.mark.django_db
def test_work_that_is_not_complete_or_not_begun_or_not_counted_waits() -> None:
    window, by = window_of()
    let(window, by)
    programme = window.cycle.programme
    more = {"activity__stage__programme": programme, "cycle": window.cycle}
    later = timezone.localdate() + timedelta(days=3)
    WindowFactory(**more, activity__evidence=PAIRS, starts_on=later, ends_on=later)
    WindowFactory(**more, activity__evidence="survey")
    WindowFactory(**more)
    register_evidence(PAIRS, always("пары: 3 из 4"))

    assert mark_complete() == 0
    complete()
    assert mark_complete() == 1


@pytest.mark.django_db
def test_switching_is_written_down_and_twice_is_once() -> None:
    window, by = window_of()

    for is_on in (True, True, False, False):
        let(window, by, is_on)

    events = Event.objects.filter(verb="switch_self_marking").order_by("pk")
    assert [(row.actor, row.to_state) for row in events] == [(by.pseudonym, "on"), (by.pseudonym, "off")]
    assert Programme.objects.get().self_marked_by is None
    complete()
    assert mark_complete() == 0


@pytest.mark.django_db
def test_a_sweep_looks_no_more_often_than_it_has_to() -> None:
    window, by = window_of()
    let(window, by)
    complete()

    assert [mark_in_turn(), mark_in_turn()] == [1, 0]


@pytest.mark.django_db
def test_the_page_says_what_will_happen_before_it_is_switched_on(log_in: LogIn) -> None:
    window, by = window_of()
    browser, url = log_in(by), f"/programmes/{window.cycle.programme_id}/self-marking/"

    asked = browser.get(url).content.decode()
    browser.post(url, {"turn": "on"})
    listed = browser.get(f"/programmes/{window.cycle.programme_id}/closings/").content.decode()
    assert by.user is not None

    assert "отметит его выполненным от вашего имени" in asked
    assert Programme.objects.get().self_marked_by == by.user
    assert f"Включено: {by.user.short_name}." in listed
    assert "Пусть снова отмечают только люди?" in browser.get(url).content.decode()
    browser.post(url, {"turn": "off"})
    assert Programme.objects.get().self_marked_by is None


@pytest.mark.django_db
def test_only_the_schools_curator_switches(log_in: LogIn) -> None:
    window, by = window_of()
    url = f"/programmes/{window.cycle.programme_id}/self-marking/"

    assert log_in(actor_of()).get(url).status_code == 404
    assert log_in(actor_of(Role.ADMINISTRATOR, by.school)).post(url).status_code == 403
    assert log_in(by).delete(url).status_code == 405
