"""Reading a Word file and a PDF, each beside what its library alone must do with the same bytes.

The goal for a Word file is for what its format asks: bytes to rows, with merged cells, lists and boxes. The outline
adds what the rows mean (terms, people, stages, checks), which no library does: that figure has no goal.
"""

from __future__ import annotations

import io
import resource
import statistics
import zipfile
from collections.abc import Callable

import docx
import pdfplumber
import weasyprint
from lxml import etree

from bench.figures import Figure, middle
from roadmap.reading import read_document
from roadmap.reading.package import W
from roadmap.reading.word import read_word
from tests.roadmap.documents import word

WORD_GOAL, PDF_GOAL = 3.0, 1.5
PAGES = 10
HEAD = ["№ п/п", "Мероприятия", "Сроки", "Ответственные"]
TITLE = "Дорожная карта внедрения целевой модели наставничества на 2023-2024 учебный год"
SAID = "Проведение анкетирования среди потенциальных наставников, желающих принять участие в программе"
Deed = Callable[[], object]


def files(blocks: int) -> list[Figure]:
    """The figures; the PDF is opened in a process of its own, whose start and whole work are counted."""
    paper, pages = _styled(word([HEAD, *_rows(40)], before=[TITLE])), _printed()
    with pdfplumber.open(io.BytesIO(pages)) as document:
        assert len(document.pages) == PAGES
    beside = "zipfile, lxml and the text of every cell"
    return [
        _against("a Word file, 40 rows, to its rows", blocks, WORD_GOAL, beside,
                 lambda: read_word(paper), lambda: cells_of(paper), times=20),
        _against("a Word file, 40 rows, to its outline", blocks, None, beside,
                 lambda: read_document(paper, "a.docx"), lambda: cells_of(paper), times=20),
        _against(f"a PDF of {PAGES} pages, process and all", blocks, PDF_GOAL, "pdfplumber's extract_tables",
                 lambda: read_document(pages, "a.pdf"), lambda: tables_of(pages)),
    ]  # fmt: skip


def cells_of(data: bytes) -> list[str]:
    """The text of every cell of a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return ["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in root.iter(f"{W}tc")]


def tables_of(data: bytes) -> list[object]:
    """What the library alone makes of a PDF's tables."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


def _rows(count: int) -> list[list[str]]:
    return [[str(number), f"{SAID}, часть {number}", "Октябрь 2023", "Куратор"] for number in range(1, count + 1)]


def _styled(paper: bytes) -> bytes:
    """The same with a style in use, as every file of a word processor has; those of python-docx take 350 KB."""
    document, file = docx.Document(io.BytesIO(paper)), io.BytesIO()
    document.paragraphs[0].style = "Title"
    document.save(file)
    return file.getvalue()


def _printed() -> bytes:
    """A plan of ten pages with rules."""
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in _rows(10 * PAGES - 5))
    head = "".join(f"<th>{text}</th>" for text in HEAD)
    style = "table{border-collapse:collapse}tr{break-inside:avoid;height:41pt}td,th{border:1px solid;padding:4px}"
    page = f"<style>@page{{size:A4}}{style}</style><p>{TITLE}</p><table><thead><tr>{head}</tr></thead>{rows}</table>"
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def _against(name: str, blocks: int, goal: float | None, beside: str, ours: Deed, base: Deed, times: int = 1) -> Figure:
    ours(), base()
    pairs = [(_work(ours, times), _work(base, times)) for _block in range(blocks)]
    took = statistics.median(base for _, base in pairs) / times * 1000
    return middle(name, [mine / theirs for mine, theirs in pairs], "x", goal=goal, baseline=f"{beside} {took:.1f} ms")


def _work(deed: Deed, times: int) -> float:
    """Seconds of the processor, those of processes that it started included."""
    began = _used()
    for _time in range(times):
        deed()
    return _used() - began


def _used() -> float:
    uses = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)
