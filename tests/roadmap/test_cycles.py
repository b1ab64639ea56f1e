from datetime import date

import pytest

from roadmap.cycles import cycle_spans, windows_by_cycle


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "years"),
    [
        (date(2023, 6, 1), date(2024, 6, 30), [2023]),
        (date(2024, 8, 1), date(2025, 8, 31), [2024]),
        (date(2024, 9, 1), date(2025, 8, 31), [2024]),
        (date(2023, 9, 1), date(2024, 5, 31), [2023]),
        (date(2021, 9, 1), date(2024, 8, 31), [2021, 2022, 2023]),
        (date(2021, 1, 1), date(2024, 6, 30), [2021, 2022, 2023]),
        (date(2023, 9, 1), date(2024, 9, 30), [2023]),
        (date(2023, 10, 15), date(2024, 12, 31), [2023, 2024]),
        (date(2024, 1, 10), date(2024, 5, 31), [2023]),
        (date(2024, 6, 1), date(2024, 8, 31), [2024]),
        (date(2024, 9, 1), date(2024, 9, 30), [2024]),
    ],
)
def test_a_programme_has_the_academic_years_whose_autumn_it_sees(
    starts_on: date, ends_on: date, years: list[int]
) -> None:
    assert [span.year for span in cycle_spans(starts_on, ends_on)] == years


def test_the_years_cover_the_period_without_a_gap() -> None:
    spans = cycle_spans(date(2021, 1, 1), date(2024, 6, 30))

    assert [(span.starts_on, span.ends_on) for span in spans] == [
        (date(2021, 1, 1), date(2022, 8, 31)),
        (date(2022, 9, 1), date(2023, 8, 31)),
        (date(2023, 9, 1), date(2024, 6, 30)),
    ]


def test_as_many_windows_as_years_are_dealt_out_in_order() -> None:
    spans = cycle_spans(date(2021, 9, 1), date(2024, 6, 30))
    junes = [(date(year, 6, 1), date(year, 6, 30)) for year in (2022, 2023, 2024)]

    assert windows_by_cycle(junes, spans) == list(enumerate(junes))


def test_other_windows_go_by_their_first_day_and_stray_ones_to_the_edge() -> None:
    spans = cycle_spans(date(2021, 9, 1), date(2024, 6, 30))
    early, middle = (date(2020, 5, 1), date(2020, 5, 31)), (date(2023, 1, 9), date(2023, 1, 31))

    assert windows_by_cycle([early, middle], spans) == [(0, early), (1, middle)]


def test_summer_after_the_last_may_belongs_to_the_last_year() -> None:
    spans = cycle_spans(date(2024, 8, 1), date(2025, 8, 31))
    windows = [(date(2024, 8, 1), date(2024, 8, 31)), (date(2025, 8, 1), date(2025, 8, 31))]

    assert windows_by_cycle(windows, spans) == [(0, windows[0]), (0, windows[1])]


def test_an_activity_without_windows_waits_in_every_year() -> None:
    spans = cycle_spans(date(2021, 9, 1), date(2024, 6, 30))

    assert windows_by_cycle([], spans) == [(0, None), (1, None), (2, None)]
