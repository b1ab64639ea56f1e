"""What whoever signs for a person finds on the page beside the consents: higher apps add the pairs and the meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from participants.models import Person
from roadmap.day import Panel

MinePainter = Callable[[Person, date], Panel | None]
"""A panel about this person, whom the one who looks represents or is; None where there is nothing to show."""

_painters: list[MinePainter] = []


def register_mine_panel(painter: MinePainter) -> None:
    """Add a panel to the page of whoever signs; called from an app's `receivers`."""
    _painters.append(painter)


def mine_panels(person: Person, today: date) -> list[Panel]:
    """What there is to see of the person besides the consents."""
    return [panel for paint in _painters if (panel := paint(person, today))]
