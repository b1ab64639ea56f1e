"""The whole report in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.typography import long_date
from reports.papers.monitoring.blocks import NO_WHOLE, Block, Cell, Table, count_cell, figure_cell, text_of
from reports.papers.monitoring.figures import Figures, Indicator
from reports.papers.monitoring.influence import influence_blocks
from reports.papers.monitoring.quality import (
    SIDES,
    checklist_blocks,
    count_blocks,
    satisfaction_blocks,
    swot_block,
)
from reports.papers.monitoring.words import ReportWords

__all__ = ["INDICATORS", "Block", "report_blocks", "text_of"]

INDICATORS = {
    1: "Доля детей и подростков от 10 до 19 лет, вошедших в программы наставничества в роли наставляемого",
    2: "Доля детей и подростков от 15 до 19 лет, вошедших в программы наставничества в роли наставника",
    3: "Доля учителей – молодых специалистов (стаж от 0 до 3 лет), вошедших в программы в роли наставляемого",
    4: "Доля предприятий (организаций), предоставивших своих сотрудников в роли наставников",
    5: "Уровень удовлетворённости наставляемых участием в программах",
    6: "Уровень удовлетворённости наставников участием в программах",
}
"""The method's six (МР-42/02); for a school the whole of each is the school's own."""
FORMULA = "Значение = числитель / знаменатель × 100 %: сколько подходят из всех в этой категории."


def report_blocks(figures: Figures, words: ReportWords) -> list[Block]:
    """Everything below the title."""
    return list(_blocks(figures, words))


def _blocks(figures: Figures, words: ReportWords) -> Iterator[Block]:
    yield Block("heading", "1. Участники программы")
    yield Block("text", _as_of(figures, words))
    yield from count_blocks(figures)
    yield Block("heading", "2. Этап 1. Качество реализации программы")
    yield Block("subheading", "2.1. Удовлетворённость участников")
    yield from satisfaction_blocks(figures, words)
    yield Block("subheading", "2.2. Оценка программы куратором")
    yield from checklist_blocks(figures.checklist)
    yield Block("subheading", "2.3. SWOT-анализ")
    yield swot_block(words)
    yield Block("heading", "3. Этап 2. Влияние программы на участников")
    yield from influence_blocks(figures.influence)
    yield Block("heading", "4. Показатели эффективности внедрения")
    yield Block("table", "Показатели эффективности внедрения", _indicators(figures))
    yield Block("note", FORMULA)
    yield Block("heading", "5. Выводы")
    yield from _conclusion(words)
    yield Block("heading", "6. Источники данных и правила подсчёта")
    yield from (Block("item", text, name=name) for name, text in _sources(figures, words))


def _as_of(figures: Figures, words: ReportWords) -> str:
    taken = f", {date.fromisoformat(figures.taken_on):%d.%m.%Y}" if figures.taken_on else ""
    return (
        f"Показатели приведены по состоянию на {long_date(words.as_of)} Учтены участники года, чьи согласия на обработку "
        f"персональных данных действовали в день подсчёта{taken}."
    )


def _indicators(figures: Figures) -> Table:
    head = ("Показатель", "Числитель", "Знаменатель", "Значение, %")
    rows = tuple((f"{one.number}. {INDICATORS[one.number]}", *_share(one)) for one in figures.indicators)
    return Table(head, rows, (10, 3, 3, 3))


def _share(one: Indicator) -> tuple[Cell, Cell, Cell]:
    whole: Cell = NO_WHOLE if one.whole is None else one.whole
    if one.number > 4 and one.whole is None:
        return "–", "–", "–"
    return count_cell(one.part), whole, figure_cell(one.percent)


def _conclusion(words: ReportWords) -> Iterator[Block]:
    texts = [text.strip() for text in words.conclusion.splitlines() if text.strip()]
    for text in texts or ["Выводы ещё не написаны."]:
        yield Block("text", text)


def _sources(figures: Figures, words: ReportWords) -> Iterator[tuple[str, str]]:
    yield "Участники, пары и встречи", "реестр участников, приказы о наставничестве и журнал встреч школы."
    for one in figures.satisfaction:
        if one.surveys:
            yield f"Удовлетворённость, {SIDES[one.side].lower()}", f"{', '.join(f'«{name}»' for name in one.surveys)}."
    if figures.checklist:
        day = long_date(date.fromisoformat(figures.checklist.filled_on))
        yield "Оценка программы", f"анкета куратора, заполнена {day}"
    if any(words.swot.values()):
        yield "SWOT-анализ", "составлен куратором по ответам участников."
    if any(line.is_shown for one in figures.influence for line in one.lines):
        yield (
            "Влияние программы",
            "измерения на входе и на выходе, внесённые ко дню подсчёта: опросы, ведомости, записи специалистов школы.",
        )
    yield (
        "Показатели 1–4",
        (
            "числители 1–3 взяты из реестра участников: в показателях 1 и 2 учтены обучающиеся школы, в показателе 3 – "
            "учителя, у которых с начала работы прошло не больше трёх лет. Знаменатели и числитель показателя 4 указаны "
            "куратором."
        ),
    )
    yield (
        "Показатели 5 и 6",
        f"доля поставивших {words.satisfied_from} и больше из 10 среди ответивших на вопрос о том, понравилось ли участвовать.",
    )
    yield "Малые группы", "сведения о группах меньше пяти человек не приводятся; имён участников в отчёте нет."
