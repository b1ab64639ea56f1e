"""A programme read as the outline of the one that follows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from core.models import Membership
from roadmap.blueprints.again import move_term, move_window, move_years
from roadmap.blueprints.results import Outcome, result_words
from roadmap.models import Activity, Programme, Stage, Window
from roadmap.models import Responsible as Answering
from roadmap.outline import (
    Approval,
    Column,
    Outline,
    OutlineActivity,
    OutlineStage,
    OutlineWarning,
    Person,
    Responsible,
)
from roadmap.services.calendar import school_terms
from roadmap.terms import Calendar, Term


def outline_again(programme: Programme, years: int) -> tuple[Outline, list[str]]:
    """The programme moved on by so many years, and a line for each activity: what came of it.

    Days stay in their months, those set by hand too; approvals lose date and number; whoever answered by name and
    has no role in the school any more is marked. An activity's `line` is the place of its result, counted from 1.
    """
    renewal = _Renewal(programme, years, school_terms(programme.school), _people_of(programme))
    stages = tuple(renewal.stage(stage) for stage in _stages_of(programme))
    outline = Outline(
        title=renewal.text(programme.title),
        organisation=programme.organisation or None,
        preamble=renewal.text(programme.preamble),
        period=move_window(renewal.period, years),
        approvals=tuple(
            Approval(stamp.word, stamp.by or None, stamp.person or None, stamp.basis or None, None, None)
            for stamp in programme.approvals.all()
        ),
        stages=stages,
        warnings=tuple(renewal.warnings),
        dropped=(),
        columns=tuple(Column(**column) for column in programme.columns),
    )
    return outline, renewal.results


def _people_of(programme: Programme) -> frozenset[int]:
    """The users who have a role in the school today."""
    here = Membership.objects.active().filter(school_id=programme.school_id)
    return frozenset(here.values_list("user_id", flat=True))


def _stages_of(programme: Programme) -> QuerySet[Stage]:
    """With their activities, and these with windows, the earliest first, and with those who answer for them."""
    return programme.stages.prefetch_related(
        Prefetch("activities__windows", queryset=Window.objects.order_by("cycle__year", "ends_on", "pk")),
        Prefetch("activities__responsible", queryset=Answering.objects.select_related("member__user")),
    )


@dataclass(slots=True)
class _Renewal:
    """The programme on its way, with what was found on it."""

    programme: Programme
    years: int
    calendar: Calendar
    here: frozenset[int]
    results: list[str] = field(default_factory=list)
    warnings: list[OutlineWarning] = field(default_factory=list)

    @property
    def period(self) -> tuple[date, date]:
        return self.programme.starts_on, self.programme.ends_on

    def text(self, text: str) -> str | None:
        return move_years(text, period=self.period, years=self.years) or None

    def stage(self, stage: Stage) -> OutlineStage:
        return OutlineStage(
            number=stage.number or None,
            name=stage.name,
            goal=self.text(stage.goal),
            task=self.text(stage.task),
            result=self.text(stage.result),
            activities=tuple(self._activity(activity) for activity in stage.activities.all()),
        )

    def _activity(self, activity: Activity) -> OutlineActivity:
        windows = list(activity.windows.all())
        people = list(activity.responsible.all())
        self.results.append(result_words([Outcome(window.done_on, window.note) for window in windows]))
        self.warnings += self._gone(people, line=len(self.results))
        return OutlineActivity(
            number=activity.number or None,
            section=self.text(activity.section),
            text=self.text(activity.text) or "",
            term=self._term(activity, windows),
            responsible=Responsible(
                activity.responsible_text,
                tuple(Person(person.role or None, person.name or None) for person in people),
            ),
            line=len(self.results),
            extra=tuple((kind, text) for kind, text in activity.extra.items()),
        )

    def _term(self, activity: Activity, windows: Iterable[Window]) -> Term:
        days = [(row.starts_on, row.ends_on) for row in windows if row.starts_on and row.ends_on]
        return move_term(activity.term_text, days, period=self.period, years=self.years, calendar=self.calendar)

    def _gone(self, people: Iterable[Answering], *, line: int) -> list[OutlineWarning]:
        left = (row for row in people if row.member and row.member.user_id not in self.here)
        names = [row.name or (row.member.user.short_name if row.member else "") for row in left]
        text = _("%(name)s works at the school no more. Say who answers for it now.")
        return [OutlineWarning("person_left", line, name, text % {"name": name}) for name in names]
