"""Charts: what they show is what stands in the table, however long the words."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from surveys.charts import Mark, Shift, draw_bars, draw_columns, draw_shifts

SVG = "{http://www.w3.org/2000/svg}"
TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)
MARKS = st.lists(st.builds(Mark, TEXT, st.floats(0, 1e6), TEXT), max_size=12)


def said(svg: str, name: str) -> list[str]:
    return [part.text or "" for part in ElementTree.fromstring(svg).iter(f"{SVG}text") if part.get("class") == name]


def sizes(svg: str, name: str) -> list[float]:
    return [float(part.get(name)) for part in ElementTree.fromstring(svg).iter(f"{SVG}rect")]


@given(MARKS, TEXT)
@pytest.mark.parametrize("draw", [draw_bars, draw_columns])
def test_every_number_of_the_table_stands_on_the_chart(draw, marks, title):
    svg = draw(title, marks)

    assert said(svg, "value") == [mark.text for mark in marks]
    assert ElementTree.fromstring(svg).get("aria-label") == title


def test_bars_are_as_long_as_their_values():
    marks = [Mark("да", 30, "30"), Mark("нет", 10, "10"), Mark("не знаю", 0, "0")]

    assert sizes(draw_bars("Ответы", marks), "width") == [244.0, pytest.approx(81.3), 0.0]
    assert sizes(draw_columns("Ответы", marks), "height") == [120.0, 40.0, 0.0]


def test_a_full_bar_may_stand_for_more_than_the_greatest_value():
    assert sizes(draw_bars("Доля", [Mark("да", 50, "50 %")], most=100), "width") == [122.0]


def test_before_and_after_stand_on_one_scale():
    svg = draw_shifts("Тревожность", [Shift("Тревожность", 1, 10, "1,0", "10,0")], least=1, most=10)

    across = [float(part.get("cx")) for part in ElementTree.fromstring(svg).iter(f"{SVG}circle")]
    assert across == [316.0, 588.0]
    assert said(svg, "value") == ["1,0", "10,0"]


def test_numbers_that_would_touch_stand_above_and_below():
    svg = draw_shifts("Успех", [Shift("Успех", 6, 6.2, "6,0", "6,2")], least=1, most=10)

    heights = [float(part.get("y")) for part in ElementTree.fromstring(svg).iter(f"{SVG}text")][-2:]
    assert heights[1] - heights[0] > 20


def test_a_long_label_ends_in_an_ellipsis():
    svg = draw_bars("Ответы", [Mark("очень длинный вариант ответа " * 9, 1, "1")])

    assert len(said(svg, "label")) == 3
    assert said(svg, "label")[-1].endswith("…")
