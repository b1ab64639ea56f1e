"""The table of one question, whatever its kind; its chart is drawn from the very rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import accumulate

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from surveys.charts import Mark, draw_bars, draw_columns
from surveys.content import Kind, Option, Question
from surveys.results.counting import Tally


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; `share` is of those who answered the question, from 0 to 1."""

    label: str
    count: int
    share: float

    @property
    def text(self) -> str:
        """«12 (40 %)»."""
        return f"{self.count} ({number_format(round(100 * self.share), 0)}\N{NO-BREAK SPACE}%)"


@dataclass(frozen=True, slots=True)
class Table:
    """How a question was answered. `means` are named averages; `stands` says that the chart's bars stand."""

    title: str
    answered: int
    rows: tuple[Row, ...] = ()
    means: tuple[tuple[str, float], ...] = ()
    stands: bool = False
    parts: tuple[Table, ...] = field(default=())

    def chart(self) -> str:
        """The rows as SVG, empty where there are none."""
        if not self.rows:
            return ""
        marks = [Mark(row.label, row.count, str(row.count) if self.stands else row.text) for row in self.rows]
        return draw_columns(self.title, marks) if self.stands else draw_bars(self.title, marks, most=self.answered)


Numbers = list[tuple[Decimal, int]]


def table_of(question: Question, tally: Tally, answered: int, names: Mapping[str, str] | None = None) -> Table:
    """The table of a question; `names` are of the people who could be chosen, by key."""
    table = Table(question.text, answered)
    make = TABLES.get(question.kind)
    return make(table, question, tally, names or {}) if make else table


def _row(label: str, count: int, answered: int) -> Row:
    return Row(label, count, count / answered if answered else 0)


def _numbers(tally: Tally) -> Numbers:
    return sorted((number, size) for (_item, number), size in tally.items() if number is not None)


def _averages(numbers: Numbers) -> tuple[tuple[str, float], ...]:
    """The mean and the median of numbers in order, each with how often it was given."""
    if not numbers:
        return ()
    count = sum(size for _number, size in numbers)
    mean = float(sum(number * size for number, size in numbers) / count)
    middle = [_at(numbers, place) for place in ((count - 1) // 2, count // 2)]
    return (_("mean"), mean), (_("median"), float(sum(middle) / 2))


def _at(numbers: Numbers, place: int) -> Decimal:
    """The number at this place, from 0, when each is written as often as it was given."""
    ends = accumulate(size for _number, size in numbers)
    return next(number for (number, _size), end in zip(numbers, ends, strict=True) if place < end)


def _scale(table: Table, question: Question, tally: Tally, _names: Mapping[str, str]) -> Table:
    sizes = {int(number): size for number, size in _numbers(tally)}
    rows = [_row(str(mark), sizes.get(mark, 0), table.answered) for mark in range(question.low, question.high + 1)]
    return replace(table, rows=tuple(rows), means=_averages(_numbers(tally)), stands=True)


def _yes_no(table: Table, _question: Question, tally: Tally, _names: Mapping[str, str]) -> Table:
    sizes = {int(number): size for number, size in _numbers(tally)}
    labels = ((1, _("answered yes")), (0, _("answered no")))
    return replace(table, rows=tuple(_row(label, sizes.get(value, 0), table.answered) for value, label in labels))


def _options(table: Table, question: Question, tally: Tally, _names: Mapping[str, str]) -> Table:
    sizes: dict[str, int] = {}
    for (item, _number), size in tally.items():
        sizes[item] = sizes.get(item, 0) + size
    rows = [_row(option.text, sizes.get(option.key, 0), table.answered) for option in question.options]
    return replace(table, rows=tuple(rows))


def _matrix(table: Table, question: Question, tally: Tally, _names: Mapping[str, str]) -> Table:
    parts = []
    for row in question.rows:
        sizes = {number: size for (item, number), size in tally.items() if item == row.key}
        answered = sum(sizes.values())
        rows = [
            _row(column.text, sizes.get(Decimal(place), 0), answered)
            for place, column in enumerate(question.columns, start=1)
        ]
        parts.append(Table(row.text, answered, tuple(rows)))
    return replace(table, parts=tuple(parts))


def _number(table: Table, question: Question, tally: Tally, _names: Mapping[str, str]) -> Table:
    numbers = _numbers(tally)
    unit = f"\N{NO-BREAK SPACE}{question.unit}" if question.unit else ""
    rows = [
        _row(f"{number_format(number.normalize(), question.decimals)}{unit}", size, table.answered)
        for number, size in numbers
    ]
    return replace(table, rows=tuple(rows), means=_averages(numbers))


def _ranking(table: Table, question: Question, tally: Tally, _names: Mapping[str, str]) -> Table:
    return _ranked(table, tally, question.options)


def _people(table: Table, _question: Question, tally: Tally, names: Mapping[str, str]) -> Table:
    chosen = {item for item, _place in tally}
    return _ranked(table, tally, [Option(key, name) for key, name in names.items() if key in chosen])


def _ranked(table: Table, tally: Tally, options: tuple[Option, ...] | list[Option]) -> Table:
    """Those named, the most often named first; of equals the one that stood higher on the mean."""
    rows = []
    for option in options:
        places = [(place, size) for (item, place), size in tally.items() if item == option.key and place is not None]
        size = sum(size for _place, size in places)
        higher = float(sum(place * size for place, size in places)) / size if size else 0.0
        rows.append((-size, higher, _row(option.text, size, table.answered)))
    return replace(table, rows=tuple(row for _size, _mean, row in sorted(rows, key=lambda one: one[:2])))


TABLES: Mapping[Kind, Callable[[Table, Question, Tally, Mapping[str, str]], Table]] = {
    Kind.SCALE: _scale,
    Kind.YES_NO: _yes_no,
    Kind.ONE: _options,
    Kind.SEVERAL: _options,
    Kind.MATRIX: _matrix,
    Kind.NUMBER: _number,
    Kind.PEOPLE: _people,
    Kind.RANKING: _ranking,
}
