"""The monitoring report of a year: its figures as plain values, and how they are set out on every kind of paper."""

from reports.papers.monitoring.document import Block, report_blocks, text_of
from reports.papers.monitoring.figures import (
    Checklist,
    CountTable,
    Figures,
    Indicator,
    Influence,
    ParameterLine,
    Process,
    Satisfaction,
    SatisfactionLine,
    figures_from_json,
    figures_to_json,
)
from reports.papers.monitoring.hiding import LEAST, hide_single, hide_small
from reports.papers.monitoring.words import ReportWords

__all__ = [
    "LEAST",
    "Block",
    "Checklist",
    "CountTable",
    "Figures",
    "Indicator",
    "Influence",
    "ParameterLine",
    "Process",
    "ReportWords",
    "Satisfaction",
    "SatisfactionLine",
    "figures_from_json",
    "figures_to_json",
    "hide_single",
    "hide_small",
    "report_blocks",
    "text_of",
]
