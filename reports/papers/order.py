"""An order set out for print and for the page that shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.typography import long_date, tie


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One mentor with his mentees."""

    mentor: str
    mentees: str
    form: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """Everything that stands on the paper. `familiar` is (post, name)."""

    founder: str
    organisation: str
    short_name: str
    number: str
    dated_on: date
    place: str
    title: str
    preamble: str
    points: tuple[str, ...]
    signer_post: str
    signer_name: str
    familiar: tuple[tuple[str, str], ...]
    lines: tuple[PaperLine, ...]


def order_context(paper: OrderPaper) -> dict[str, Any]:
    """What the template prints: every text with its non-breaking spaces (ГОСТ Р 7.0.97, 3 to 5)."""
    return {
        "founder": tie(paper.founder),
        "organisation": [tie(text) for text in re.split(r"\s+(?=«)", paper.organisation, maxsplit=1)],
        "short_name": tie(paper.short_name),
        "number": tie(f"№ {paper.number}"),
        "day": long_date(paper.dated_on),
        "place": tie(paper.place),
        "title": tie(paper.title),
        "preamble": [tie(text) for text in paper.preamble.splitlines() if text.strip()],
        "points": [tie(f"{count}. {text}") for count, text in enumerate(paper.points, 1)],
        "signer_post": tie(paper.signer_post),
        "signer_name": tie(paper.signer_name),
        "familiar": [(tie(post), tie(name)) for post, name in paper.familiar],
        "annex": (
            "Приложение",
            tie(f"к приказу {paper.short_name}"),
            tie(f"от {paper.dated_on:%d.%m.%Y} № {paper.number}"),
        ),
        "lines": [
            (tie(line.mentor), tie(line.mentees), tie(line.form), _period(line.starts_on, line.ends_on))
            for line in paper.lines
        ],
    }


def _period(first: date, last: date) -> str:
    return tie(f"{first:%d.%m.%Y} – {last:%d.%m.%Y}")
