"""What follows when an activity gets other days: plain values in and out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.calendar import usual_periods
from core.models import PeriodKind
from roadmap.models import EvidenceKind
from roadmap.moving import Calendar, Following, Frame, Period, PlanRow, Step, step_of, what_follows
from roadmap.moving.shifting import Unit, is_whole_months, on_school_days, shift_between, shifted
from roadmap.moving.steps import _OF_EVIDENCE, _OF_USUAL, ONCE_BEGUN, PEOPLE_MEET, STANDS_ON, basis_of
from roadmap.moving.words import reason_words
from roadmap.reading.standard import ACTIVITIES, USUAL

Days = tuple[date, date]
ORDER = list(Step)


def usual(year: int) -> list[Period]:
    return [Period(row.kind == PeriodKind.TERM, row.starts_on, row.ends_on) for row in usual_periods(year)]


CALENDAR = Calendar((), usual)
FRAME = Frame(CALENDAR, not_before=date(2026, 9, 1), ends_on=date(2027, 8, 31))
MEETING, SURVEY, PAIRS, ORDERED, FIRST = 17, 18, 19, 20, 21


def month(number: int, year: int = 2026) -> Days:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def days(first: str, last: str = "") -> Days:
    return date.fromisoformat(first), date.fromisoformat(last or first)


def row(key: int, step: Step | None, when: Days | None, *, cycle: int = 1, done: bool = False) -> PlanRow:
    return PlanRow(key, cycle, step, when, done)


def found(following: Following) -> list[tuple[int, Days, int]]:
    return [(one.key, one.days, one.because) for one in following.followers]


def spring(*steps: tuple[int, Step, Days]) -> list[PlanRow]:
    return [row(key, step, when) for key, step, when in steps]


WEEKS = spring(
    (MEETING, Step.GROUP_MEETING, days("2026-10-12")),
    (SURVEY, Step.PREFERENCES, days("2026-10-14", "2026-10-16")),
    (PAIRS, Step.PAIRS, days("2026-10-19", "2026-10-23")),
    (ORDERED, Step.ORDER, days("2026-12-01")),
)
MONTHS = spring(
    (MEETING, Step.GROUP_MEETING, month(10)),
    (SURVEY, Step.PREFERENCES, month(10)),
    (PAIRS, Step.PAIRS, month(11)),
    (ORDERED, Step.ORDER, month(12)),
    (FIRST, Step.FIRST_MEETING, month(3, 2027)),
)


def test_what_comes_too_early_is_moved_by_weeks_as_far_as_it_needs_and_the_rest_stays() -> None:
    following = what_follows(WEEKS, MEETING, days("2026-10-19"), FRAME)

    assert found(following) == [
        (SURVEY, days("2026-10-21", "2026-10-23"), MEETING),
        (PAIRS, days("2026-10-26", "2026-10-30"), SURVEY),
    ]
    assert (following.in_time, following.ahead_of) == (1, ())


def test_whole_months_stay_whole_months() -> None:
    following = what_follows(MONTHS, MEETING, month(12), FRAME)

    assert found(following) == [
        (SURVEY, month(12), MEETING),
        (PAIRS, month(1, 2027), SURVEY),
        (ORDERED, month(2, 2027), PAIRS),
    ]
    assert following.in_time == 1


def test_days_move_by_months_with_a_month() -> None:
    rows = [MONTHS[0], row(SURVEY, Step.PREFERENCES, days("2026-11-10", "2026-11-12"))]

    following = what_follows(rows, MEETING, month(11), FRAME)

    assert found(following) == [(SURVEY, days("2026-12-10", "2026-12-12"), MEETING)]


def test_a_month_waits_for_a_day_within_it() -> None:
    rows = [WEEKS[0], row(SURVEY, Step.PREFERENCES, month(10)), row(PAIRS, Step.PAIRS, month(11))]

    within = what_follows(rows, MEETING, days("2026-10-30"), FRAME)
    after = what_follows(rows, MEETING, days("2026-11-10"), FRAME)

    assert found(within) == []
    assert found(after) == [(SURVEY, month(11), MEETING)]


def test_people_do_not_meet_in_the_holidays_nor_on_sundays() -> None:
    rows = [row(MEETING, Step.GROUP_MEETING, days("2026-12-14")), row(FIRST, Step.FIRST_MEETING, days("2026-12-20"))]

    following = what_follows(rows, MEETING, days("2026-12-21"), FRAME)
    into_holidays = what_follows(rows, MEETING, days("2026-12-28"), FRAME)

    assert found(following) == [(FIRST, days("2026-12-28"), MEETING)]
    assert found(into_holidays) == [(FIRST, days("2027-01-12"), MEETING)]


def test_what_goes_beyond_the_end_is_said() -> None:
    rows = [row(1, Step.CASES, month(4, 2027)), row(2, Step.PUBLICATION, month(5, 2027))]
    frame = Frame(CALENDAR, date(2026, 9, 1), date(2027, 5, 31))

    following = what_follows(rows, 1, month(6, 2027), frame)

    assert [(one.days, one.is_after_end) for one in following.followers] == [(month(7, 2027), True)]


def test_what_is_done_stays_and_moves_nobody() -> None:
    rows = [WEEKS[0], row(SURVEY, Step.PREFERENCES, WEEKS[1].days, done=True), WEEKS[2]]

    assert found(what_follows(rows, MEETING, days("2026-10-16"), FRAME)) == []
    assert found(what_follows(rows, MEETING, days("2026-10-19"), FRAME)) == [
        (PAIRS, days("2026-10-26", "2026-10-30"), MEETING)
    ]


def test_other_work_and_other_years_stay() -> None:
    rows = [
        WEEKS[0],
        row(SURVEY, Step.PREFERENCES, WEEKS[1].days, cycle=2),
        row(PAIRS, None, WEEKS[2].days),
        row(1, Step.INTERVIEWS, days("2026-10-05")),
    ]

    assert what_follows(rows, MEETING, days("2026-12-01"), FRAME) == Following()
    assert what_follows(rows, PAIRS, days("2026-12-01"), FRAME) == Following()


def test_a_plan_that_kept_another_order_keeps_it() -> None:
    rows = [row(MEETING, Step.GROUP_MEETING, month(11)), row(SURVEY, Step.PREFERENCES, month(10))]

    assert found(what_follows(rows, MEETING, month(12), FRAME)) == []


def test_interim_feedback_waits_for_the_first_regular_meeting_alone() -> None:
    rows = [
        row(24, Step.MEETINGS, days("2026-11-09", "2027-05-14")),
        row(25, Step.FEEDBACK, days("2027-01-20")),
        row(26, Step.FINAL_MEETING, days("2027-05-17")),
    ]

    longer = what_follows(rows, 24, days("2026-11-09", "2027-05-21"), FRAME)
    later = what_follows(rows, 24, days("2027-02-08", "2027-05-14"), FRAME)

    assert [one.key for one in longer.followers] == [26]
    assert [one.key for one in later.followers] == [25]


def test_moved_back_those_that_follow_may_come_along() -> None:
    following = what_follows(WEEKS, MEETING, days("2026-10-05"), FRAME)

    assert found(following) == [
        (SURVEY, days("2026-10-07", "2026-10-09"), MEETING),
        (PAIRS, days("2026-10-12", "2026-10-16"), SURVEY),
        (ORDERED, days("2026-11-24"), PAIRS),
    ]
    assert not any(one.is_too_early for one in following.followers)


def test_nobody_is_drawn_ahead_of_something_else_he_waits_for_nor_into_the_past() -> None:
    rows = [
        row(1, Step.MENTORS_MEASURED, days("2026-11-02")),
        row(ORDERED, Step.ORDER, days("2026-10-26")),
        row(FIRST, Step.FIRST_MEETING, days("2026-11-03")),
    ]
    late = Frame(CALENDAR, date(2026, 10, 15), date(2027, 5, 31))

    assert found(what_follows(rows, ORDERED, days("2026-10-19"), FRAME)) == []
    assert found(what_follows(WEEKS, MEETING, days("2026-10-05"), late)) == [(ORDERED, days("2026-11-24"), MEETING)]


def test_one_hears_that_the_moved_one_now_comes_before_what_it_stands_on() -> None:
    assert what_follows(WEEKS, PAIRS, days("2026-10-09"), FRAME).ahead_of == (MEETING, SURVEY)


def test_days_given_for_the_first_time_move_what_is_over_by_then() -> None:
    rows = [row(MEETING, Step.GROUP_MEETING, None), WEEKS[1], WEEKS[3]]

    assert found(what_follows(rows, MEETING, days("2026-10-20"), FRAME)) == [
        (SURVEY, days("2026-10-21", "2026-10-23"), MEETING)
    ]


# ---------------------------------------------------------------- days


def test_the_shift_between_days_is_named() -> None:
    assert shift_between(month(10), month(12)) == (Unit.MONTH, 2)
    assert shift_between(days("2026-10-05", "2026-10-09"), days("2026-11-05", "2026-11-09")) == (Unit.MONTH, 1)
    assert shift_between(days("2026-10-12"), days("2026-10-26")) == (Unit.WEEK, 2)
    assert shift_between(days("2026-10-12", "2026-10-13"), days("2026-10-12", "2026-10-20")) == (Unit.DAY, 7)
    assert shift_between(month(10), days("2026-10-12")) == (Unit.DAY, -19)


@pytest.mark.parametrize(
    ("before", "months", "after"),
    [
        (days("2028-02-29"), 12, days("2029-02-28")),
        (days("2028-02-29"), 1, days("2028-03-29")),
        (month(2, 2028), 12, month(2, 2029)),
        (month(2, 2027), 12, month(2, 2028)),
        (days("2028-01-31"), 1, days("2028-02-29")),
        (days("2027-02-27", "2027-02-28"), 12, days("2028-02-27", "2028-02-28")),
        (days("2026-10-30", "2026-11-02"), -8, days("2026-02-28", "2026-03-03")),
    ],
)
def test_a_month_later_is_a_day_that_exists(before: Days, months: int, after: Days) -> None:
    assert shifted(before, Unit.MONTH, months) == after


# ---------------------------------------------------------------- the calendar


def test_the_school_s_own_calendar_comes_before_the_usual_one() -> None:
    own = Calendar((Period(False, date(2026, 10, 5), date(2026, 10, 11)),), usual)

    assert [own.is_school_day(date(2026, 10, day)) for day in (3, 4, 5, 11, 12)] == [True, False, False, False, True]
    assert own.is_school_day(date(2027, 1, 5))  # this school says nothing of winter
    assert not CALENDAR.is_school_day(date(2027, 1, 5))
    assert not own.is_school_day(date(2028, 1, 5))


def test_a_calendar_of_terms_alone_has_holidays_between_them() -> None:
    terms = Calendar(
        (Period(True, date(2026, 9, 1), date(2026, 10, 25)), Period(True, date(2026, 11, 5), date(2026, 12, 30))), usual
    )

    assert not terms.is_school_day(date(2026, 10, 28))
    assert terms.is_school_day(date(2026, 11, 5))


def test_a_summer_without_school_leads_to_september() -> None:
    assert on_school_days(month(6, 2027), CALENDAR, by_months=True) == month(9, 2027)
    assert on_school_days(days("2027-06-10"), CALENDAR, by_months=False) == days("2027-09-01")


def test_a_few_days_neither_begin_nor_end_when_there_is_no_school() -> None:
    assert on_school_days(days("2026-10-23", "2026-10-26"), CALENDAR, by_months=False) == days(
        "2026-11-02", "2026-11-05"
    )
    assert on_school_days(days("2026-10-23", "2026-10-30"), CALENDAR, by_months=False) == days(
        "2026-10-23", "2026-10-30"
    )
    assert on_school_days(days("2026-09-06"), CALENDAR, by_months=False) == days("2026-09-07")


def test_without_any_day_of_school_the_days_stay() -> None:
    never = Calendar((), lambda year: [Period(False, date(year, 9, 1), date(year + 1, 8, 31))])

    assert on_school_days(month(10), never, by_months=True) == month(10)
    assert on_school_days(days("2026-10-12"), never, by_months=False) == days("2026-10-12")


# ---------------------------------------------------------------- the steps


def test_every_step_stands_only_on_steps_before_it() -> None:
    assert [
        (step, below) for step, basis in STANDS_ON.items() for below in basis if ORDER.index(below) >= ORDER.index(step)
    ] == []
    assert {below for _step, below in ONCE_BEGUN} | PEOPLE_MEET <= set(Step)
    assert basis_of(Step.FINAL_MEETING)[Step.MEETINGS]
    assert not basis_of(Step.FEEDBACK)[Step.MEETINGS]


def test_every_standard_activity_has_its_step_and_each_table_names_what_exists() -> None:
    assert [step_of(found.text) for found in ACTIVITIES][16:20] == [
        Step.GROUP_MEETING,
        Step.PREFERENCES,
        Step.PAIRS,
        Step.ORDER,
    ]
    assert {step_of(found.text) for found in ACTIVITIES} == set(Step)
    assert set(_OF_USUAL) <= {found.text for found in USUAL}
    assert set(_OF_EVIDENCE) <= set(EvidenceKind.values)


def test_a_reason_is_a_sentence_for_every_step() -> None:
    assert reason_words(Step.PREFERENCES, Step.GROUP_MEETING) == "анкета предпочтений идёт после групповой встречи"
    assert len({reason_words(step, step) for step in Step}) == len(Step)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Оценка участников-наставляемых по заданным параметрам", Step.MENTEES_MEASURED),
        ("Оценка участников-наставников по заданным параметрам", Step.MENTORS_MEASURED),
        ("Мониторинг и оценка влияния программ на всех участников", Step.MEASURED_AFTER),
        ("Приказ о формировании наставнических пар и групп", Step.ORDER),
        ("Формирование наставнических пар/групп", Step.PAIRS),
        ("Подготовка персонализированных программ наставничества", None),
        ("Реализация персонализированных программ наставничества", Step.MEETINGS),
        ("Выбор форм наставничества, реализуемых в рамках текущей программы", Step.FORMS),
    ],
)
def test_wordings_that_share_most_words_are_told_apart(text: str, step: Step | None) -> None:
    assert step_of(text) == step


def test_words_of_one_s_own_are_known_by_what_proves_them() -> None:
    assert step_of("Вечер знакомств", EvidenceKind.GROUP_MEETING) == Step.GROUP_MEETING
    assert step_of("Вечер знакомств", EvidenceKind.EVENT) is None
    assert step_of("Субботник") is None


# ---------------------------------------------------------------- any plan

SCHOOL_DAYS = st.dates(date(2026, 9, 1), date(2028, 8, 31))
SPANS = st.tuples(SCHOOL_DAYS, st.integers(0, 60)).map(lambda made: (made[0], made[0] + timedelta(made[1])))
SOME_MONTHS = st.tuples(SCHOOL_DAYS, st.integers(0, 3)).map(
    lambda made: (made[0].replace(day=1), shifted(month(made[0].month, made[0].year), Unit.MONTH, made[1])[1])
)
LEAP = st.just(days("2028-02-29"))
ANY_DAYS = st.one_of(SPANS, SOME_MONTHS, SCHOOL_DAYS.map(lambda day: (day, day)), LEAP)
PLANS = st.lists(
    st.tuples(
        st.sampled_from([*Step, None]),
        st.none() | ANY_DAYS,
        st.booleans() | st.just(False),
        st.sampled_from([1, 1, 1, 2]),
    ),
    min_size=2,
    max_size=40,
).map(lambda made: [row(key, step, when, cycle=cycle, done=done) for key, (step, when, done, cycle) in enumerate(made)])


def after(rows: list[PlanRow], following: Following, key: int, new: Days) -> list[PlanRow]:
    moved = {one.key: one.days for one in following.followers} | {key: new}
    return [row(one.key, one.step, moved.get(one.key, one.days), cycle=one.cycle, done=one.is_done) for one in rows]


def broken_orders(
    before: list[PlanRow], now: list[PlanRow], *, concerning: Callable[[PlanRow], bool]
) -> list[tuple[PlanRow, PlanRow]]:
    """Pairs that were in the order of the work, one over before the other began, and are so no longer."""
    found = []
    for (first, first_now), (second, second_now) in combinations(zip(before, now, strict=True), 2):
        for (one, one_now), (two, two_now) in (
            ((first, first_now), (second, second_now)),
            ((second, second_now), (first, first_now)),
        ):
            waits = two.step and one.step in basis_of(two.step) and one.cycle == two.cycle
            if waits and one.days and two.days and one.days[1] < two.days[0] and concerning(two):
                assert one_now.days
                assert two_now.days
                if two_now.days[1] < one_now.days[1]:
                    found.append((one_now, two_now))
    return found


@given(rows=PLANS, new=ANY_DAYS, which=st.integers(0, 39))
@settings(max_examples=300)
def test_what_is_proposed_keeps_order_length_rest_and_what_is_done(rows, new, which):
    moved = rows[which % len(rows)]
    is_later = moved.days is None or new[1] >= moved.days[1] or new[0] > moved.days[0]

    following = what_follows(rows, moved.key, new, FRAME)

    by_key = {one.key: one for one in rows}
    keys = [one.key for one in following.followers]
    assert len(keys) == len(set(keys))
    assert moved.key not in keys
    for one in following.followers:
        old = by_key[one.key]
        assert old.days
        assert not old.is_done
        assert old.cycle == moved.cycle
        assert moved.step in basis_of(old.step)
        assert one.because in {*keys[: keys.index(one.key)], moved.key}
        assert one.is_too_early == is_later
        assert (one.days[0] > old.days[0]) == is_later
        assert one.is_after_end == (is_later and one.days[1] > FRAME.ends_on)
        assert is_whole_months(one.days) >= is_whole_months(old.days)
        if not is_whole_months(old.days):
            assert one.days[1] - one.days[0] == old.days[1] - old.days[0]
        if old.step in PEOPLE_MEET:
            assert CALENDAR.has_school_day(*one.days)
            assert is_whole_months(old.days) or CALENDAR.is_school_day(one.days[0])
    now = after(rows, following, moved.key, new)
    assert broken_orders(rows, now, concerning=lambda two: not two.is_done and two.key != moved.key) == []


@given(rows=PLANS, new=ANY_DAYS, which=st.integers(0, 39))
@settings(max_examples=200)
def test_once_all_is_taken_nothing_more_follows(rows, new, which):
    moved = rows[which % len(rows)]
    first = what_follows(rows, moved.key, new, FRAME)

    again = what_follows(after(rows, first, moved.key, new), moved.key, new, FRAME)

    assert again.followers == ()
