"""What people write in a monitoring report, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ReportWords:
    """`swot` is by strengths, weaknesses, opportunities and threats; `made_by` signs as «М. Е. Берёзова»."""

    founder: str
    organisation: str
    short_name: str
    place: str
    head_post: str
    head_name: str
    year: str
    as_of: date
    is_approved: bool
    made_by: str
    satisfied_from: int
    conclusion: str = ""
    swot: Mapping[str, str] = field(default_factory=dict)
