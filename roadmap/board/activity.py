"""One activity made ready for its page: year by year, when it is to happen, how it stands, what proves it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, pgettext

from roadmap.board.offers import offer_of
from roadmap.board.rows import Standing, WindowRow
from roadmap.board.words import day_words, late_words, left_words, span_words
from roadmap.evidence import Evidence, Proofs
from roadmap.models import Activity, Programme, Proof, Window


@dataclass(frozen=True, slots=True)
class Term:
    """One time the activity is to happen; `tone` and `label` are its tag, `said` how it stands in words."""

    key: int
    days: str
    said: str
    tone: str
    label: str
    note: str
    is_done: bool
    is_dated: bool
    is_ready: bool
    files: list[Proof]


@dataclass(frozen=True, slots=True)
class Year:
    """One academic year of the activity: its terms, and what was counted for it where something counts it."""

    year: int
    terms: list[Term]
    proof: Evidence | None


def years_of(
    rows: Sequence[WindowRow], windows: Iterable[Window], laid: Iterable[Proof], proofs: Proofs, today: date
) -> list[Year]:
    """The years in their order; `windows` are the rows' own, with who marked them."""
    names = {row.pk: row.done_by.short_name for row in windows if row.done_by}
    files: dict[int, list[Proof]] = {}
    for proof in laid:
        files.setdefault(proof.window_id, []).append(proof)
    found: dict[int, list[WindowRow]] = {}
    for row in rows:
        found.setdefault(row.cycle, []).append(row)
    return [
        Year(
            of_year[0].year,
            [
                _term(row, names.get(row.key, ""), files.get(row.key, []), offer_of(row, proofs, today), today)
                for row in of_year
            ],
            proofs.get((of_year[0].evidence, cycle)),
        )
        for cycle, of_year in found.items()
    ]


def extras_of(activity: Activity, programme: Programme) -> list[tuple[str, str]]:
    """What stands in the school's further columns, each with the heading of its column."""
    return [
        (column["title"], activity.extra[column["kind"]])
        for column in programme.columns
        if activity.extra.get(column.get("kind"))
    ]


def _term(row: WindowRow, by: str, files: list[Proof], offer: Evidence | None, today: date) -> Term:
    tone, label, said = _standing(row, by, today)
    return Term(
        key=row.key,
        days=span_words(row.starts_on, row.ends_on, today) or gettext("no dates yet"),
        said=said,
        tone=tone,
        label=label,
        note=row.note,
        is_done=row.standing is Standing.DONE,
        is_dated=row.starts_on is not None,
        is_ready=offer is not None,
        files=files,
    )


def _standing(row: WindowRow, by: str, today: date) -> tuple[str, str, str]:
    """Tone and label of the tag, and the words beside it."""
    if row.standing is Standing.DONE and row.done_on:
        said = gettext("%(day)s, marked by %(name)s") % {"day": day_words(row.done_on, today), "name": by}
        return "", pgettext("state of an activity", "done"), said
    if row.ends_on is None:
        return "mute", gettext("no dates"), ""
    if row.standing is Standing.LATE:
        return "bad", gettext("overdue"), late_words(row.ends_on, today)
    return (
        ("info", gettext("goes on"), left_words(row.ends_on, today))
        if row.standing is Standing.NOW
        else ("mute", gettext("is to come"), "")
    )
