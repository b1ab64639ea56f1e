"""Roadmaps read, printed and reminded of, each against what anybody would have to do with the same bytes."""

from __future__ import annotations

import io
import math
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime

import docx

from bench import files, plans
from bench.figures import Figure, Measure, middle
from roadmap.reading import read_document
from roadmap.terms import read_term
from tests.roadmap.documents import TWINS, twin, word

TEXT_GOAL = 3.0
WORD_GOAL = 2.0
TERM_GOAL = 60.0
GROWTH_GOAL = 1.1
BLOCKS, QUICK_BLOCKS = 9, 3
PERIOD = (date(2023, 6, 1), date(2026, 5, 31))
TERMS = (
    "Октябрь 2023",
    "сентябрь – октябрь 2024 г.",
    "до 15.10.2024",
    "01.06.2023 - 31.08.2023",
    "в течение учебного года",
    "ежеквартально",
    "ноябрь 2023, ноябрь 2024, ноябрь 2025",
    "весь период",
    "по графику",
    "III четверть",
)
Deed = Callable[[], object]


def prepare() -> Measure:
    """The five documents as they ship with the tests, one of them as a Word file, and ten times its length."""
    texts = [twin(name) for name in TWINS]
    papers = [word([["№"]], before=data.decode().splitlines()) for data in texts]
    rows = [[str(number), f"Провести мероприятие {number}", "Октябрь 2023", "Куратор"] for number in range(1, 61)]
    head = ["№ п/п", "Мероприятия", "Сроки", "Ответственные"]
    title = ["Дорожная карта внедрения целевой модели наставничества на 2023-2024 учебный год"]
    paper, long_paper = (word([head, *rows * times], before=title) for times in (1, 10))
    text, long_text = (plain_table(title[0], head, rows * times) for times in (1, 10))

    def measure(quick: bool) -> list[Figure]:
        blocks = QUICK_BLOCKS if quick else BLOCKS
        return [
            against("five documents, plain text", blocks, TEXT_GOAL, "python-docx, the same lines as paragraphs",
                    lambda: [read_document(data, "a.txt") for data in texts],
                    lambda: [paragraphs_of(data) for data in papers]),
            against("a Word file, 60 rows", blocks, WORD_GOAL, "python-docx, every cell's text",
                    lambda: read_document(paper, "a.docx"), lambda: cells_of(paper)),
            growth("growth with the length of a text", blocks,
                   lambda: read_document(text, "a.txt"), lambda: read_document(long_text, "a.txt")),
            growth("growth with the length of a Word file", blocks,
                   lambda: read_document(paper, "a.docx"), lambda: read_document(long_paper, "a.docx")),
            *files.files(blocks),
            *terms(blocks),
            plans.paper(blocks),
            plans.page_queries(),
            *plans.reminders(quick=quick),
        ]  # fmt: skip

    return measure


def plain_table(title: str, head: list[str], rows: list[list[str]]) -> bytes:
    return "\n".join([title, "", *("\t".join(row) for row in [head, *rows])]).encode()


def cells_of(data: bytes) -> list[str]:
    """What the library itself makes of the table."""
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [cell.text for row in table.rows for cell in row.cells]


def paragraphs_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def seconds(deed: Deed) -> float:
    began = time.process_time()
    deed()
    return time.process_time() - began


def block(*deeds: Deed, rounds: int = 5) -> list[float]:
    """The median seconds of each, in rounds of random order."""
    found: list[list[float]] = [[] for _ in deeds]
    for _ in range(rounds):
        for place in random.sample(range(len(deeds)), len(deeds)):
            found[place].append(seconds(deeds[place]))
    return [statistics.median(values) for values in found]


def against(name: str, blocks: int, goal: float, beside: str, ours: Deed, base: Deed) -> Figure:
    """How many times as long ours takes as the baseline."""
    block(ours, base, rounds=1)
    pairs = [block(ours, base) for _ in range(blocks)]
    took = statistics.median(base for _, base in pairs) * 1000
    ratios = [mine / theirs for mine, theirs in pairs]
    return middle(name, ratios, "x", goal=goal, baseline=f"{beside} {took:.2f} ms")


def growth(name: str, blocks: int, short: Deed, long: Deed) -> Figure:
    """The exponent by which ten times the length takes longer: 1 is in proportion."""
    exponents = [math.log10(tenfold / once) for once, tenfold in (block(short, long, rounds=3) for _ in range(blocks))]
    return middle(name, exponents, "", goal=GROWTH_GOAL, baseline="10 times the rows")


def terms(blocks: int) -> list[Figure]:
    """Terms read, beside the reading of plain dates by the standard library."""
    rounds = 20

    def ours() -> None:
        for _ in range(rounds):
            for text in TERMS:
                read_term(text, period=PERIOD)

    def base() -> None:
        for _ in range(rounds * len(TERMS)):
            datetime.strptime("15.10.2024", "%d.%m.%Y")  # noqa: DTZ007  a day, not a moment

    pairs = [block(ours, base) for _ in range(blocks)]
    each = rounds * len(TERMS)
    rate = each / statistics.median(base for _, base in pairs)
    return [
        middle("a term", [mine / theirs for mine, theirs in pairs], "x", goal=TERM_GOAL,
               baseline=f"strptime of a day, {rate:.0f} a second"),
        middle("terms a second", [each / mine for mine, _ in pairs], "/s"),
    ]  # fmt: skip
