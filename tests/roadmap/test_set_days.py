"""Giving days, with what follows from them, as one act."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from core.actors import Actor
from core.models import Event, PeriodKind, Role
from roadmap.models import Change, ChangeKind, Programme, TermKind, Window
from roadmap.services.moving import ChangedMeanwhile, DaysRefused, foresee, set_days, stamp_of
from roadmap.services.progress import mark_done
from roadmap.services.undoing import undo_change
from tests.factories import ActivityFactory, CycleFactory, SchoolPeriodFactory, WindowFactory, actor_of

pytestmark = pytest.mark.django_db

MEETING = "Организация групповой встречи наставников и наставляемых"
SURVEY = "Проведение анкетирования на предмет предпочитаемого наставника после завершения групповой встречи"
PAIRS = "Анализ анкет групповой встречи и соединение наставников и наставляемых в пары"
AUTUMN = datetime(2026, 9, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_autumn():
    with time_machine.travel(AUTUMN, tick=False):
        yield


@pytest.fixture
def meeting() -> Window:
    """A group meeting on 12 October, and a survey and the pairs that follow it within two weeks."""
    cycle = CycleFactory()
    rows = [
        WindowFactory(
            cycle=cycle,
            activity=ActivityFactory(stage__programme=cycle.programme, text=text, number=number, term_text=term),
            starts_on=first,
            ends_on=last,
        )
        for text, number, term, first, last in (
            (MEETING, "5.1", "12 октября 2026", date(2026, 10, 12), date(2026, 10, 12)),
            (SURVEY, "5.2", "с 14 по 16 октября 2026", date(2026, 10, 14), date(2026, 10, 16)),
            (PAIRS, "5.3", "с 19 по 23 октября 2026", date(2026, 10, 19), date(2026, 10, 23)),
        )
    ]
    return rows[0]


def curator_of(window: Window) -> Actor:
    return actor_of(school=window.cycle.programme.school)


def days(number: str) -> tuple[date, date]:
    found = Window.objects.get(activity__number=number)
    assert found.starts_on
    assert found.ends_on
    return found.starts_on, found.ends_on


def term(number: str) -> str:
    return Window.objects.select_related("activity").get(activity__number=number).activity.term_text


def ahead(window: Window, first: date, last: date | None = None) -> list[tuple[int, tuple[date, date]]]:
    following = foresee(window=window, days=(first, last or first)).following
    return [(one.key, one.days) for one in following.followers]


def test_all_that_follows_is_moved_as_one_act(meeting: Window) -> None:
    day, by = date(2026, 10, 19), curator_of(meeting)

    change = set_days(window=meeting, starts_on=day, ends_on=day, along=ahead(meeting, day), by=by)

    assert change is not None
    assert [days(number) for number in ("5.1", "5.2", "5.3")] == [
        (date(2026, 10, 19), date(2026, 10, 19)),
        (date(2026, 10, 21), date(2026, 10, 23)),
        (date(2026, 10, 26), date(2026, 10, 30)),
    ]
    assert [term(number) for number in ("5.1", "5.2", "5.3")] == [
        "19 октября 2026",
        "с 21 по 23 октября 2026",
        "с 26 по 30 октября 2026",
    ]
    assert (Change.objects.count(), change.kind, change.told, change.made_by) == (
        1,
        ChangeKind.DAYS,
        f"5.1 {MEETING}",
        by.user,
    )
    assert (Programme.objects.get().revision, change.revision) == (2, 2)
    assert Event.objects.filter(verb="change", thing=f"programme:{change.programme_id}").count() == 1


def test_the_history_keeps_days_and_texts_as_they_were(meeting: Window) -> None:
    change = set_days(window=meeting, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 3), by=curator_of(meeting))

    assert change is not None
    assert change.before == {
        f"window:{meeting.pk}": {"starts_on": "2026-10-12", "ends_on": "2026-10-12"},
        f"activity:{meeting.activity_id}": {"term_text": "12 октября 2026", "term_kind": "month"},
    }
    assert change.after == {
        f"window:{meeting.pk}": {"starts_on": "2026-11-02", "ends_on": "2026-11-03"},
        f"activity:{meeting.activity_id}": {"term_text": "с 2 по 3 ноября 2026", "term_kind": "range"},
    }


def test_put_back_everything_stands_where_it_stood(meeting: Window) -> None:
    day, by = date(2026, 10, 19), curator_of(meeting)
    before = [(days(number), term(number)) for number in ("5.1", "5.2", "5.3")]
    change = set_days(window=meeting, starts_on=day, ends_on=day, along=ahead(meeting, day), by=by)
    assert change is not None

    undo_change(change=change, by=by)

    assert [(days(number), term(number)) for number in ("5.1", "5.2", "5.3")] == before


def test_one_alone_may_be_moved_and_some_of_those_that_follow(meeting: Window) -> None:
    day, by = date(2026, 10, 19), curator_of(meeting)
    survey, _pairs = ahead(meeting, day)

    set_days(window=meeting, starts_on=day, ends_on=day, along=[survey], by=by)

    assert days("5.2") == (date(2026, 10, 21), date(2026, 10, 23))
    assert days("5.3") == (date(2026, 10, 19), date(2026, 10, 23))


def test_the_same_twice_is_one_act(meeting: Window) -> None:
    day, by, seen = date(2026, 10, 19), curator_of(meeting), stamp_of(meeting)
    along = ahead(meeting, day)

    changes = [
        set_days(window=meeting, starts_on=day, ends_on=day, along=along, seen=seen, by=by) for _click in range(2)
    ]

    assert changes == [Change.objects.get(), None]


def test_nothing_is_written_over_what_someone_changed_meanwhile(meeting: Window) -> None:
    by, seen = curator_of(meeting), stamp_of(meeting)
    set_days(window=meeting, starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 5), by=by)

    with pytest.raises(ChangedMeanwhile):
        set_days(window=meeting, starts_on=date(2026, 10, 19), ends_on=date(2026, 10, 19), seen=seen, by=by)

    assert days("5.1") == (date(2026, 10, 5), date(2026, 10, 5))


def test_a_follower_that_was_done_meanwhile_stops_the_move_it_was_part_of(meeting: Window) -> None:
    day, by = date(2026, 10, 19), curator_of(meeting)
    along = ahead(meeting, day)
    mark_done(window=Window.objects.get(pk=along[0][0]), done_on=date(2026, 9, 9), note="", by=by)

    with pytest.raises(ChangedMeanwhile):
        set_days(window=meeting, starts_on=day, ends_on=day, along=along, by=by)

    assert days("5.1") == (date(2026, 10, 12), date(2026, 10, 12))


def test_only_what_was_proposed_is_moved_along(meeting: Window) -> None:
    other = WindowFactory()
    day = date(2026, 10, 19)

    for made_up in ((other.pk, (day, day)), (meeting.pk, (day, date(2026, 10, 20))), (10**9, (day, day))):
        with pytest.raises(ChangedMeanwhile):
            set_days(window=meeting, starts_on=day, ends_on=day, along=[made_up], by=curator_of(meeting))

    assert Change.objects.count() == 0


def test_what_is_done_keeps_its_days(meeting: Window) -> None:
    by = curator_of(meeting)
    mark_done(window=meeting, done_on=date(2026, 9, 9), note="", by=by)

    with pytest.raises(DaysRefused):
        set_days(window=meeting, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 2), by=by)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 11, 2), date(2026, 11, 1)),
        (date(1999, 1, 1), date(2026, 11, 1)),
        (date(2026, 11, 1), date(2101, 1, 1)),
    ],
)
def test_impossible_days_are_refused(meeting: Window, starts_on: date, ends_on: date) -> None:
    with pytest.raises(DaysRefused):
        set_days(window=meeting, starts_on=starts_on, ends_on=ends_on, by=curator_of(meeting))


def test_the_school_s_own_holidays_count(meeting: Window) -> None:
    school = meeting.cycle.programme.school
    SchoolPeriodFactory(
        school=school, kind=PeriodKind.HOLIDAY, starts_on=date(2026, 10, 19), ends_on=date(2026, 10, 25)
    )

    outlook = foresee(window=meeting, days=(date(2026, 10, 19), date(2026, 10, 19)))

    assert (outlook.is_free, outlook.is_outside) == (True, False)
    assert outlook.following.followers[0].days == (date(2026, 10, 26), date(2026, 10, 28))


def test_desk_work_may_lie_in_the_holidays(meeting: Window) -> None:
    pairs = Window.objects.get(activity__number="5.3")

    outlook = foresee(window=pairs, days=(date(2026, 12, 31), date(2027, 1, 3)))

    assert not outlook.asks


def test_days_outside_the_year_are_told(meeting: Window) -> None:
    assert foresee(window=meeting, days=(date(2027, 9, 6), date(2027, 9, 6))).is_outside


# ---------------------------------------------------------------- the term's text


@pytest.mark.parametrize(
    ("text", "kind", "first", "last", "expected"),
    [
        ("октябрь", TermKind.MONTH, date(2026, 10, 1), date(2026, 10, 31), "октябрь"),
        ("октябрь", TermKind.MONTH, date(2026, 11, 1), date(2026, 11, 30), "ноябрь 2026"),
        ("Октябрь", TermKind.MONTH, date(2026, 11, 1), date(2026, 11, 30), "Ноябрь 2026"),
        ("по графику", TermKind.SCHEDULE, date(2026, 11, 1), date(2026, 11, 30), "по графику, ноябрь 2026"),
        ("ежемесячно", TermKind.RECURRING, date(2026, 11, 1), date(2027, 3, 31), "ежемесячно, ноябрь 2026 – март 2027"),
        ("", TermKind.NONE, date(2028, 2, 29), date(2028, 2, 29), "29 февраля 2028"),
    ],
)
def test_the_text_of_a_term_follows_the_days(text: str, kind: str, first: date, last: date, expected: str) -> None:
    recurrence = "FREQ=MONTHLY" if kind == TermKind.RECURRING else ""
    window = WindowFactory(
        activity__term_text=text, activity__term_kind=kind, activity__recurrence=recurrence, ends_on=date(2026, 10, 30)
    )

    set_days(window=window, starts_on=first, ends_on=last, by=curator_of(window))

    window.activity.refresh_from_db()
    assert (window.activity.term_text, window.activity.recurrence) == (expected, recurrence)


def test_the_text_names_every_year_of_the_programme() -> None:
    first = WindowFactory(activity__term_text="октябрь 2026, 2027")
    later = CycleFactory(programme=first.cycle.programme, year=2027)
    WindowFactory(activity=first.activity, cycle=later, starts_on=date(2027, 10, 1), ends_on=date(2027, 10, 31))

    set_days(window=first, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30), by=curator_of(first))

    first.activity.refresh_from_db()
    assert (first.activity.term_text, first.activity.revision) == ("ноябрь 2026; октябрь 2027", 2)


def test_days_are_for_whoever_marks() -> None:
    window = WindowFactory(starts_on=None, ends_on=None)
    administrator = actor_of(Role.ADMINISTRATOR, window.cycle.programme.school)

    change = set_days(window=window, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 2), by=administrator)

    assert change is not None
    assert change.before[f"window:{window.pk}"] == {"starts_on": None, "ends_on": None}
