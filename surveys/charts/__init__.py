"""Charts as SVG, drawn on the server: the numbers on them are the very texts of the table beside them."""

from surveys.charts.bars import draw_bars
from surveys.charts.columns import draw_columns
from surveys.charts.marks import PAPER_WIDTH, Mark, Shift
from surveys.charts.scale import draw_on_scale
from surveys.charts.shifts import draw_shifts

__all__ = ["PAPER_WIDTH", "Mark", "Shift", "draw_bars", "draw_columns", "draw_on_scale", "draw_shifts"]
