"""What stands around the figures: whose report it is, who approves it, who signs."""

from __future__ import annotations

from dataclasses import dataclass

from core.cases import signature_of
from core.typography import tie
from reports.papers.monitoring.words import ReportWords


@dataclass(frozen=True, slots=True)
class Frame:
    """`heading` are the lines of the title, `title` the same in one; `mark` says that it is a draft."""

    founder: str
    organisation: str
    stamp: tuple[str, ...]
    heading: tuple[str, ...]
    title: str
    mark: str
    signatures: tuple[tuple[str, str], ...]


def frame_of(words: ReportWords) -> Frame:
    """The frame in the order of an official paper (ГОСТ Р 7.0.97-2016)."""
    heading = (
        "ОТЧЁТ",
        "о мониторинге программы наставничества",
        f"за {words.year} учебный год (по состоянию на {words.as_of:%d.%m.%Y})",
    )
    name = signature_of(words.head_name) if words.head_name else ""
    return Frame(
        founder=tie(words.founder),
        organisation=tie(words.organisation),
        stamp=(
            "УТВЕРЖДАЮ",
            tie(words.head_post),
            tie(words.short_name),
            f"{'_' * 14} {name}".strip(),
            "«____» ______________ 20___ г.",
        ),
        heading=heading,
        title=f"Отчёт {' '.join(heading[1:])}",
        mark="" if words.is_approved else "Черновик: отчёт ещё не утверждён, цифры могут измениться.",
        signatures=(("Отчёт составил(а)", words.made_by),),
    )


def file_name(words: ReportWords) -> str:
    """«Отчёт о мониторинге 2026–2027, 31.05.2027»"""
    return f"Отчёт о мониторинге {words.year}, {words.as_of:%d.%m.%Y}"
