"""What a term means for a programme, and what it would do to the windows of an activity."""

from __future__ import annotations

from roadmap.cycles import CycleSpan, windows_by_cycle
from roadmap.editing.windows import Days, Plan, Standing, plan_windows
from roadmap.models import Activity, Cycle, Programme, Window, WindowState
from roadmap.services.calendar import school_terms
from roadmap.terms import Term, read_term


def understand(programme: Programme, text: str) -> Term:
    """The term of a cell, read with the programme's period and the terms of its school."""
    return read_term(text, period=(programme.starts_on, programme.ends_on), calendar=school_terms(programme.school))


def wanted_windows(programme: Programme, term: Term) -> list[tuple[int, Days]]:
    """The windows a term gives, each with the key of its cycle."""
    cycles = list(Cycle.objects.filter(programme=programme))
    spans = tuple(CycleSpan(cycle.year, cycle.starts_on, cycle.ends_on) for cycle in cycles)
    return [(cycles[place].pk, days) for place, days in windows_by_cycle(term.windows, spans)]


def plan_term(programme: Programme, activity: Activity, term: Term) -> Plan:
    """What becomes of the activity's windows when its term is written anew."""
    proved = set(Window.objects.filter(activity=activity).exclude(proofs=None).values_list("pk", flat=True))
    standing = [
        Standing(window.pk, window.cycle_id, days_of(window), window.state == WindowState.DONE or window.pk in proved)
        for window in activity.windows.all()
    ]
    return plan_windows(standing, wanted_windows(programme, term))


def days_of(window: Window) -> Days:
    """First and last day, None without."""
    return (window.starts_on, window.ends_on) if window.starts_on and window.ends_on else None
