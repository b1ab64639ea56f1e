"""The outline out of its parts: stages guessed where there are none, terms and people read, defects noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from roadmap.outline import EXTRA_KINDS, Outline, OutlineActivity, OutlineStage, Person, Responsible
from roadmap.reading.build import build
from roadmap.reading.checks import Passage, check_numbers, check_plan, check_schools, check_wording, passages
from roadmap.reading.drafts import DraftActivity, Drafts, DraftStage, Said
from roadmap.reading.front import Front, read_front
from roadmap.reading.guess import Planned, guess_stages
from roadmap.reading.notes import Notes
from roadmap.reading.people import read_people
from roadmap.reading.period import find_period
from roadmap.reading.plan import Plan
from roadmap.reading.source import Ledger, Source
from roadmap.reading.standard import ACTIVITIES, OTHER_STAGE_NAMES, STAGE_NAMES
from roadmap.reading.terms_of_cells import read_terms
from roadmap.reading.wording import Vocabulary, squeeze
from roadmap.terms import Calendar, Term

People = Mapping[Said, tuple[Person, ...]]
STANDARD_WORDING = (*STAGE_NAMES, *OTHER_STAGE_NAMES, *(activity.text for activity in ACTIVITIES))


def assemble(source: Source, plan: Plan, calendar: Calendar | None = None) -> Outline:
    """The outline of a document whose plan was found."""
    ledger, notes = Ledger(), Notes()
    vocabulary = Vocabulary(source.lines, STANDARD_WORDING)
    front = read_front(plan.front, vocabulary, ledger, notes)
    drafts = build(plan, vocabulary, ledger)
    check_numbers(drafts, notes, numbered=drafts.numbered)
    _put_to_stages(drafts, notes)
    activities = drafts.activities
    people = _people(activities, notes)
    named = find_period(filter(None, (front.title, front.preamble)), (activity.text for activity in activities))
    terms, period = read_terms(activities, named, notes, calendar)
    _check(front, plan, drafts, vocabulary, notes)
    check_plan(drafts, terms, period, notes)
    _note_left_out(source, plan, ledger, notes)
    return Outline(
        title=front.title,
        organisation=front.organisation,
        preamble=front.preamble,
        period=period,
        approvals=front.approvals,
        stages=tuple(_stage(stage, terms, people) for stage in drafts.stages),
        warnings=notes.warnings(activities),
        dropped=ledger.left(source),
        columns=plan.header.columns,
    )


def _stage(stage: DraftStage, terms: Mapping[DraftActivity, Term], people: People) -> OutlineStage:
    return OutlineStage(
        number=stage.number,
        name=stage.name,
        goal=stage.fields.get("goal"),
        task=stage.fields.get("task"),
        result=stage.fields.get("result"),
        activities=tuple(_activity(activity, terms[activity], people) for activity in stage.activities),
    )


def _activity(activity: DraftActivity, term: Term, people: People) -> OutlineActivity:
    return OutlineActivity(
        number=activity.number,
        section=activity.section,
        text=activity.text,
        term=term,
        responsible=Responsible(activity.responsible.text, people.get(activity.responsible, ())),
        line=activity.line,
        extra=activity.extra,
    )


def _put_to_stages(drafts: Drafts, notes: Notes) -> None:
    """Activities without a stage: all of a flat list by their wording, those above the first stage into it."""
    if not drafts.loose:
        return
    if drafts.stages:
        for activity in drafts.loose:
            notes.add("stage_unclear", activity.text, activity=activity)
        drafts.stages[0].activities[:0] = drafts.loose
    else:
        first = drafts.loose[0]
        notes.add("stages_guessed", first.text, line=first.line)
        drafts.stages = [DraftStage(str(count), name, first.line) for count, name in enumerate(STAGE_NAMES, start=1)]
        planned = [Planned(activity.text, activity.section) for activity in drafts.loose]
        for activity, guess in zip(drafts.loose, guess_stages(planned), strict=True):
            drafts.stages[guess.stage - 1].activities.append(activity)
            if not guess.sure:
                notes.add("stage_unclear", activity.text, activity=activity)
    drafts.loose = []


def _people(activities: Iterable[DraftActivity], notes: Notes) -> dict[Said, tuple[Person, ...]]:
    """The people of each cell; a role without a name is noted where several people of the plan hold it."""
    cells = {activity.responsible: activity for activity in activities if activity.responsible.lines}
    read = cache(read_people)
    people = {said: read(said.lines) for said in cells}
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for person in (person for found in people.values() for person in found):
        if person.role and person.name:
            holders[squeeze(person.role)].add(_initials_apart(person.name))
    for said, found in people.items():
        for person in found:
            if person.role and not person.name and len(holders[squeeze(person.role)]) > 1:
                notes.add("ambiguous_role", person.role, activity=cells[said])
    return people


def _initials_apart(name: str) -> str:
    """«А.Г. Елисеева» and «Елисеева А.Г.» are one person."""
    return " ".join(sorted(squeeze(part) for part in name.replace(".", ". ").split()))


def _check(front: Front, plan: Plan, drafts: Drafts, vocabulary: Vocabulary, notes: Notes) -> None:
    texts = passages(drafts)
    preamble = [Passage(piece.text, piece.line) for piece in front.preamble_pieces]
    own = [text for text in (front.title, front.organisation, *(approval.by for approval in front.approvals)) if text]
    check_schools(own, [*preamble, *texts], notes)
    title = [Passage(front.title, front.line)] if front.title else []
    check_wording([*title, *preamble, *texts], vocabulary, notes)
    if front.title is None:
        notes.add("no_title", "")
    if not drafts.activities:
        notes.add("no_activities", front.title or "")
    if not plan.header.columns:
        notes.add("heading_lost", "", line=plan.rows[0].line if plan.rows else 1)
    _note_rows(plan, drafts, notes)


def _note_rows(plan: Plan, drafts: Drafts, notes: Notes) -> None:
    empty: set[Said] = set()
    for activity in drafts.activities:
        if activity.joined:
            notes.add("rows_joined", activity.text, activity=activity)
        if activity.inherited:
            notes.add("inherited", activity.text, activity=activity)
        for kind, said in (("term", activity.term), ("responsible", activity.responsible)):
            if kind in plan.header.kinds and not said.lines and said not in empty:
                empty.add(said)
                notes.add(f"missing_{kind}", activity.text, activity=activity)


def _note_left_out(source: Source, plan: Plan, ledger: Ledger, notes: Notes) -> None:
    if source.noise:
        first = source.noise[0]
        notes.add("foreign_lines", first.text, line=first.line, count=len(source.noise))
    if source.stamp:
        notes.add("signature_stamp", source.stamp[0].text, line=source.stamp[0].line)
    for piece in source.artefacts:
        notes.add("bookmark", piece.text, line=piece.line)
    for column in plan.header.columns:
        if column.kind in EXTRA_KINDS:
            rows = [row for row in plan.rows if not row.outside]
            left = [piece for row in rows for piece in row.pieces(column.kind) if not ledger.has((piece,))]
            if left:
                notes.add("column_left", column.title, line=left[0].line, title=column.title)
