"""What apps bring to pages of the floors below them; a test of such a page brings its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from core.navigation import _sections
from roadmap.day import _askers, _counters, _painters
from roadmap.evidence import Evidence, Provider, _providers


@contextmanager
def only_our_own() -> Iterator[None]:
    """Empty registries, and a menu without numbers; everything is put back at the end."""
    lists: tuple[list[object], ...] = (_askers, _painters, _counters)  # type: ignore[assignment]
    before = [list(rows) for rows in lists]
    providers, sections = dict(_providers), dict(_sections)
    _providers.clear()
    for rows in lists:
        rows.clear()
    _sections.update({name: replace(row, badge=None) for name, row in sections.items()})
    try:
        yield
    finally:
        for rows, kept in zip(lists, before, strict=True):
            rows[:] = kept
        _providers.clear()
        _providers.update(providers)
        _sections.update(sections)


def always(words: str, url: str = "/people/", done: int = 3, total: int = 4) -> Provider:
    """A provider that says the same of every cycle."""
    return lambda cycles: {cycle: Evidence(words, url, done, total) for cycle in cycles}
