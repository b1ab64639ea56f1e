"""The title page of a living programme: what it says of itself, its period, its stamps of approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import DomainError
from roadmap.cycles import CycleSpan, cycle_spans
from roadmap.models import Activity, Approval, Change, ChangeKind, Cycle, Programme, TermKind, Window, WindowState
from roadmap.services.editing import ChangedSince, add_windows
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger
from roadmap.services.understanding import understand, wanted_windows

TEXTS = ("title", "organisation", "preamble")
DAYS = ("starts_on", "ends_on")


class YearInUse(DomainError):
    """A school year that would fall out of the period has something in it."""


def edit_head(*, programme: Programme, wish: Mapping[str, Any], opened: Mapping[str, str], by: Actor) -> Change | None:
    """Write title, organisation, preamble and period anew; None where that changes nothing.

    A longer period brings its school years with the days that the terms have in them; a shorter one lets go of the
    years in which nothing has days. `opened` is what the form was opened with, days as ISO texts.
    Raises ChangedSince, YearInUse.
    """
    with transaction.atomic():
        locked = lock_programme(programme)
        now = {name: getattr(locked, name) for name in TEXTS + DAYS}
        if now == dict(wish):
            return None
        if any(opened.get(name, str(value)) != str(value) for name, value in now.items()):
            raise ChangedSince(_("Someone changed the title page meanwhile. Compare both texts."))
        ledger, period = Ledger(), (locked.starts_on, locked.ends_on)
        ledger.put(locked, **wish)
        if period != (locked.starts_on, locked.ends_on):
            _fit_years(ledger, locked, period)
        return ledger.close(programme=locked, kind=ChangeKind.HEAD, told=_("title page"), by=by)


def edit_approvals(
    *, programme: Programme, wish: Sequence[Mapping[str, Any]], opened: Mapping[str, str], by: Actor
) -> Change | None:
    """Make the stamps what is wished; each has a `key`, None for a new one. `opened` has the text of each by its key.

    Raises ChangedSince.
    """
    with transaction.atomic():
        locked = lock_programme(programme)
        left = {row.pk: row for row in locked.approvals.all()}
        if opened != {str(key): approval_text(row) for key, row in left.items()}:
            raise ChangedSince(_("Someone changed the stamps meanwhile. Compare both texts."))
        ledger, place = Ledger(), max((row.place for row in left.values()), default=0)
        for stamp in wish:
            columns = {name: value for name, value in stamp.items() if name != "key"}
            row = left.pop(stamp["key"], None)
            if row:
                ledger.put(row, **columns)
            else:
                place += 1
                ledger.add(Approval(programme=locked, place=place, **columns))
        for row in left.values():
            ledger.drop(row)
        return ledger.close(programme=locked, kind=ChangeKind.HEAD, told=_("stamps of approval"), by=by)


def approval_text(row: Approval) -> str:
    """A stamp in one line."""
    parts = (row.word, row.by, row.person, row.basis, f"{row.date:%d.%m.%Y}" if row.date else "", row.number)
    return " · ".join(filter(None, parts))


def _fit_years(ledger: Ledger, programme: Programme, before: tuple[date, date]) -> None:
    """Make the cycles those of the period as it is now."""
    spans = {span.year: span for span in cycle_spans(programme.starts_on, programme.ends_on)}
    for cycle in programme.cycles.all():
        span = spans.pop(cycle.year, None)
        if span:
            ledger.put(cycle, starts_on=span.starts_on, ends_on=span.ends_on)
        else:
            _drop_year(ledger, cycle)
    _stretch(ledger, programme, before)
    if spans:
        _add_years(ledger, programme, list(spans.values()))


def _drop_year(ledger: Ledger, cycle: Cycle) -> None:
    in_use = Q(state=WindowState.DONE) | Q(starts_on__isnull=False) | Q(proofs__isnull=False)
    refusal = YearInUse(
        _("The school year %(year)s would fall out of the period, but it has days, marks or people. Move them first.")
        % {"year": cycle.label}
    )
    if cycle.windows.filter(in_use).exists() or cycle.closings.exists():
        raise refusal
    for window in cycle.windows.all():
        ledger.drop(window)
    try:
        with transaction.atomic():
            ledger.drop(cycle)
    except ProtectedError:
        raise refusal from None


def _stretch(ledger: Ledger, programme: Programme, before: tuple[date, date]) -> None:
    """What runs through the whole period runs through the new one."""
    rows = Window.objects.filter(
        cycle__programme=programme,
        activity__term_kind=TermKind.WHOLE_PERIOD,
        state=WindowState.PLANNED,
        starts_on=before[0],
        ends_on=before[1],
    )
    for window in rows.select_for_update(of=("self",)):
        ledger.put(window, starts_on=programme.starts_on, ends_on=programme.ends_on)


def _add_years(ledger: Ledger, programme: Programme, spans: Sequence[CycleSpan]) -> None:
    added = [
        Cycle(programme=programme, year=span.year, starts_on=span.starts_on, ends_on=span.ends_on) for span in spans
    ]
    for cycle in added:
        ledger.add(cycle)
    keys = {cycle.pk for cycle in added}
    for activity in Activity.objects.filter(stage__programme=programme).order_by("pk"):
        wanted = wanted_windows(programme, understand(programme, activity.term_text))
        add_windows(ledger, activity, [(cycle, days) for cycle, days in wanted if cycle in keys])
