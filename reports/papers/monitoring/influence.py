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
    yield Block("table", f"{SIDES[one.side]}{people}", Table(HEAD, tuple(map(_row, shown)), (8, 4, 4, 4, 5, 4)))
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
    """What to beware of, each thing once, then the sentences of each parameter."""
    warned: dict[str, list[str]] = {}
    for line in shown:
        for words in line.warnings:
            warned.setdefault(words, []).append(line.name)
    for words, names in warned.items():
        of_some = "" if len(names) == len(shown) else f" Это относится к показателям: {_quoted(names)}."
        yield Block("warning", f"{words}{of_some}")
    for line in shown:
        yield Block("item", " ".join(line.sentences), name=line.name)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)


def _left_out(one: Influence) -> Iterator[Block]:
    hidden = [line.name for line in one.lines if not line.is_shown]
    if hidden:
        yield Block("note", f"Дважды измерены менее пяти человек, поэтому цифр нет: {_quoted(hidden)}.")
    if one.unmeasured:
        yield Block("note", f"Показатели, по которым нет ни одного измерения: {one.unmeasured}.")
