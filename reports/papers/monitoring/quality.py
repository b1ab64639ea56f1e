"""Who took part, and stage 1: how good the process was (domain reference 5.2)."""

from __future__ import annotations

from collections.abc import Iterator

from reports.papers.monitoring.blocks import Block, Cell, Table, count_cell, counted, figure_cell, text_of
from reports.papers.monitoring.figures import Checklist, CountTable, Figures, Process, Satisfaction
from reports.papers.monitoring.words import ReportWords
from surveys.charts import PAPER_WIDTH, Mark, draw_columns

SIDES = {"mentee": "Наставляемые", "mentor": "Наставники"}
NOBODY = {"mentee": "Наставляемых нет.", "mentor": "Наставников нет."}
HIDDEN_NOTE = (
    "«Скрыто» – группа меньше пяти человек или число, по которому её можно было бы вычислить; ноль показан как есть."
)
FACTORS = (
    ("Внутренние", ("strengths", "Сильные стороны"), ("weaknesses", "Слабые стороны")),
    ("Внешние", ("opportunities", "Возможности"), ("threats", "Угрозы")),
)


def count_blocks(figures: Figures) -> Iterator[Block]:
    """The people by form and age, then pairs and meetings."""
    tables = [_counts(one) for one in figures.counts]
    yield from tables
    if any("скрыто" in line for one in tables if one.table for line in one.table.lines):
        yield Block("note", HIDDEN_NOTE)
    yield Block("table", "Пары, группы и встречи", _process(figures.process))


def _counts(counts: CountTable) -> Block:
    if counts.people == 0:
        return Block("text", NOBODY[counts.side])
    names = (*counts.forms, "Всего")
    rows: list[tuple[Cell, ...]] = [
        (name, *map(count_cell, cells)) for name, cells in zip(names, counts.cells, strict=True)
    ]
    if len(counts.forms) == 1:
        rows = rows[:1]
    head = ("Форма наставничества", *counts.ages, "Всего")
    title = f"{SIDES[counts.side]} по формам наставничества и возрасту, человек"
    return Block("table", title, Table(head, tuple(rows), (7, *(3 for _age in head[1:])), has_sum=len(rows) > 1))


def _process(process: Process) -> Table:
    rows = (
        ("Наставнические пары и группы – всего", count_cell(process.pairs)),
        ("из них работают", count_cell(process.active)),
        ("завершили работу", count_cell(process.finished)),
        ("прекратили работу досрочно", count_cell(process.stopped)),
        ("Проведённые встречи", count_cell(process.meetings)),
        ("Длительность встреч, часов", "скрыто" if process.hours is None else figure_cell(process.hours)),
    )
    return Table(("Показатель", "Число"), rows, (7, 2))


def satisfaction_blocks(figures: Figures, words: ReportWords) -> Iterator[Block]:
    marks = counted(words.satisfied_from, "балл", "балла", "баллов")
    yield Block(
        "text",
        f"Довольными считаются те, кто поставил {marks} и больше из 10. Порог установила школа: методика его не задаёт.",
    )
    for one in figures.satisfaction:
        yield from _satisfaction(one)


def _satisfaction(one: Satisfaction) -> Iterator[Block]:
    side = SIDES[one.side]
    if not one.lines:
        why = "опрос не проводился" if not one.surveys else "ответили менее пяти человек, поэтому результаты скрыты"
        yield Block("text", f"{side}: {why}.")
        return
    rows = tuple(
        (
            line.text,
            line.answered,
            figure_cell(line.mean),
            line.satisfied,
            figure_cell(100 * line.satisfied / line.answered),
        )
        for line in one.lines
    )
    head = ("Вопрос (от 1 до 10)", "Ответили", "Средний балл", "Довольны", "Довольны, %")
    asked = f" из {one.asked}" if one.asked is not None else ""
    yield Block("table", f"{side}: ответили {one.answered}{asked}", Table(head, rows, (8, 2, 2, 2, 2)))
    if one.marks and one.main:
        yield from _marks(side, one.main.text, one.marks)


def _marks(side: str, question: str, marks: tuple[int, ...]) -> Iterator[Block]:
    title = f"{side}: «{question}», число ответов по баллам"
    drawn = [Mark(str(place), size, text_of(size)) for place, size in enumerate(marks, 1)]
    yield Block("chart", title, svg=draw_columns(title, drawn, width=PAPER_WIDTH))
    head = ("Балл", *(str(place) for place in range(1, len(marks) + 1)))
    yield Block("table", "Число ответов по баллам", Table(head, (("Ответы", *marks),), (3, *(2 for _mark in marks))))


def checklist_blocks(checklist: Checklist | None) -> Iterator[Block]:
    if checklist is None:
        yield Block("text", "Анкета куратора не заполнена.")
        return
    rows: list[tuple[Cell, ...]] = []
    for place, (criterion, indicator, shows, points) in enumerate(checklist.rows):
        if not place or checklist.rows[place - 1][0] != criterion:
            rows.append((criterion,))
        rows.append((indicator, shows, points))
    rows.append(("Всего", f"наибольшее возможное – {checklist.most}", checklist.total))
    head = ("Показатель", "Проявление", "Баллы")
    yield Block("table", "Анкета куратора: оценка программы наставничества", Table(head, tuple(rows), (8, 5, 2), True))
    result = counted(checklist.total, "балл", "балла", "баллов")
    yield Block("text", f"Результат: {result} из {checklist.most} – {checklist.level or 'уровень не определён'}.")
    levels = "; ".join(f"{low}–{high} – {text}" for low, high, text in checklist.levels)
    if levels:
        yield Block("note", f"Уровни: {levels}.")


def swot_block(words: ReportWords) -> Block:
    """The method's table; nothing but a sentence where nobody has filled it in."""
    if not any(text.strip() for text in words.swot.values()):
        return Block("text", "SWOT-анализ не заполнен.")
    rows = tuple(
        (where, *(f"{title}:\n{words.swot.get(key, '').strip() or '–'}" for key, title in (good, bad)))
        for where, good, bad in FACTORS
    )
    return Block("table", "Факторы SWOT", Table(("Факторы", "Позитивные", "Негативные"), rows, (3, 8, 8)))
