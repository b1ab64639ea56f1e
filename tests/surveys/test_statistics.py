"""The figures agree with scipy and with tables reckoned by hand, whatever the values."""

from __future__ import annotations

import math
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
import scipy.special
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.statistics.change import Figures, Warn, change_of, others_dropped_out, table_row
from surveys.statistics.comparison import Group, difference_of, group_of
from surveys.statistics.figures import fits_scale, lies_within, mean_figure, read_figure
from surveys.statistics.groups import LEAST, shown_groups
from surveys.statistics.paired import Pair, few_people, paired_change

HAND = [(6, 8), (5, 5), (7, 9), (4, 7), (8, 7), (6, 9), (5, 6), (7, 7), (3, 6), (6, 8)]
"""Ten mentees. The changes are 2 0 2 3 -1 3 1 0 3 2, in all 15; their squares 41; so the mean is 1.5 and the
variance (41 - 10 * 2.25) / 9 = 18.5 / 9."""

figure = st.decimals(min_value=-1000, max_value=1000, places=2)
pair = st.tuples(figure, figure)
pairs_of = st.lists(pair, min_size=2, max_size=60)


def pairs(*given: tuple[float, float]) -> list[Pair]:
    return [(Decimal(str(before)), Decimal(str(after))) for before, after in given]


def close(value: float | None) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# ---------------------------------------------------------------- paired


def test_the_change_is_that_reckoned_by_hand() -> None:
    found = paired_change(pairs(*HAND))

    assert found is not None
    assert (found.size, found.fell, found.rose, found.stayed) == (10, 1, 7, 2)
    assert (found.before, found.after, found.change) == (close(5.7), close(7.2), close(1.5))
    assert found.deviation == close(math.sqrt(18.5 / 9))
    # t of 0.975 and 9 degrees of freedom stands in any table as 2.262157163
    reach = 2.2621571627409915 * math.sqrt(18.5 / 90)
    assert (found.interval.low, found.interval.high) == (close(1.5 - reach), close(1.5 + reach))
    # 9 degrees of freedom: gamma(4.5) / (sqrt(4.5) gamma(4)), where gamma(4.5) = 105 sqrt(pi) / 16 and gamma(4) = 6
    correction = 105 * math.sqrt(math.pi) / 16 / (6 * math.sqrt(4.5))
    assert found.effect == close(1.5 / math.sqrt(18.5 / 9) * correction)


@given(pairs_of)
def test_the_paired_test_is_scipys(given_pairs: list[Pair]) -> None:
    changes = [after - before for before, after in given_pairs]
    assume(len(set(changes)) > 1)

    found = paired_change(given_pairs)

    assert found is not None
    exact = scipy.stats.ttest_1samp([float(change) for change in changes], 0)
    interval = exact.confidence_interval(0.95)
    assert found.chance == pytest.approx(float(exact.pvalue), rel=1e-7, abs=1e-9)
    assert found.interval.low == pytest.approx(float(interval.low), rel=1e-9, abs=1e-9)
    assert found.interval.high == pytest.approx(float(interval.high), rel=1e-9, abs=1e-9)
    assert (found.fell + found.rose + found.stayed) == found.size == len(given_pairs)


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=5, max_size=60))
def test_on_a_scale_of_ten_the_paired_test_is_scipys_to_nine_places(given_pairs: list[tuple[int, int]]) -> None:
    assume(len({after - before for before, after in given_pairs}) > 1)
    before, after = zip(*given_pairs, strict=True)

    found = paired_change(pairs(*given_pairs))

    assert found is not None
    exact = scipy.stats.ttest_rel(after, before)
    assert found.chance == close(float(exact.pvalue))
    low, high = exact.confidence_interval()
    assert (found.interval.low, found.interval.high) == (close(float(low)), close(float(high)))


@given(figure, st.integers(2, 40), st.lists(figure, min_size=40, max_size=40))
def test_where_all_change_by_the_same_the_signs_speak(change: Decimal, size: int, befores: list[Decimal]) -> None:
    found = paired_change([(before, before + change) for before in befores[:size]])

    assert found is not None
    signs = scipy.stats.binomtest(size if change else size // 2, size).pvalue
    assert (found.effect, found.deviation) == (None, 0)
    assert found.chance == close(float(signs) if change else 1.0)
    assert (found.interval.low, found.interval.high) == (close(float(change)), close(float(change)))


@pytest.mark.parametrize("few", [[], [(1, 2)]])
def test_of_one_person_nothing_is_said(few: list[tuple[float, float]]) -> None:
    assert paired_change(pairs(*few)) is None


@given(st.integers(2, 2000))
def test_the_correction_for_few_people_is_that_of_the_gamma_function(freedom: int) -> None:
    exact = scipy.special.poch((freedom - 1) / 2, 0.5) / math.sqrt(freedom / 2)

    assert few_people(freedom) == pytest.approx(float(exact), rel=1e-9)
    assert few_people(freedom) == pytest.approx(1 - 3 / (4 * freedom - 1), abs=0.05)


@given(pairs_of)
def test_turning_before_and_after_round_turns_the_signs(given_pairs: list[Pair]) -> None:
    one, other = paired_change(given_pairs), paired_change([(after, before) for before, after in given_pairs])

    assert one is not None
    assert other is not None
    assert (one.fell, one.rose, one.change, one.chance) == (other.rose, other.fell, -other.change, close(other.chance))


# ---------------------------------------------------------------- two groups


@given(st.lists(figure, min_size=2, max_size=40), st.lists(figure, min_size=2, max_size=40))
def test_two_groups_are_compared_as_scipy_does(one: list[Decimal], other: list[Decimal]) -> None:
    assume(len(set(one)) > 1 or len(set(other)) > 1)
    left, right = group_of(one), group_of(other)

    found = difference_of(left, right)

    assert found is not None
    exact = scipy.stats.ttest_ind_from_stats(
        left.mean, left.deviation, left.size, right.mean, right.deviation, right.size, equal_var=False
    )
    assert found.chance == close(float(exact.pvalue))
    assert found.difference == close(left.mean - right.mean)
    if len(set(one)) > 1 and len(set(other)) > 1:
        interval = scipy.stats.ttest_ind(
            [float(value) for value in one], [float(value) for value in other], equal_var=False
        ).confidence_interval()
        assert found.interval.low == pytest.approx(float(interval.low), rel=1e-7, abs=1e-7)
        assert found.interval.high == pytest.approx(float(interval.high), rel=1e-7, abs=1e-7)


def test_the_difference_in_differences_is_that_reckoned_by_hand() -> None:
    """Variances 4 and 9 of 16 and 25 people: 0.25 and 0.36, the error the root of 0.61; Satterthwaite's freedom."""
    found = difference_of(Group(16, 2, 2), Group(25, 0.5, 3))

    assert found is not None
    freedom = 0.61**2 / (0.25**2 / 15 + 0.36**2 / 24)
    reach = float(scipy.stats.t.ppf(0.975, freedom)) * math.sqrt(0.61)
    assert (found.difference, found.interval.low, found.interval.high) == (
        close(1.5), close(1.5 - reach), close(1.5 + reach),
    )  # fmt: skip
    assert found.chance == close(float(2 * scipy.stats.t.sf(1.5 / math.sqrt(0.61), freedom)))


@pytest.mark.parametrize("other", [Group(1, 0, 0), Group(9, 0, 0)])
def test_groups_of_which_nothing_can_be_said(other: Group) -> None:
    assert difference_of(Group(9, 1, 0), other) is None


# ---------------------------------------------------------------- the method's table


def test_the_table_is_the_methods() -> None:
    row = table_row(pairs((4, 2), (6, 4), (5, 3)))

    assert (row.entry, row.exit, row.difference, row.percent) == (close(5), close(3), close(2), close(40))


def test_without_anything_at_the_entry_there_is_no_per_cent() -> None:
    row = table_row(pairs((0, 2), (0, 4)))

    assert (row.entry, row.exit, row.difference, row.percent) == (0, 3, -3, None)


@given(st.lists(pair, min_size=1, max_size=50))
def test_the_table_is_reckoned_from_the_same_people(given_pairs: list[Pair]) -> None:
    row, size = table_row(given_pairs), len(given_pairs)
    entry = sum((before for before, _after in given_pairs), Decimal()) / size
    leave = sum((after for _before, after in given_pairs), Decimal()) / size

    assert (row.entry, row.exit, row.difference) == (
        close(float(entry)),
        close(float(leave)),
        close(float(entry - leave)),
    )
    assert (row.percent is None) == (entry == 0)
    if entry:
        assert row.percent == close(float((entry - leave) / entry * 100))


# ---------------------------------------------------------------- what to beware of


@pytest.mark.parametrize("size", range(LEAST))
def test_fewer_than_five_people_are_not_shown(size: int) -> None:
    found = change_of(Figures(pairs(*HAND[:size]), people=40), Group(20, 0, 1))

    assert (found.row, found.paired, found.compared, found.warnings) == (None, None, None, ())


def test_five_are_shown() -> None:
    found = change_of(Figures(pairs(*HAND[:5]), people=5), None)

    assert found.row is not None
    assert found.warnings == (Warn.ALONE,)


@pytest.mark.parametrize(("people", "warnings"), [(20, ()), (21, (Warn.FEW,))])
def test_fewer_than_half_measured_twice_are_warned_of(people: int, warnings: tuple[Warn, ...]) -> None:
    assert change_of(Figures(pairs(*HAND), people=people), Group(20, 0, 1)).warnings == warnings


def test_those_who_left_and_were_others_are_warned_of() -> None:
    gone = [Decimal(value) for value in (1, 2, 1, 2, 1)]

    assert others_dropped_out(Figures(pairs(*HAND), only_before=gone))
    assert not others_dropped_out(Figures(pairs(*HAND), only_before=gone[:4]))
    assert not others_dropped_out(Figures(pairs(*HAND), only_before=[Decimal(value) for value in (5, 6, 6, 5, 7)]))


def test_without_any_spread_it_is_the_means_that_differ() -> None:
    same = pairs(*[(6, 7)] * 6)

    assert others_dropped_out(Figures(same, only_before=[Decimal(5)] * 5))
    assert not others_dropped_out(Figures(same, only_before=[Decimal(6)] * 5))


@given(st.dictionaries(st.integers(), st.sets(st.integers(0, 40), max_size=12), max_size=7))
def test_no_group_under_five_is_shown_nor_left_over(groups: dict[int, set[int]]) -> None:
    everyone = set().union(*groups.values())

    shown = shown_groups(groups, everyone)

    rest = everyone - set().union(*(groups[key] for key in shown))
    assert all(len(groups[key]) >= LEAST for key in shown)
    assert not shown or not rest or len(rest) >= LEAST
    if all(len(people) >= LEAST for people in groups.values()):
        assert shown == set(groups)


def test_a_form_of_three_takes_the_smallest_other_with_it() -> None:
    groups = {"pupils": set(range(20)), "teachers": set(range(20, 27)), "students": set(range(27, 30))}

    assert shown_groups(groups, set(range(30))) == {"pupils"}


# ---------------------------------------------------------------- single figures


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", "7"), ("7,5", "7.5"), (" 4.25 ", "4.25"), ("−3", "-3"), ("1 200", "1200"), ("0", "0"), ("4,50", "4.5")],
)
def test_a_typed_figure_is_read(text: str, value: str) -> None:
    assert read_figure(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "н", "7,555", "1e5", "7..5", "٣", "nan", "100000000000", "5-", "4/5", "2026-05-01"]
)
def test_what_is_no_figure_is_none(text: str) -> None:
    assert read_figure(text) is None


@given(figure)
def test_every_figure_that_a_page_shows_is_read_back(value: Decimal) -> None:
    assert read_figure(str(value).replace(".", ",")) == value


def test_a_mean_is_rounded_to_hundredths_and_a_scale_has_its_bounds() -> None:
    assert mean_figure([Decimal(1), Decimal(2), Decimal(2)]) == Decimal("1.67")
    assert mean_figure([Decimal("0.01"), Decimal(0)]) == Decimal("0.01")
    assert [lies_within(Decimal(value), Decimal(1), Decimal(10)) for value in (0, 1, 10, 11)] == [
        False,
        True,
        True,
        False,
    ]
    assert lies_within(Decimal(-5), None, None)
    assert not lies_within(Decimal(10) ** 9, None, None)


def test_a_scale_is_compared_with_its_like_alone() -> None:
    scale = {"kind": "scale", "low": 1, "high": 10}

    assert fits_scale(scale, Decimal(1), Decimal(10))
    assert not fits_scale(scale, Decimal(1), Decimal(5))
    assert fits_scale(scale, None, Decimal(5))
    assert fits_scale({"kind": "number"}, Decimal(1), Decimal(5))


def test_what_only_reads_loads_no_scipy() -> None:
    """A process that serves pages does without it until somebody asks what changed."""
    program = "import sys, surveys.statistics.change; print('scipy' in sys.modules, 'numpy' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "False"]
