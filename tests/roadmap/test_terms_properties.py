"""The term grammar on any text: it never breaks, and what it writes it reads back."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap.terms import KINDS, Window, read_term, render_windows
from roadmap.terms.vocabulary import LEXICON

WORDS = st.sampled_from(
    [*LEXICON, *"-–,;./()«»", "2023", "2024", "0000", "9999", "5", "31", "05.10.2023", "чепуха", "\n"]
)
"""Words of the grammar in any order: much nearer to terms than letters are."""

TEXTS = st.one_of(
    st.text(max_size=300), st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join)
)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
SCHOOL_DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))


def windows_of(any_day: st.SearchStrategy[date]) -> st.SearchStrategy[Window]:
    return st.tuples(any_day, any_day).map(lambda pair: (min(pair), max(pair)))


WHOLE_MONTHS = windows_of(SCHOOL_DAYS).map(
    lambda window: (window[0].replace(day=1), window[1].replace(day=monthrange(window[1].year, window[1].month)[1]))
)
REPEATED = st.tuples(WHOLE_MONTHS | windows_of(SCHOOL_DAYS), st.integers(1, 3)).map(
    lambda made: [(made[0][0] + timedelta(days=365 * n), made[0][1] + timedelta(days=365 * n)) for n in range(made[1])]
)
QUARTERS = st.tuples(st.integers(2020, 2029), st.sampled_from([1, 4, 7, 10])).map(
    lambda made: (date(made[0], made[1], 1), date(made[0], made[1] + 2, monthrange(made[0], made[1] + 2)[1]))
)
EDGES = st.sampled_from(
    [
        (date(2024, 2, 29), date(2024, 2, 29)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 2, 1), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2028, 2, 29)),
        (date(2023, 12, 31), date(2024, 1, 1)),
        (date(2023, 12, 31), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2023, 9, 1), date(2024, 8, 31)),
    ]
)
WINDOW = st.one_of(
    QUARTERS,
    EDGES,
    windows_of(DAYS),
    windows_of(SCHOOL_DAYS),
    WHOLE_MONTHS,
    SCHOOL_DAYS.map(lambda day: (day, day)),
)
WINDOWS = st.lists(st.lists(WINDOW, max_size=8) | REPEATED, max_size=3).map(
    lambda lists: tuple(sorted({window for windows in lists for window in windows}))
)


CALENDARS = st.none() | st.dictionaries(
    st.tuples(st.integers(2019, 2030), st.integers(1, 6)), windows_of(SCHOOL_DAYS), max_size=12
)


@given(text=TEXTS, period=st.none() | windows_of(SCHOOL_DAYS), calendar=CALENDARS)
@example(text="сентябрь 9999 – май", period=None, calendar=None)
@example(text="9999 учебный год", period=None, calendar=None)
@example(text="сентябрь – май", period=(date(1, 1, 1), date(2, 12, 31)), calendar=None)
@example(text="1 четверть", period=(date(1, 1, 1), date(9999, 12, 31)), calendar={})
@example(text="сентябрь – май", period=(date(9999, 1, 1), date(9999, 12, 31)), calendar=None)
@example(text="5 раз в 0 недель", period=None, calendar=None)
@example(text="9" * 1999, period=None, calendar=None)
def test_any_text_is_read_to_valid_windows_or_a_warning(text, period, calendar):
    term = read_term(text, period=period, calendar=calendar)

    assert term.text == text
    assert term.kind in KINDS
    assert list(term.windows) == sorted(set(term.windows))
    assert all(first <= last for first, last in term.windows)
    assert term.windows or term.warnings or not any(sign.isalnum() for sign in text)
    assert term.recurrence is None or rrulestr(term.recurrence, dtstart=date(2024, 1, 1))


@given(windows=WINDOWS)
def test_windows_written_as_a_term_read_back_to_the_same_windows(windows):
    assert read_term(render_windows(windows)).windows == windows


@given(text=TEXTS, period=windows_of(SCHOOL_DAYS))
def test_a_term_read_and_written_again_means_the_same(text, period):
    term = read_term(text, period=period)

    assert read_term(render_windows(term.windows)).windows == term.windows
