"""Stage 2: what changed in those who took part, in the method's table and honestly read (domain reference 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reports.papers.monitoring.blocks import Block, Table, figure_cell, text_of
from reports.papers.monitoring.figures import Influence, ParameterLine
from reports.papers.monitoring.quality import SIDES
from surveys.charts import Shift, draw_shifts

HEAD = (
    "Показатели",
    "Показатель на входе (X)",
    "Показатель на выходе (Y)",
    "Разница (Z = X – Y)",
    "Значение в процентах (Z / X × 100 %)",
    "Измерены дважды, человек",
)
WANTED = {"up": "желателен рост", "down": "желательно снижение"}
HOW = (
    "X и Y – средние значения у тех, кого измерили и на входе, и на выходе. Если Z больше нуля, значение снизилось, если "
    "меньше нуля – выросло. При X = 0 процент не вычисляется."
)
CHANCE = "Чем больше показателей, тем вероятнее, что один из них изменился случайно: из двадцати – в среднем один."


def influence_blocks(influence: Sequence[Influence]) -> Iterator[Block]:
    if not any(line.is_shown for one in influence for line in one.lines):
        yield Block(
            "text",
            "Показатели на входе и на выходе сравнить нельзя: ни по одному из них не измерены дважды хотя бы пять человек.",
        )
        return
    yield Block("text", f"{HOW} {CHANCE}")
    for one in influence:
        yield from _side(one)


def _side(one: Influence) -> Iterator[Block]:
    shown = [line for line in one.lines if line.is_shown]
    if not shown:
        yield Block("text", f"{SIDES[one.side]}: дважды измерены менее пяти человек, поэтому цифры не приводятся.")
        return
    people = "" if one.people is None else f" (участвуют {one.people})"
    yield Block("table", f"{SIDES[one.side]}{people}", Table(HEAD, tuple(map(_row, shown)), (9, 4, 4, 4, 5, 4)))
    yield from _charts(one.side, shown)
    yield from _reading(shown)
    yield from _left_out(one)


def _row(line: ParameterLine) -> tuple[str | int | float, ...]:
    about = ", ".join(filter(None, (line.scale, WANTED.get(line.direction, ""))))
    figures = (line.entry, line.exit, line.difference, line.percent)
    return (f"{line.name}\n{about}" if about else line.name, *map(figure_cell, figures), line.size or 0)


def _charts(side: str, shown: Sequence[ParameterLine]) -> Iterator[Block]:
    """A drawing for each scale that has both ends: parameters on different scales can not stand on one line."""
    bounded = [line for line in shown if line.least is not None and line.most is not None]
    for (least, most), lines in groupby(sorted(bounded, key=_ends), key=_ends):
        title = f"{SIDES[side]}: на входе (светлая точка) и на выходе (тёмная), от {text_of(least)} до {text_of(most)}"
        shifts = [_shift(line) for line in lines]
        yield Block("chart", title, svg=draw_shifts(title, shifts, least=least, most=most))


def _ends(line: ParameterLine) -> tuple[float, float]:
    return line.least or 0.0, line.most or 0.0


def _shift(line: ParameterLine) -> Shift:
    before, after = line.entry or 0.0, line.exit or 0.0
    return Shift(line.name, before, after, text_of(figure_cell(before)), text_of(figure_cell(after)))


def _reading(shown: Sequence[ParameterLine]) -> Iterator[Block]:
    """The sentences of each parameter; a warning that holds for all of them once, before them."""
    shared = [words for words in shown[0].warnings if len(shown) > 1 and all(words in one.warnings for one in shown)]
    for words in shared:
        yield Block("warning", words)
    for line in shown:
        own = [words for words in line.warnings if words not in shared]
        yield Block("item", " ".join((*line.sentences, *own)), name=line.name)


def _left_out(one: Influence) -> Iterator[Block]:
    hidden = [line.name for line in one.lines if not line.is_shown]
    if hidden:
        names = ", ".join(f"«{name}»" for name in hidden)
        yield Block("note", f"Дважды измерены менее пяти человек, поэтому цифр нет: {names}.")
    if one.unmeasured:
        yield Block("note", f"Показатели, по которым нет ни одного измерения: {one.unmeasured}.")
