"""Terms of the plan: each cell read once, given out over the activities that share it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat

from roadmap.reading.drafts import DraftActivity, Said
from roadmap.reading.notes import Notes
from roadmap.terms import Calendar, Term, Window, read_term, split_terms

NO_TERM = Term("", "none", (), None)


def read_terms(
    activities: Sequence[DraftActivity], period: Window | None, notes: Notes, calendar: Calendar | None = None
) -> tuple[dict[DraftActivity, Term], Window | None]:
    """The term of each activity, and the period: the one given, else from the first to the last window.

    Terms of one cell go to its activities in order where their numbers agree, else all of them to each. One line
    of terms between semicolons counts as several where that makes the numbers agree. `calendar` is the school's.
    """
    groups: dict[Said, list[DraftActivity]] = {}
    for activity in activities:
        if activity.term.lines:
            groups.setdefault(activity.term, []).append(activity)
    split = cache(_terms_of)
    cells = {said: split(said.lines, len(members)) for said, members in groups.items()}
    if period is None:
        period = _span([read_term(text) for text in {text for texts in cells.values() for text in texts}])
    read = cache(lambda text: read_term(text, period=period, calendar=calendar))
    terms = dict.fromkeys(activities, NO_TERM)
    for said, members in groups.items():
        terms.update(_give_out([read(text) for text in cells[said]], members, notes))
    return terms, period


def _terms_of(lines: tuple[str, ...], members: int) -> list[str]:
    texts = split_terms("\n".join(lines))
    apart = [text.strip() for text in texts[0].split(";") if text.strip()] if len(texts) == 1 else []
    return apart if len(apart) == members > 1 else texts


def _span(terms: Sequence[Term]) -> Window | None:
    days = [day for term in terms for window in term.windows for day in window]
    return (min(days), max(days)) if days else None


def _give_out(
    terms: Sequence[Term], members: Sequence[DraftActivity], notes: Notes
) -> Iterable[tuple[DraftActivity, Term]]:
    if len(terms) == len(members):
        for term, activity in zip(terms, members, strict=True):
            _note(term, activity, notes)
        return zip(members, terms, strict=True)
    for term in terms:
        _note(term, members[0], notes)
    if len(terms) > 1 and len(members) > 1:
        quote = " · ".join(term.text for term in terms)
        notes.add("terms_shared", quote, activity=members[0], terms=len(terms), activities=len(members))
    return zip(members, repeat(_together(terms)), strict=False)


def _note(term: Term, activity: DraftActivity, notes: Notes) -> None:
    for warning in term.warnings:
        notes.put(warning.code, warning.quote, warning.text, activity=activity)


def _together(terms: Sequence[Term]) -> Term:
    """Several terms as one: all their windows, and the kind they have in common."""
    if len(terms) == 1:
        return terms[0]
    windows = tuple(sorted({window for term in terms for window in term.windows}))
    kinds = {term.kind for term in terms if term.windows} or {term.kind for term in terms[:1]} or {"none"}
    return Term(
        text="\n".join(term.text for term in terms),
        kind=kinds.pop() if len(kinds) == 1 else "range",
        windows=windows,
        recurrence=next((term.recurrence for term in terms if term.recurrence), None),
        warnings=tuple(warning for term in terms for warning in term.warnings),
    )
