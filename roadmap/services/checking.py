"""What is amiss in the plan of a school, and what of it the curator calls right."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from core.actors import Actor
from core.journal import record_event
from core.models import Membership, Role, School
from roadmap.checking import Finding, Item, Plan, Section, check_plan, finding_key
from roadmap.checking.names import own_numbers
from roadmap.drafting.findings import SchoolFacts, findings_of
from roadmap.drafting.sheet import HEAD, sheet_from_json
from roadmap.duties import DUTIES_OF_ROLE, duty_of, unheld_roles
from roadmap.models import Activity, Draft, Duty, Programme, Stage, WindowState
from roadmap.reading.checks import STANDARD
from roadmap.services.calendar import school_terms
from roadmap.services.history import lock_programme
from roadmap.services.understanding import days_of
from roadmap.terms import Calendar, read_term

OF_TIME = frozenset({"misspelt", "outside_period", "after_dependent", "one_year_only", "role_unheld"})
"""What nobody mends any more once the activity is done."""


def school_facts(school: School) -> SchoolFacts:
    """The names of a school and the duties that its people hold, by their roles and by their posts."""
    rows = Membership.objects.active().filter(school=school).values_list("role", "post").distinct()
    held: set[Duty] = set()
    for role, post in rows:
        held |= DUTIES_OF_ROLE.get(Role(role), frozenset()) | {duty_of(post)}
    return SchoolFacts(school.short_name, (school.short_name, school.name), frozenset(held))


def programme_findings(programme: Programme) -> list[Finding]:
    """What is amiss in a programme as it stands; keys are «head», «s7» for a stage, «a7» for an activity.

    Of an activity that is done nothing is told that only its time or its people could mend.
    """
    stages = list(programme.stages.prefetch_related("activities__windows", "activities__responsible"))
    done = {_key(activity) for stage in stages for activity in stage.activities.all() if _is_done(activity)}
    found = check_plan(_plan_of(programme, stages))
    return [finding for finding in found if finding.key not in done or finding.code not in OF_TIME]


def settle_finding(*, programme: Programme, finding: str, settled: bool, by: Actor) -> None:
    """Put a finding aside («it is right so»), or take that back; `finding` is its key."""
    with transaction.atomic():
        locked = lock_programme(programme)
        kept = [key for key in locked.settled if key != finding]
        locked.settled = [*kept, finding] if settled else kept
        locked.save(update_fields=("settled",))
        verb = "settle" if settled else "unsettle"
        record_event(verb=verb, thing=locked, school=locked.school, detail={"finding": finding}, by=by)
    programme.settled = locked.settled


def carry_settled(draft: Draft, programme: Programme) -> None:
    """What the curator called right in the draft is not asked again of the programme made of it."""
    sheet = sheet_from_json(draft.entered)
    stages = sheet.standing(sheet.stages)
    activities = [part for stage in stages for part in sheet.of_stage(stage.key) if not part.gone]
    rows = [*Stage.objects.filter(programme=programme), *Activity.objects.filter(stage__programme=programme)]
    keys = {part.key: _key(row) for part, row in zip([*stages, *activities], rows, strict=True)}
    settled = [found for found in findings_of(sheet, school_facts(draft.school)) if finding_key(found) in draft.settled]
    programme.settled = [
        finding_key(Finding(found.code, keys.get(found.key, found.key), found.quote, found.text)) for found in settled
    ]
    programme.save(update_fields=("settled",))


def _plan_of(programme: Programme, stages: Sequence[Stage]) -> Plan:
    school, calendar = school_facts(programme.school), school_terms(programme.school)
    above = {name: getattr(programme, name) for name in ("title", "organisation", "preamble")}
    stamps = [approval.by for approval in programme.approvals.all()]
    own = school.names if own_numbers(school.names) else (*school.names, *above.values(), *stamps)
    return Plan(
        sections=tuple(_section(stage, programme, school, calendar) for stage in stages),
        standard=STANDARD,
        period=(programme.starts_on, programme.ends_on),
        key=HEAD,
        fields=above,
        own=own,
        school=school.called,
        calendar=calendar,
    )


def _section(stage: Stage, programme: Programme, school: SchoolFacts, calendar: Calendar) -> Section:
    fields = {name: getattr(stage, name) for name in ("number", "name", "goal", "task", "result")}
    items = (_item(activity, programme, school, calendar) for activity in stage.activities.all())
    return Section(_key(stage), fields, tuple(items))


def _item(activity: Activity, programme: Programme, school: SchoolFacts, calendar: Calendar) -> Item:
    windows = tuple(sorted({days for window in activity.windows.all() if (days := days_of(window))}))
    term = read_term(activity.term_text, period=(programme.starts_on, programme.ends_on), calendar=calendar)
    roles = [row.role for row in activity.responsible.all() if row.role and row.member_id is None]
    return Item(
        key=_key(activity),
        number=activity.number,
        section=activity.section,
        text=activity.text,
        term=activity.term_text,
        windows=windows,
        days_by_hand=windows != term.windows,
        unheld=unheld_roles(roles, school.held or ()),
    )


def _key(row: Stage | Activity) -> str:
    return f"{'s' if isinstance(row, Stage) else 'a'}{row.pk}"


def _is_done(activity: Activity) -> bool:
    windows = activity.windows.all()
    return bool(windows) and all(window.state == WindowState.DONE for window in windows)
