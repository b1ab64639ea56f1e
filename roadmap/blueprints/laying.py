"""A template laid out for one school: its name put in, its months set into years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext

from roadmap.blueprints.shapes import Months, Template, TemplateActivity, TemplateStage
from roadmap.cycles import prepared_year
from roadmap.outline import Approval, Outline, OutlineActivity, OutlineStage, OutlineWarning, Responsible
from roadmap.reading.people import read_people
from roadmap.terms import Window, read_term, render_windows


def lay_out(template: Template, *, school: str, organisation: str, starts_on: date) -> Outline:
    """The outline for a school by its short name, beginning with the month of `starts_on`.

    Its school year is the one that this month lies in or, from June on, prepares. It begins when the school says and
    ends when the template does, for nobody is at school in August to be thanked: the months between move closer
    together or further apart, in their order. The later years of several are as the template has them.
    """
    plan = _Plan(template, school, starts_on)
    return Outline(
        title=plan.fill(template.title),
        organisation=organisation,
        preamble=plan.fill(template.preamble) or None,
        period=plan.period,
        approvals=tuple(
            Approval(stamp.word, plan.fill(stamp.by), None, plan.fill(stamp.basis) or None, None, None)
            for stamp in template.approvals
        ),
        stages=tuple(_stage(stage, plan) for stage in template.stages),
        warnings=_warnings(template),
        dropped=(),
        columns=template.columns,
    )


class _Plan:
    """One template, one school, one first month."""

    def __init__(self, template: Template, school: str, starts_on: date) -> None:
        self.year = prepared_year(starts_on)
        self.first = (starts_on.year - self.year) * 12 + starts_on.month
        self.usual, self.last = template.period
        self.years = template.years
        self.school = school
        self.period = self._days((self.first, self.last + 12 * (template.years - 1)))

    def fill(self, text: str) -> str:
        return text.replace("{years}", f"{self.year}-{self.year + self.years}").replace("{school}", self.school)

    def windows(self, months: Months) -> tuple[Window, ...]:
        """The months in every year of the plan."""
        first_year = self._moved(months[0]), self._moved(months[1])
        later = ((months[0] + 12 * year, months[1] + 12 * year) for year in range(1, self.years))
        return tuple(self._days(both) for both in (first_year, *later))

    def _moved(self, month: int) -> int:
        """A month of the first year, moved the less the nearer the end is."""
        moved = (month - self.usual) * (self.last - self.first)
        whole = self.last - self.usual
        # Rounded towards the template's own month, so that late months stay where they are.
        return self.first + (moved // whole if self.first > self.usual else -(-moved // whole))

    def _days(self, months: Months) -> Window:
        first, last = (date(self.year + (month - 1) // 12, (month - 1) % 12 + 1, 1) for month in months)
        return first, last.replace(day=monthrange(last.year, last.month)[1])


def _stage(stage: TemplateStage, plan: _Plan) -> OutlineStage:
    return OutlineStage(
        number=stage.number,
        name=stage.name,
        goal=plan.fill(stage.goal) or None,
        task=plan.fill(stage.task) or None,
        result=plan.fill(stage.result) or None,
        activities=tuple(_activity(activity, plan) for activity in stage.activities),
    )


def _activity(activity: TemplateActivity, plan: _Plan) -> OutlineActivity:
    term = term_text(plan.windows(activity.months)) if activity.months else activity.words
    return OutlineActivity(
        number=activity.number or None,
        section=plan.fill(activity.section) or None,
        text=plan.fill(activity.text),
        term=read_term(term, period=plan.period),
        responsible=Responsible(activity.responsible, tuple(read_people(activity.responsible.split("\n")))),
        line=None,
    )


def term_text(windows: tuple[Window, ...]) -> str:
    """The windows as a cell of the roadmap has them: «Октябрь 2026 – май 2027»."""
    text = render_windows(windows)
    return text[:1].upper() + text[1:]


def _warnings(template: Template) -> tuple[OutlineWarning, ...]:
    if any(activity.months or activity.words for stage in template.stages for activity in stage.activities):
        return ()
    text = gettext("This template has no terms and names nobody: put in both, here or later on the programme's page.")
    return (OutlineWarning("no_terms", 0, "", text),)
