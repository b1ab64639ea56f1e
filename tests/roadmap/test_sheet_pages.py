"""A plan in pages, and what of a page another order of the plan touches."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.editing.sheet import SheetPage, Touched, page_with, pages_of, touched

Plan = list[tuple[int, list[int]]]


def plan_of(*sizes: int) -> Plan:
    """Stages 1, 2, … of so many activities, whose keys begin at 101."""
    keys = count(101)
    return [(stage, [next(keys) for _ in range(size)]) for stage, size in enumerate(sizes, 1)]


def shapes(pages: list[SheetPage]) -> list[list[tuple[int, int, bool]]]:
    return [[(block.stage, len(block.rows), block.ends) for block in page.blocks] for page in pages]


@pytest.mark.parametrize(
    ("sizes", "shape"),
    [
        ((), [[]]),
        ((2,), [[(1, 2, True)]]),
        ((3, 1), [[(1, 3, True)], [(2, 1, True)]]),
        ((2, 2), [[(1, 2, True), (2, 1, False)], [(2, 1, True)]]),
        ((7,), [[(1, 3, False)], [(1, 3, False)], [(1, 1, True)]]),
        ((3, 0, 1), [[(1, 3, True), (2, 0, True)], [(3, 1, True)]]),
        ((0, 0), [[(1, 0, True), (2, 0, True)]]),
    ],
)
def test_a_stage_that_does_not_fit_goes_on_on_the_next_page(
    sizes: tuple[int, ...], shape: list[list[tuple[int, int, bool]]]
) -> None:
    pages = pages_of(plan_of(*sizes), 3)

    assert shapes(pages) == shape
    assert [(page.number, page.total) for page in pages] == [(n, len(pages)) for n in range(1, len(pages) + 1)]


def test_a_part_is_found_on_its_page_and_a_stage_where_it_begins() -> None:
    pages = pages_of(plan_of(2, 2), 3)

    assert [page_with(pages, part) for part in ("a104", "s2", "a9", "")] == [pages[1], pages[0], None, None]


def applied(page: SheetPage, patch: Touched) -> list[str]:
    """The parts of a page after what the patch says was done to it."""
    parts = [part for part in page.parts if part not in patch.gone]
    for part, behind in patch.put:
        if part in parts:
            parts.remove(part)
        parts.insert(parts.index(behind) + 1, part)
    return parts


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(any), st.data())
def test_a_moved_or_deleted_row_makes_every_page_what_it_is_afterwards(sizes: list[int], data: st.DataObject) -> None:
    plan = plan_of(*sizes)
    row = data.draw(st.sampled_from([key for _stage, keys in plan for key in keys]))
    moved = [(stage, [key for key in keys if key != row]) for stage, keys in plan]
    into = data.draw(st.sampled_from([None, *range(len(plan))]))
    if into is not None:
        rows = moved[into][1]
        rows.insert(data.draw(st.integers(0, len(rows))), row)

    for before, after in zip(pages_of(plan, 4), pages_of(moved, 4), strict=False):
        patch = touched(before, after, f"a{row}")
        if patch is None:
            assert [(b.stage, b.ends) for b in before.blocks] != [(b.stage, b.ends) for b in after.blocks]
        else:
            assert applied(before, patch) == after.parts


def test_a_move_within_a_page_touches_the_moved_row_alone() -> None:
    [before], [after] = pages_of([(1, [5, 6, 7]), (2, [8])]), pages_of([(1, [6, 7]), (2, [5, 8])])

    assert touched(before, after, "a5") == Touched(gone=[], put=[("a5", "s2")])
    assert touched(before, before) == Touched(gone=[], put=[])
