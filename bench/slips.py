"""A sheet of slips with their squares, beside the PDF engine alone on the same finished HTML."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

import weasyprint
from django.template.loader import render_to_string
from django.utils import translation

from bench.figures import Figure, middle
from core.pdf import AssetFetcher, render_pdf
from participants.papers.slips import TEMPLATE, TITLE, Slip, slips_context

GOAL = 1.2
SLIPS = 300


def figures(blocks: int) -> list[Figure]:
    """From the links on: squares, HTML, PDF."""
    slips = [slip(number) for number in range(SLIPS)]
    with translation.override("ru"):
        html = render_to_string(TEMPLATE, slips_context(slips) | {"document_title": TITLE})

    def ours() -> None:
        render_pdf(TEMPLATE, slips_context(slips), title=TITLE)

    def base() -> None:
        weasyprint.HTML(string=html, url_fetcher=AssetFetcher()).write_pdf(pdf_variant="pdf/a-3a")

    base()
    pairs = [(_seconds(ours), _seconds(base)) for _block in range(blocks)]
    took = statistics.median(base for _ours, base in pairs) * 1000
    ratios = [mine / theirs for mine, theirs in pairs]
    beside = f"WeasyPrint on its HTML {took:.0f} ms"
    return [middle(f"sheets of {SLIPS} slips", ratios, "x", goal=GOAL, baseline=beside)]


def slip(number: int) -> Slip:
    return Slip(
        school="МБОУ «Школа № 5»",
        person=f"Заречнов Гордей Львович {number}",
        place=f"{5 + number // 50} Б",
        guardian="Заречнова Вера Павловна",
        address=f"https://school.example/l/{number:043}/",
        last_day=date(2027, 5, 31),
    )


def _seconds(deed: Callable[[], object]) -> float:
    began = time.process_time()
    deed()
    return time.process_time() - began
