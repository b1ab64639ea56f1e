"""Giving an activity other days, with what follows from that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.calendar import usual_periods
from core.actors import Actor
from core.errors import DomainError
from core.models import PeriodKind, School
from roadmap.models import Activity, Change, ChangeKind, Programme, Window, WindowState
from roadmap.models.activity import WindowQuerySet
from roadmap.moving import Calendar, Following, Frame, Period, PlanRow, step_of, what_follows
from roadmap.moving.steps import PEOPLE_MEET
from roadmap.services.history import lock_programme
from roadmap.services.ledger import Ledger, told_of
from roadmap.services.progress import EARLIEST
from roadmap.services.understanding import days_of, understand
from roadmap.terms import read_term, render_windows

LATEST = date(2100, 12, 31)
KEEPS_ITS_WORDS = frozenset({"recurring", "schedule"})
"""Kinds of term that say how often or by what, besides the days: «ежемесячно», «по графику»."""

Days = tuple[date, date]


class DaysRefused(DomainError):
    """The days cannot be right, or the activity is done."""


class ChangedMeanwhile(DomainError):
    """Someone moved or finished what the page shows; nothing was written."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What new days of a window would bring; `windows` are those it speaks of, by key, with their activities.

    That people are free on all of the days, or that they lie outside of the programme's year, does not forbid them.
    """

    following: Following
    windows: dict[int, Window]
    plan: dict[int, PlanRow]
    is_free: bool
    is_outside: bool

    @property
    def asks(self) -> bool:
        """Whether there is anything to say before the days are set."""
        return bool(self.following.followers or self.following.ahead_of or self.is_free or self.is_outside)


def foresee(*, window: Window, days: Days, seen: str | None = None) -> Outlook:
    """What follows from these days, in two queries. Raises DaysRefused, ChangedMeanwhile."""
    check_days(*days)
    _check_still(window, seen)
    return _outlook(window, _of_its_year(window), days)


def check_days(starts_on: date, ends_on: date) -> None:
    """Raises DaysRefused."""
    if ends_on < starts_on:
        raise DaysRefused(_("The last day lies before the first."))
    if starts_on < EARLIEST or ends_on > LATEST:
        raise DaysRefused(_("These days cannot be right. Look at the year."))


def stamp_of(window: Window) -> str:
    """What a page shows of a window, to know later whether it is still so."""
    return f"{window.starts_on or ''}/{window.ends_on or ''}/{window.state}"


def set_days(
    *,
    window: Window,
    starts_on: date,
    ends_on: date,
    along: Collection[tuple[int, Days]] = (),
    seen: str | None = None,
    words: str = "",
    by: Actor,
) -> Change | None:
    """Give a window its days, and with them those that were agreed to, as one act; the terms' texts follow.

    `along` are windows and the days that `foresee` proposed for them, `seen` is the stamp the page was opened with,
    `words` are those that the term is to get where they mean these days.
    None where everything stands so already. Raises DaysRefused, ChangedMeanwhile.
    """
    check_days(starts_on, ends_on)
    wanted = {window.pk: (starts_on, ends_on)} | dict(along)
    with transaction.atomic():
        programme = lock_programme(window.cycle.programme)
        windows = {row.pk: row for row in _of_its_year(window).select_for_update(of=("self", "activity"))}
        if not wanted.keys() <= windows.keys():
            raise changed()
        if all(days_of(windows[key]) == days for key, days in wanted.items()):
            return None
        moved = windows[window.pk]
        _check_still(moved, seen)
        if along and not set(along) <= _proposed(moved, windows.values(), wanted[moved.pk]):
            raise changed()
        return _write(programme, moved, [(windows[key], days) for key, days in wanted.items()], words, by)


def _check_still(window: Window, seen: str | None) -> None:
    if seen is not None and seen != stamp_of(window):
        raise changed()
    if window.state == WindowState.DONE:
        raise DaysRefused(_("This is done, so its days stay. Take the mark back first."))


def changed() -> ChangedMeanwhile:
    """What is said where the page no longer shows what stands."""
    return ChangedMeanwhile(_("The plan was changed while the page was open. Nothing is moved; look once more."))


def _proposed(moved: Window, windows: Iterable[Window], days: Days) -> set[tuple[int, Days]]:
    following = _outlook(moved, windows, days).following
    return {(one.key, one.days) for one in following.followers}


# ---------------------------------------------------------------- looking ahead


def _of_its_year(window: Window) -> WindowQuerySet:
    """The windows of the same year of the programme, with their activities, in a fixed order."""
    rows = Window.objects.filter(cycle_id=window.cycle_id).order_by("pk")
    return rows.select_related("activity__stage", "cycle__programme__school")


def _outlook(window: Window, windows: Iterable[Window], days: Days) -> Outlook:
    by_key = {row.pk: row for row in windows}
    cycle, school = window.cycle, window.cycle.programme.school
    today = timezone.localdate(timezone=school.zone)
    frame = Frame(_calendar_of(school), max(today, cycle.starts_on), cycle.ends_on)
    plan = {row.pk: _plan_row(row) for row in by_key.values()}
    step, (first, last) = plan[window.pk].step, days
    return Outlook(
        what_follows(plan.values(), window.pk, days, frame),
        by_key,
        plan,
        is_free=(step is None or step in PEOPLE_MEET) and not frame.calendar.has_school_day(first, last),
        is_outside=first < cycle.starts_on or last > cycle.ends_on,
    )


def _plan_row(window: Window) -> PlanRow:
    activity = window.activity
    step = step_of(activity.text, activity.evidence)
    return PlanRow(window.pk, window.cycle_id, step, days_of(window), window.state == WindowState.DONE)


def _calendar_of(school: School) -> Calendar:
    rows = school.periods.values_list("kind", "starts_on", "ends_on")
    return Calendar(tuple(Period(kind == PeriodKind.TERM, *days) for kind, *days in rows), _usual)


def _usual(year: int) -> list[Period]:
    return [Period(row.kind == PeriodKind.TERM, row.starts_on, row.ends_on) for row in usual_periods(year)]


# ---------------------------------------------------------------- writing


def _write(
    programme: Programme, moved: Window, rows: list[tuple[Window, Days]], words: str, by: Actor
) -> Change | None:
    ledger = Ledger()
    for window, (starts_on, ends_on) in rows:
        ledger.put(window, starts_on=starts_on, ends_on=ends_on)
    for activity in {window.activity_id: window.activity for window, _days in rows}.values():
        _retell(ledger, programme, activity, words if activity.pk == moved.activity_id else "")
    told = told_of(moved.activity)
    return ledger.close(programme=programme, kind=ChangeKind.DAYS, told=told, activity=moved.activity, by=by)


def _retell(ledger: Ledger, programme: Programme, activity: Activity, words: str) -> None:
    """Let the text of the term say the days the activity has now, in these words if they do."""
    rows = Window.objects.filter(activity=activity).exclude(starts_on=None)
    windows = tuple(sorted({(row.starts_on, row.ends_on) for row in rows if row.starts_on and row.ends_on}))
    known = (text for text in (words, activity.term_text) if text and understand(programme, text).windows == windows)
    text = next(known, "") or _retold(programme, activity, windows)
    if text == activity.term_text:
        return
    term = understand(programme, text)
    activity.revision += 1
    ledger.put(activity, term_text=text, term_kind=term.kind, recurrence=term.recurrence or "")


def _retold(programme: Programme, activity: Activity, windows: tuple[Days, ...]) -> str:
    text = _words_kept(programme, activity, windows) or render_windows(windows)
    return capfirst(text) if activity.term_text.strip()[:1].isupper() else text


def _words_kept(programme: Programme, activity: Activity, windows: tuple[Days, ...]) -> str:
    """«ежемесячно, ноябрь 2026 – май 2027»: the words of a term without days of its own, where they read so."""
    if activity.term_kind not in KEEPS_ITS_WORDS or read_term(activity.term_text).windows:
        return ""
    text = f"{activity.term_text.strip()}, {render_windows(windows)}"
    term = understand(programme, text)
    return text if (term.windows, term.recurrence or "") == (windows, activity.recurrence) else ""
